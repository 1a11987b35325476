"""From an evaluation to what a workbook is told: cover, summary and remarks on inputs."""

from collections.abc import Mapping
from datetime import date

from pricing.admissible import SAID_ELSEWHERE, obstacles
from pricing.bill import CATEGORIES, BillLines
from pricing.evaluation import Evaluation
from pricing.finding import Finding
from pricing.ledger import Input, Ledger, Line, Schedule
from pricing.messages import sentence
from pricing.workbook.contents import (
    UNSERVED,
    Balance,
    Cover,
    Discounting,
    OptionSummary,
    Rule,
    Summary,
)
from pricing.workbook.decisions import EDITED, STALE, decision_of, lost_aside
from pricing.workbook.styles import OPTION_COLOURS

KINDS = {
    "closed_api": "Closed model, billed by the token",
    "hosted_open": "Open model, hosted, billed by the token",
    "rented_gpus": "Open model on rented servers",
    "owned_servers": "Open model on owned servers",
    "appliance": "Open model on an appliance",
    "hybrid": "Several options that share the work",
}
"""What the kinds of option are, in words."""


def cover_of(evaluation: Evaluation, version: str, prepared: date) -> Cover:
    """The cover of a plan; `version` names the program that writes it."""
    plan = evaluation.plan
    hours = f"{plan.calendar.hours_per_day:g} hours of service a day"
    days = plan.calendar.days_per_month
    basis = "The calendar's days" if days is None else f"{days:g} days in every month"
    return Cover(
        title="Reckoner",
        plan=plan.name,
        purpose=plan.note or "What each way to serve the workload costs, month by month",
        version=version,
        currency=plan.currency,
        prepared=prepared,
        month_basis=f"{basis}; {hours}",
        conventions=_conventions(evaluation),
        catalogue=_catalogue(evaluation),
        notes=tuple(dict.fromkeys(sentence(finding) for finding in evaluation.findings)),
    )


def _catalogue(evaluation: Evaluation) -> str:
    named = evaluation.catalogue.reference
    return (
        f"Figures that the plan does not state are those of the catalogue of "
        f"{named.date.isoformat()} (SHA-256 of its manifest: {named.id})."
    )


def _conventions(evaluation: Evaluation) -> dict[str, str]:
    """What the figures of a bill mean, so that no reader has to guess."""
    finance = evaluation.plan.finance
    paid = "in the middle" if finance.payment_timing == "mid-month" else "at the end"
    tax = (
        "Costs are before income tax."
        if finance.tax is None
        else "Tax saved by the costs is part of them, at the rate on Inputs."
    )
    return {
        "Present value": f"Each month's cost, paid {paid} of the month, is discounted to the start "
        "of the plan at the yearly rate on Inputs.",
        "Break-even": "An option breaks even in the month from whose end on its cost so far stays "
        "at or below the other's, to the end of the plan.",
        "Tax": f"{tax} Value-added tax is neither added to prices nor taken out of them.",
        "Compared with": f"{evaluation.baseline.name}; the sheet Comparison takes any two options.",
    }


def summary_of(evaluation: Evaluation, colours: Mapping[str, str]) -> Summary:
    """The options of a plan; `colours` are their colours on screen, by id, where known."""
    ledger, options = evaluation.ledger, evaluation.bill.options
    baseline = evaluation.baseline.id
    rules = {lines.option.id: _rules(lines) for lines in options}
    decisions = (decision_of(evaluation, lines, rules[lines.option.id]) for lines in options)
    return Summary(
        options=tuple(
            _option(
                lines,
                colours.get(lines.option.id) or OPTION_COLOURS[n % len(OPTION_COLOURS)],
                _ruled_out(evaluation, lines.option.id),
            )
            for n, lines in enumerate(options)
        ),
        baseline=[lines.option.id for lines in options].index(baseline),
        categories=tuple(CATEGORIES.values()),
        chosen=(evaluation.bill.comparison.first, evaluation.bill.comparison.second),
        discounting=Discounting(
            _input(ledger, "finance.discount_rate_per_year"),
            _input(ledger, "finance.payment_offset"),
            _input(ledger, "units.months_in_a_year"),
        ),
        balances=tuple(balance for lines in options for balance in _balances(lines, evaluation)),
        rules=tuple(rule for lines in options for rule in rules[lines.option.id]),
        decisions=tuple(filter(None, decisions)),
    )


