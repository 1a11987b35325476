"""Models that may serve an option's load, each on its cheapest server, and why others may not."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_cells import (
    DOUBTED,
    cost_cell,
    footnote,
    had_word,
    million_cell,
    servers_cell,
    servers_word,
    setup_cell,
)
from desktop.viewmodels.serving_costs import basis_words, costs_of, software_of, terms_of
from desktop.viewmodels.serving_load import busiest_load
from desktop.viewmodels.serving_quotes import with_quotes
from desktop.viewmodels.serving_ranked import RankedCell, RankingView
from desktop.viewmodels.serving_setup import classes_of
from desktop.viewmodels.serving_words import evidence_word, not_verified
from desktop.viewmodels.words import number, score_text, significant, whole_money
from pricing.catalogue import Catalogue
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.serving.errors import ServingError
from pricing.serving.search.offers import market_of
from pricing.serving.search.result import Row
from pricing.serving.search.rightsizing import RightSizing, Sized, right_size
from pricing.serving.search.rightsizing_plan import models_of, needs_of

NOT_ENTERED: Final = -1.0
"""Sorts models without a score below all others."""
LICENCES: Final = 60
"""Characters of a licence's name that a hint has room for."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def sizing_view(plan: Plan, option_id: str, catalogue: Catalogue) -> RankingView:
    """Find the cheapest server of each model for an option's software, targets and load.

    Args:
        plan: The plan; its scores and floors count.
        option_id: An option of it with predicted work.
        catalogue: Where models and offers stand.
    """
    option = next(o for o in plan.options if o.id == option_id)
    assert isinstance(option, SelfHosted)
    terms, basis = terms_of(option), costs_of(option, plan, catalogue)
    needs = needs_of(plan, classes_of(option, plan))
    loads = busiest_load(option, plan)
    try:
        found = right_size(
            loads,
            needs,
            models=models_of(plan, catalogue),
            software=software_of(option),
            market=with_quotes(market_of(catalogue, (terms,)), plan, catalogue),
            basis=basis,
            spares=option.spare_servers,
            measurements=plan.measurements,
            catalogue=catalogue,
        )
    except ServingError as error:
        return RankingView(str(error))
    serve = _in_order(found, needs.floor)
    return RankingView(
        title=_title(found, serve, needs.floor, basis.currency),
        headings=(
            _t("Model"),
            _t("Quality"),
            _t("Cheapest server"),
            _t("Had as"),
            _t("Set up as"),
            _t("Servers"),
            _t("{currency} a month").format(currency=basis.currency),
            _t("per 1M"),
        ),
        rows=tuple(_cells(sized, row, basis.currency) for sized, row in serve),
        ranked=tuple(row for _, row in serve),
        out_title=_out_title(found),
        out_headings=(_t("Model"), _t("Quality"), _t("Why it does not serve")),
        out_rows=tuple(
            (_model_cell(sized), _quality_cell(sized), RankedCell(sized.reason, sized.reason))
            for sized in found.left_out
        ),
        basis=basis_words(loads, basis, terms)
        + " "
        + _t("Licences: as published.")
        + footnote(row for _, row in serve),
    )


def _in_order(found: RightSizing, floor: float | None) -> list[tuple[Sized, Row]]:
    """Cheapest first; where there is a floor, models that are known to reach it go before."""
    everyone = [s for s in (*found.good_enough, *found.not_scored) if s.row is not None]

    def place(sized: Sized) -> tuple[bool, float, str]:
        assert sized.row is not None
        later = floor is not None and sized.quality is None
        return later, sized.row.cost.typical, sized.model.id

    return [(s, s.row) for s in sorted(everyone, key=place) if s.row is not None]


def _title(
    found: RightSizing, serve: list[tuple[Sized, Row]], floor: float | None, currency: str
) -> str:
    if not serve:
        return _t("No model serves this load within its targets on any server on offer")
    sized, row = serve[0]
    facts = {
        "name": sized.model.name,
        "currency": currency,
        "cost": whole_money(row.cost.typical),
        "servers": servers_word(row.servers.typical),
        "floor": score_text(floor or 0),
    }
    if floor is None:
        text = _t("{name} costs least of all models: {currency} {cost} a month for {servers}")
    elif found.good_enough:
        text = _t(
            "{name} is the cheapest model known to reach {floor}: "
            "{currency} {cost} a month for {servers}"
        )
    else:
        text = _t("No model is known to reach the quality of {floor} that is asked for")
    return text.format(**facts)


def _cells(sized: Sized, row: Row, currency: str) -> tuple[RankedCell, ...]:
    return (
        _model_cell(sized),
        _quality_cell(sized),
        _server_cell(row),
        RankedCell(had_word(row), row.offer.kind),
        setup_cell(row),
        servers_cell(row),
        cost_cell(row, currency),
        million_cell(row),
    )


def _model_cell(sized: Sized) -> RankedCell:
    """Name of a model; size and licence as a hint."""
    size = _t("{n} billion weights").format(n=significant(sized.model.total_params_b.value))
    licence = sized.licence
    known = licence.name[:LICENCES] or _t("licence not known")
    use = _t("commercial use {words}").format(words=licence.commercial_use)
    return RankedCell(sized.model.name, sized.model.name.lower(), f"{size}\n{known}: {use}")


def _server_cell(row: Row) -> RankedCell:
    """Name of a server, marked where it is doubted; what the prediction rests on as a hint."""
    offer, doubt = row.offer, not_verified(row.stack)
    lines = (offer.id, offer.note, evidence_word(row.correction.evidence), doubt)
    name = offer.name + (DOUBTED if doubt else "")
    return RankedCell(name, offer.name.lower(), "\n".join(line for line in lines if line))


def _quality_cell(sized: Sized) -> RankedCell:
    if sized.quality is None:
        tip = _t("Enter what it scores on your own test to hold it against the floor.")
        return RankedCell(_t("not entered"), NOT_ENTERED, tip)
    return RankedCell(score_text(sized.quality), sized.quality, _t("On your own test."))


def _out_title(found: RightSizing) -> str:
    count = len(found.left_out)
    if count == 1:
        return _t("Why 1 other does not serve")
    return _t("Why {n} others do not serve").format(n=number(count, 0))
