"""Server types for an option's model and load, cheapest first, and why the others fall out."""

import math

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
from desktop.viewmodels.serving_quotes import quoted_option, with_quotes
from desktop.viewmodels.serving_ranked import RankedCell, RankingView
from desktop.viewmodels.serving_setup import model_of
from desktop.viewmodels.serving_words import evidence_word, not_verified
from desktop.viewmodels.words import number, significant, whole_money
from pricing.catalogue import Catalogue
from pricing.plan.entries import fresh_id
from pricing.plan.figure import Rate
from pricing.plan.option import (
    Appliance,
    OnDemand,
    Option,
    OwnedServers,
    RentedGpus,
    SelfHosted,
)
from pricing.plan.plan import Plan
from pricing.serving.errors import ServingError
from pricing.serving.search.assess import Load
from pricing.serving.search.offers import market_of
from pricing.serving.search.ranking import search
from pricing.serving.search.result import ClassPoint, LeftOut, Ranking, Row


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def ranking_view(
    plan: Plan, option_id: str, catalogue: Catalogue, *, any_precision: bool = True
) -> RankingView:
    """Rank every server on offer for an option's model, software, targets and load.

    Args:
        plan: The plan.
        option_id: An option of it with predicted work.
        catalogue: Where the offers stand.
        any_precision: Whether other precisions than the option's are looked at.
    """
    option = next(o for o in plan.options if o.id == option_id)
    assert isinstance(option, SelfHosted)
    serving = option.serving
    assert serving is not None
    model = model_of(serving.model, plan, catalogue)
    if model is None:
        return RankingView(_t("Choose a model to see which servers serve it."))
    terms = terms_of(option)
    try:
        ranking = search(
            model,
            busiest_load(option, plan),
            software=software_of(option, None if any_precision else (serving.precision,)),
            market=with_quotes(market_of(catalogue, (terms,)), plan, catalogue),
            basis=costs_of(option, plan, catalogue),
            spares=option.spare_servers,
            measurements=plan.measurements,
            catalogue=catalogue,
        )
    except ServingError as error:
        return RankingView(str(error))
    currency = ranking.basis.currency
    return RankingView(
        title=_title(ranking),
        headings=(
            _t("Server"),
            _t("Had as"),
            _t("Set up as"),
            _t("Servers"),
            _t("{currency} a month").format(currency=currency),
            _t("per 1M"),
            _t("ms/token"),
            _t("Evidence"),
        ),
        rows=tuple(_cells(row, ranking.loads, currency) for row in ranking.rows),
        ranked=ranking.rows,
        out_title=_out_title(ranking.left_out),
        out_headings=(_t("Accelerator"), _t("In one"), _t("Why it falls out")),
        out_rows=tuple(_out(left) for left in ranking.left_out),
        basis=basis_words(ranking.loads, ranking.basis, terms) + footnote(ranking.rows),
    )


def _title(ranking: Ranking) -> str:
    best = ranking.best
    if best is None:
        return _t("No server on offer meets the targets with {model}").format(
            model=ranking.model.name
        )
    return _t("{name} costs least for this load: {currency} {cost} a month for {servers}").format(
        name=best.offer.name,
        currency=ranking.basis.currency,
        cost=whole_money(best.cost.typical),
        servers=servers_word(best.servers.typical),
    )


def _cells(row: Row, loads: tuple[Load, ...], currency: str) -> tuple[RankedCell, ...]:
    offer = row.offer
    slowest = _tightest(row, loads)
    return (
        RankedCell(offer.name, offer.name.lower(), f"{offer.id}\n{offer.note}".rstrip()),
        RankedCell(had_word(row), offer.kind),
        setup_cell(row),
        servers_cell(row),
        cost_cell(row, currency),
        million_cell(row),
        RankedCell(
            significant(slowest.tpot_at * 1e3),
            slowest.tpot_at,
            _t("{name}, at the percentile of the targets; {mean} ms on average in full batches")
            .format(name=slowest.name, mean=significant(slowest.tpot * 1e3)),
        ),
        RankedCell(
            evidence_word(row.correction.evidence) + (DOUBTED if not_verified(row.stack) else ""),
            -row.correction.low,
            _doubt(row),
        ),
    )  # fmt: skip


def _tightest(row: Row, loads: tuple[Load, ...]) -> ClassPoint:
    """The slowest of the classes with a target per token, or of all where none has one."""
    pairs = list(zip(row.classes, loads, strict=True))
    bound = [point for point, load in pairs if math.isfinite(load.level.tpot)]
    return max(bound or row.classes, key=lambda point: point.tpot_at)


def _doubt(row: Row) -> str:
    said = [not_verified(row.stack)]
    if not row.keeps_at_slow_end:
        said.append(_t("At the slow end of the interval no load keeps the targets."))
    return " ".join(text for text in said if text)


def _out_title(left: tuple[LeftOut, ...]) -> str:
    if len(left) == 1:
        return _t("Why 1 other falls out")
    return _t("Why {n} others fall out").format(n=number(len(left), 0))


def _out(left: LeftOut) -> tuple[RankedCell, ...]:
    name = left.accelerator or ", ".join(left.offers)
    count = "" if left.accelerators is None else number(left.accelerators, 0)
    offers = "\n".join(left.offers[:12])
    return (
        RankedCell(name, name.lower(), offers),
        RankedCell(count, float(left.accelerators or 0)),
        RankedCell(left.sentence, left.sentence, left.sentence),
    )


def as_option(row: Row, like: SelfHosted, plan: Plan) -> Option:
    """A ranked server as a new option: set up as ranked, everything else like the option."""
    serving = like.serving
    assert serving is not None
    stack, offer = row.stack, row.offer
    same = (stack.model.id, stack.precision) == (serving.model, serving.precision)
    setup = serving.model_copy(
        update={
            "model": stack.model.id,
            "speculative": serving.speculative if stack.model.id == serving.model else None,
            "quality_change": serving.quality_change if same else Rate.left_out(0),
            "accelerator": "",
            "accelerators": None,
            "precision": stack.precision,
            "tensor_parallel": stack.tensor,
            "pipeline_parallel": stack.pipeline,
            "data_parallel": stack.data,
        }
    )
    quoted = quoted_option(offer, plan)
    other = quoted is not None or stack.model.id != serving.model
    name = f"{stack.model.name}, {offer.name}" if other else offer.name
    common = {
        "id": fresh_id(plan, "options", name),
        "name": name[:120],
        "serves": like.serves,
        "serving": setup,
        "spare_servers": like.spare_servers,
        "maintenance_hours": like.maintenance_hours,
        "bridge": like.bridge,
        "people_fte": like.people_fte,
    }
    if quoted is not None:
        named = {"accelerator": offer.accelerator, "accelerators": offer.accelerators}
        as_quoted = {
            **common,
            "serving": setup.model_copy(update=named),
            "capacity": None,
            "serves_model": "",
            "servers": None,
        }
        return type(quoted).model_validate({**dict(quoted), **as_quoted})
    if offer.kind == "rented":
        terms = like.terms if isinstance(like, RentedGpus) else OnDemand()
        return RentedGpus.model_validate({**common, "instance": offer.id, "terms": terms})
    if offer.kind == "owned":
        return OwnedServers.model_validate({**common, "server": offer.id})
    return Appliance.model_validate({**common, "appliance": offer.id})
