"""Server types for an option's model and load, cheapest first, and why the others fall out."""

import math

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_load import busiest_load
from desktop.viewmodels.serving_ranked import RankedCell, RankingView
from desktop.viewmodels.serving_setup import model_of
from desktop.viewmodels.serving_words import evidence_word, interval_text, not_verified
from desktop.viewmodels.words import full, number, percent, significant, whole_money
from pricing.catalogue import Catalogue
from pricing.plan.entries import fresh_id
from pricing.plan.option import (
    Appliance,
    Committed,
    OnDemand,
    Option,
    OwnedServers,
    RentedGpus,
    SelfHosted,
)
from pricing.plan.plan import Plan
from pricing.serving.errors import ServingError
from pricing.serving.search import search
from pricing.serving.search_assess import Load
from pricing.serving.search_candidates import Software
from pricing.serving.search_costs import Basis, basis_of
from pricing.serving.search_offers import Terms, market_of
from pricing.serving.search_result import ClassPoint, LeftOut, Ranking, Row

DOUBTED = " *"
"""Marks what rests on figures nobody could check."""


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
    terms = _terms(option)
    try:
        ranking = search(
            model,
            busiest_load(option, plan),
            software=Software(
                serving.framework,
                serving.kv_precision,
                None if any_precision else (serving.precision,),
                serving.efficiency.value,
                serving.memory_overhead.value,
            ),
            market=market_of(catalogue, (terms,)).joined(plan.accelerators),
            basis=_basis(option, plan, catalogue),
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
        basis=_basis_words(ranking, terms) + _footnote(ranking),
    )


def _terms(option: SelfHosted) -> Terms:
    if isinstance(option, RentedGpus) and isinstance(option.terms, Committed):
        return "reserved_1y" if option.terms.years == 1 else "reserved_3y"
    return "on_demand"


def _basis(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Basis:
    """The plan's own figures where it has them."""
    bought = option if isinstance(option, OwnedServers | Appliance) else None
    return basis_of(
        catalogue,
        currency=plan.currency,
        fx=plan.fx,
        electricity=(bought.electricity if bought else None) or plan.electricity,
        pue=bought.pue if bought else None,
        life_months=bought.useful_life_months if bought else None,
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
        servers=_servers(best.servers.typical),
    )


def _servers(count: float) -> str:
    if count == 1:
        return _t("1 server")
    return _t("{n} servers").format(n=number(count, 0))


def _cells(row: Row, loads: tuple[Load, ...], currency: str) -> tuple[RankedCell, ...]:
    stack, offer = row.stack, row.offer
    layout = [f"TP{stack.tensor}"]
    layout += [f"PP{stack.pipeline}"] * (stack.pipeline > 1)
    layout += [f"DP{stack.data}"] * (stack.data > 1)
    setup = f"{stack.precision.upper()}, {row.replicas} × {' '.join(layout)}"
    quality = "" if row.lossless else _t("Lower precision than published: check the quality.")
    slowest = _tightest(row, loads)
    million = row.per_million
    ends = interval_text(row.cost)
    return (
        RankedCell(offer.name, offer.name.lower(), f"{offer.id}\n{offer.note}".rstrip()),
        RankedCell(_had(row), offer.kind),
        RankedCell(setup, setup, f"{_layout_tip(row)}\n{quality}".rstrip()),
        RankedCell(
            number(row.servers.typical, 0),
            row.servers.typical,
            _servers_tip(row),
        ),
        RankedCell(
            whole_money(row.cost.typical),
            row.cost.typical,
            _t("80 % interval: {currency} {ends}").format(currency=currency, ends=ends),
        ),
        RankedCell(
            significant(million.typical) if million else "–",
            million.typical if million else float("inf"),
        ),
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


def _layout_tip(row: Row) -> str:
    """The parallelism of a replica in words."""
    stack = row.stack
    template = _t(
        "{n} replicas; in each {tensor} accelerators share a layer, {pipeline} groups hold layers "
        "one after the other, {data} share the experts"
    )
    return template.format(
        n=row.replicas, tensor=stack.tensor, pipeline=stack.pipeline, data=stack.data
    )


def _servers_tip(row: Row) -> str:
    template = _t("{low} to {high} with the 80 % interval; at the peak {use} of the plannable work")
    return template.format(
        low=number(row.servers.low, 0),
        high=number(row.servers.high, 0),
        use=percent(row.peak_use),
    )


def _had(row: Row) -> str:
    kinds = {"rented": _t("rented"), "owned": _t("bought"), "appliance": _t("appliance")}
    return kinds[row.offer.kind]


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


def _basis_words(ranking: Ranking, terms: Terms) -> str:
    """Load, terms and assumptions behind the costs."""
    peak = max(map(sum, zip(*(load.rates for load in ranking.loads), strict=True)))
    figures = ", ".join(
        f"{_t(item.what)} {full(float(f'{item.value:.4g}'))} {_t(item.unit)}".replace(" ratio", "")
        for item in ranking.basis.assumed
    )
    return _t(
        "For the busiest month of the plan, {peak} requests a second at its peak. Rentals {terms}. "
        "Rent, energy, and purchase spread over its life; other costs come with the bill. "
        "Assumed: {figures}."
    ).format(
        peak=significant(peak),
        terms={
            "on_demand": _t("on demand"),
            "reserved_1y": _t("reserved for 1 year"),
            "reserved_3y": _t("reserved for 3 years"),
        }.get(terms, terms),
        figures=figures,
    )


def _footnote(ranking: Ranking) -> str:
    if not any(not_verified(row.stack) for row in ranking.rows):
        return ""
    return "\n" + _t("* rests on figures of the accelerator that no source confirms.")


def as_option(row: Row, like: SelfHosted, plan: Plan) -> Option:
    """A ranked server as a new option: set up as ranked, everything else like the option."""
    serving = like.serving
    assert serving is not None
    stack, offer = row.stack, row.offer
    setup = serving.model_copy(
        update={
            "accelerator": "",
            "accelerators": None,
            "precision": stack.precision,
            "tensor_parallel": stack.tensor,
            "pipeline_parallel": stack.pipeline,
            "data_parallel": stack.data,
        }
    )
    common = {
        "id": fresh_id(plan, "options", offer.name),
        "name": offer.name[:120],
        "serves": like.serves,
        "serving": setup,
        "spare_servers": like.spare_servers,
        "maintenance_hours": like.maintenance_hours,
        "bridge": like.bridge,
        "people_fte": like.people_fte,
    }
    if offer.kind == "rented":
        terms = like.terms if isinstance(like, RentedGpus) else OnDemand()
        return RentedGpus.model_validate({**common, "instance": offer.id, "terms": terms})
    if offer.kind == "owned":
        return OwnedServers.model_validate({**common, "server": offer.id})
    return Appliance.model_validate({**common, "appliance": offer.id})
