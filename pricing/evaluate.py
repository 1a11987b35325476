"""The one door: plan and catalogue in, evaluation out."""

import math
import time
from collections.abc import Iterator
from datetime import date

from pricing import today as clock
from pricing.amounts import money
from pricing.bill import CATEGORIES, Bill, BillLines, write_bill
from pricing.bill.break_even import cascades_that_cost_more
from pricing.catalogue import Catalogue, catalogue_for
from pricing.evaluation import Evaluation, Metric, OptionBill, Series
from pricing.finding import Finding
from pricing.ledger import Line, Values
from pricing.newer_catalogue import catalogue_findings
from pricing.plan.fingerprint import fingerprint
from pricing.plan.hybrid import Decision, Hybrid, Question
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan

EXACT = 1e-6
"""Share of a net present value up to which it is the one that was decided on."""


def evaluate(
    plan: Plan, catalogue: Catalogue | None = None, today: date | None = None
) -> Evaluation:
    """Compute the full bill of every option of a plan.

    Args:
        plan: What the buyer entered.
        catalogue: Facts to look up; none means those of the plan's catalogue.
        today: The day from which the age of figures is counted; none means the system's.

    Raises:
        BillError: for a figure that neither the plan nor the catalogue states.
        LedgerError: for a figure that cannot be computed.
    """
    started = time.perf_counter()
    day = today or clock.today()
    facts = catalogue or catalogue_for(plan)
    bill = write_bill(plan, facts, day)
    values = bill.ledger.evaluate()
    bills = tuple(_option_bill(lines, values) for lines in bill.options)
    return Evaluation(
        plan=plan,
        ledger=bill.ledger,
        values=values,
        bill=bill,
        bills=bills,
        findings=(
            *bill.findings,
            *_findings(plan, bill, bills, values),
            *catalogue_findings(plan, facts, bill.ledger, day),
        ),
        month_labels=month_labels(plan),
        seconds=time.perf_counter() - started,
        catalogue=facts,
    )


def _option_bill(lines: BillLines, values: Values) -> OptionBill:
    def series(line: Line, label: str = "") -> Series:
        return Series(line.key, label or line.label, line.unit, values.monthly(line))

    def metric(line: Line) -> Metric:
        return Metric(line.key, line.label, line.unit, values.number(line))

    return OptionBill(
        id=lines.option.id,
        name=lines.option.name,
        kind=lines.option.kind,
        categories={
            name: series(line, CATEGORIES[name]) for name, line in lines.categories.items()
        },
        cash=series(lines.cash),
        one_off=series(lines.one_off),
        cumulative=series(lines.cumulative),
        tco=metric(lines.tco),
        npv=metric(lines.npv),
        per_request=metric(lines.per_request),
        per_million_tokens=metric(lines.per_million_tokens),
        peak_cash=metric(lines.peak_cash),
        unserved=series(lines.unserved),
        utilisation=series(lines.utilisation) if lines.utilisation is not None else None,
        mean_utilisation=metric(lines.mean_utilisation)
        if lines.mean_utilisation is not None
        else None,
        servers=series(lines.servers) if lines.servers is not None else None,
    )


def _findings(
    plan: Plan, bill: Bill, bills: tuple[OptionBill, ...], values: Values
) -> Iterator[Finding]:
    """What the values say that a reader must know."""
    for lines, option in zip(bill.options, bills, strict=True):
        missing = option.unserved.values
        if missing.sum() > 0:
            facts: dict[str, str | float] = {
                "option": option.name,
                "requests": float(missing.sum()),
                "months": float((missing > 0).sum()),
            }
            field = "bridge" if lines.hybrid is None else "routes"
            yield Finding("requests.unserved", "warning", f"options.{option.id}.{field}", facts)
        if isinstance(lines.option, Hybrid):
            yield from _stale(plan, lines.option, option.npv.value)
        yield from cascades_that_cost_more(lines, bill.ledger, values)
        if isinstance(lines.option, SelfHosted) and option.servers is not None:
            yield from _maintenance(lines.option, option.servers)
        if lines.open_commitment is not None and values.number(lines.open_commitment) > 0:
            left = values.number(lines.open_commitment)
            facts = {"option": option.name, "server_months": left}
            field = "terms" if lines.hybrid is None else "fleets"
            path = f"options.{option.id}.{field}"
            yield Finding("commitment.beyond_the_plan", "note", path, facts)


def _stale(plan: Plan, hybrid: Hybrid, npv: float) -> Iterator[Finding]:
    """Whether the plan, or the decision itself, has changed since a hybrid was decided on."""
    decision = hybrid.decision
    if decision is None or not decision.facts:
        return
    if decision.facts != fingerprint(plan, hybrid.id):
        facts: dict[str, str | float] = {
            "option": hybrid.name, "made_on": decision.made_on.isoformat(),
        }  # fmt: skip
        yield Finding("decision.stale", "warning", f"options.{hybrid.id}.decision", facts)
    elif abs(npv - decision.npv) > EXACT * max(abs(npv), abs(decision.npv)):
        facts = {
            "option": hybrid.name, "made_on": decision.made_on.isoformat(),
            "change": f"{npv - decision.npv:+,.0f}", "currency": plan.currency,
        }  # fmt: skip
        yield Finding("decision.edited", "note", f"options.{hybrid.id}.decision", facts)
    elif decision.question is not None:
        yield _asked_for(hybrid, decision, decision.question, plan.currency)


def _asked_for(hybrid: Hybrid, decision: Decision, question: Question, currency: str) -> Finding:
    """What a decision is the cheapest for, beside the rules of the plan."""
    if question.axis == "capex":
        level = money(question.level, currency)
    else:
        level = f"{question.level:.1%}".replace("%", " %")
    facts: dict[str, str | float] = {"option": hybrid.name, "level": level}
    path = f"options.{hybrid.id}.decision"
    if decision.bound is None or decision.npv <= 0:
        return {
            "quality": Finding("decision.for_quality_unproven", "note", path, facts),
            "capex": Finding("decision.for_capex_unproven", "note", path, facts),
            "on_premises": Finding("decision.for_on_premises_unproven", "note", path, facts),
        }[question.axis]
    tenths = math.ceil(max(1 - decision.bound / decision.npv, 0.0) * 1000 - 1e-6)
    facts["gap"] = f"{tenths / 10:.1f} %"
    return {
        "quality": Finding("decision.for_quality", "note", path, facts),
        "capex": Finding("decision.for_capex", "note", path, facts),
        "on_premises": Finding("decision.for_on_premises", "note", path, facts),
    }[question.axis]


def _maintenance(option: SelfHosted, servers: Series) -> Iterator[Finding]:
    hours, alone = option.maintenance_hours.value, float((servers.values == 1).sum())
    if hours > 0 and alone > 0:
        path = f"options.{option.id}.spare_servers"
        facts: dict[str, str | float] = {"option": option.name, "hours": hours, "months": alone}
        yield Finding("maintenance.no_spare", "warning", path, facts)
    elif hours > 0 and not option.spare_servers and (servers.values > 1).any():
        path = f"options.{option.id}.spare_servers"
        yield Finding("maintenance.without_spare", "note", path, {"option": option.name})


def month_labels(plan: Plan) -> tuple[str, ...]:
    """Year and month of each month of a plan, such as 2027-01."""
    year, month = (int(part) for part in plan.start.split("-"))
    first = year * 12 + month - 1
    return tuple(f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, first + plan.months))