def remarks_of(evaluation: Evaluation) -> dict[str, str]:
    """What findings say about single inputs, by the key of the input."""
    remarks: dict[str, list[str]] = {}
    for finding in evaluation.findings:
        for entry in evaluation.ledger.entries:
            if entry.path and (_concerns(finding.path, entry.path) or _of_decision(finding, entry)):
                remarks.setdefault(entry.key, []).append(sentence(finding))
    return {key: " ".join(dict.fromkeys(sentences)) for key, sentences in remarks.items()}


def _of_decision(finding: Finding, entry: Input | Schedule) -> bool:
    """Whether a finding on a decision is about an input that was decided on."""
    option = finding.path.removesuffix("decision")
    decided = finding.code in {STALE, EDITED} and entry.provenance.is_decision
    return decided and entry.path.startswith(option)


def _concerns(finding: str, entry: str) -> bool:
    """Whether one path lies in the other: an input may rest on all fields of a part of the plan."""
    return f"{entry}.".startswith(f"{finding}.") or finding.startswith(f"{entry}.")


def _ruled_out(evaluation: Evaluation, option: str) -> tuple[str, ...]:
    """What an option breaks, each in a word; the checks of a hybrid have live verdicts instead."""
    words = (one.word for one in obstacles(evaluation, option) if one.check is None)
    return tuple(dict.fromkeys(words))


def _option(lines: BillLines, colour: str, ruled_out: tuple[str, ...]) -> OptionSummary:
    figures = {
        "Cost per request": lines.per_request,
        "Cost per million tokens": lines.per_million_tokens,
        "Peak cash": lines.peak_cash,
        UNSERVED: lines.unserved,
    }
    if lines.mean_utilisation is not None:
        figures["Mean utilisation"] = lines.mean_utilisation
    return OptionSummary(
        name=lines.option.name,
        kind=KINDS[lines.option.kind],
        colour=colour,
        figures=figures,
        cash=lines.cash,
        cumulative=lines.cumulative,
        categories={CATEGORIES[name]: line for name, line in lines.categories.items()},
        tco=lines.tco,
        npv=lines.npv,
        ruled_out=ruled_out,
    )


def _balances(lines: BillLines, evaluation: Evaluation) -> list[Balance]:
    """What must hold between lines of an option, whatever the inputs are."""
    name, section = lines.option.name, lines.section
    own = {line.key.removeprefix(f"{section.key}."): line for line in section.lines}
    found = [
        _at_least(
            name,
            "requests not served are part of the demand",
            evaluation.bill.demand.requests,
            lines.unserved,
        )
    ]
    busy, available = (own.get(part) for part in ("busy", "available"))
    if busy is not None and available is not None:
        found.append(_at_least(name, "busy server-hours are in service", available, busy))
    needed = own.get("deliverable")
    fixed = getattr(lines.option, "servers", None) is not None
    if lines.servers is not None and needed is not None and not fixed:
        rule = "servers in service cover those that can be there"
        found.append(_at_least(name, rule, lines.servers, needed))
    return found


def _rules(lines: BillLines) -> list[Rule]:
    """The rules that a hybrid must keep, those last that rule it out where it breaks them."""
    checks = lines.hybrid.checks if lines.hybrid is not None else ()
    name = lines.option.name
    found = []
    for check in checks:
        aside = lost_aside(lines, check)
        label = f"{check.label}, outages aside" if aside else check.label
        decisive = check.code not in SAID_ELSEWHERE
        found.append(
            Rule(name, label, check.kept, check.held, check.limit, check.least, decisive, aside)
        )
    return sorted(found, key=lambda rule: rule.decisive)


def _at_least(name: str, rule: str, left: Line, right: Line) -> Balance:
    return Balance(name, f"in every month {rule}", left, right, at_least=True)


def _input(ledger: Ledger, key: str) -> Input:
    figure = ledger.find(key)
    assert isinstance(figure, Input)
    return figure
