"""A decision as a person reads it in a terminal: routes, servers, what is not served, rules."""

import math
from collections.abc import Iterator

import numpy as np

from pricing.bill.hybrid import HybridLines
from pricing.cli.decision_words import months_of, names_of, route_rows
from pricing.cli.numbers import NONE, amount, count, significant
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.evaluation import Evaluation
from pricing.optimise.engine.answer import PROVEN, Answer
from pricing.optimise.lost import lost_in_outages
from pricing.optimise.problem.stated import Problem
from pricing.optimise.questions.asked import left_out
from pricing.plan.hybrid import Hybrid
from pricing.plan.recipe import Direct
from pricing.plurals import Written
from pricing.routing.sentences import sentence as reason

THOUSAND = 1000.0
TOO_EARLY = (
    "{name}: {requests:request|requests} in {months} {requests:~stays|stay} unserved whatever is "
    "decided: nothing that may serve {requests:~it|them} can be in service by then, so an interim "
    "solution is needed."
)
IN_THE_WAY = (
    "{name}: {requests:request|requests} in {months} {requests:~stays|stay} unserved because rules "
    "are in the way."
)
IN_OUTAGES = (
    "{name}: {requests:request|requests} in {months} {requests:~arrives|arrive} during outages of "
    "{options}, and nobody takes over."
)
BY_ITSELF = {"served", "routed_once", "room"}
"""Checks that are told only where they fail: no rule of the buyer's."""


def hybrid_lines(evaluation: Evaluation, hybrid: str) -> HybridLines:
    """The ledger lines of a hybrid."""
    found = next(one.hybrid for one in evaluation.bill.options if one.option.id == hybrid)
    assert found is not None
    return found


def hybrid_in(evaluation: Evaluation, hybrid: str) -> Hybrid:
    """The hybrid of the plan."""
    found = next(one for one in evaluation.plan.options if one.id == hybrid)
    assert isinstance(found, Hybrid)
    return found


def costs(evaluation: Evaluation, hybrid: str, answer: Answer, width: int) -> list[str]:
    """What the decision costs, the bound that no decision undercuts, and the gap between them."""
    bill, currency = evaluation.bill_of(hybrid), evaluation.plan.currency
    headings = [
        _("Decision"), _("Net present value, {currency}").format(currency=currency),
        _("Bound, {currency}").format(currency=currency), _("Gap, %"),
    ]  # fmt: skip
    bound, gap = NONE, NONE
    if math.isfinite(answer.bound):
        bound = amount(answer.bound * THOUSAND)
        gap = significant(answer.gap * 100, 2) if answer.gap > PROVEN else "0"
    return table(headings, [[bill.name, amount(bill.npv.value), bound, gap]], width)


def proof(answer: Answer) -> list[str]:
    """How well it is proven that the decision is good."""
    said = [_("Proven: no decision within the rules costs less than the bound.")]
    if answer.gap <= PROVEN:
        said = [_("Proven: no decision within the rules costs less.")]
    if not math.isfinite(answer.bound):
        said = [_("Nothing is proven of it: the search ended before a bound was known.")]
    if answer.status == "time":
        said.append(_("The time was up before the gap was closed; --seconds gives more of it."))
    if answer.status == "stuck":
        said.append(_("The search comes no closer, however long it runs."))
    if answer.status == "cancelled":
        said.append(_("Stopped; this is the best decision found until then."))
    return said


def routes(evaluation: Evaluation, hybrid: str, width: int) -> list[str]:
    """Who answers which class in which months."""
    plan, labels = evaluation.plan, evaluation.month_labels
    decided = hybrid_in(evaluation, hybrid)
    rows = route_rows(plan, decided.routes, labels)
    headings = [_("Request class"), _("Answered by"), _("Months"), _("Share")]
    lines = table(headings, rows, width, labels=3)
    if decided.caches:
        said = _(
            "Shares are of the requests of a class that the result cache leaves to the routes."
        )
        lines += ["", *wrapped(said, width)]
    return lines


def servers(evaluation: Evaluation, hybrid: str, width: int) -> list[str]:
    """Servers in service by month; empty where there are none."""
    names, labels = names_of(evaluation.plan), evaluation.month_labels
    rows = []
    for member in hybrid_lines(evaluation, hybrid).members:
        if member.fleet is None or member.fleet.servers is None:
            continue
        numbers = evaluation.values.monthly(member.fleet.servers)
        name = names[member.option.id]
        for months, number in _server_spans(numbers.tolist(), labels):
            rows.append([name, months, count(number)])
            name = ""
    return (
        table([_("Servers"), _("Months"), _("In service")], rows, width, labels=2) if rows else []
    )


def _server_spans(numbers: list[float], labels: tuple[str, ...]) -> list[tuple[str, float]]:
    """Spans of months with the same number of servers in service."""
    found = []
    for number in dict.fromkeys(numbers):
        if number > 0:
            flags = [value == number for value in numbers]
            found.append((flags.index(True), months_of(flags, labels), number))
    return [(months, number) for _first, months, number in sorted(found)]


def left_to_nobody(problem: Problem) -> Iterator[str]:
    """Classes that no option may or can serve, and why not."""
    names = {one.id: one.name for one in problem.plan.workload}
    for name in left_out(problem):
        yield _("{name}: nobody may or can serve it, so all of it stays unserved.").format(
            name=names[name]
        )
        for excluded in problem.candidates.excluded:
            if excluded.request_class == name and isinstance(excluded.recipe, Direct):
                yield reason(excluded.reasons[0], _)


def unserved(problem: Problem, answer: Answer, labels: tuple[str, ...]) -> Iterator[str]:
    """What finds nobody: what nobody may serve, what comes too early, what rules prevent."""
    names = {one.id: one.name for one in problem.plan.workload}
    yield from left_to_nobody(problem)
    for place, job in enumerate(problem.instance.jobs):
        early = np.minimum(answer.unavoidable[place], answer.unserved[place]) * THOUSAND
        rest = answer.unserved[place] * THOUSAND - early
        for lost, text in ((early, _(TOO_EARLY)), (rest, _(IN_THE_WAY))):
            if lost.sum() >= 1:
                yield text.format(
                    name=names[job.key], requests=Written(count(round(float(lost.sum())))),
                    months=months_of((lost > 1e-3).tolist(), labels),
                )  # fmt: skip


def outages(evaluation: Evaluation, hybrid: str) -> Iterator[str]:
    """What is lost in outages that no failover covers."""
    names, labels = names_of(evaluation.plan), evaluation.month_labels
    classes = {one.id: one.name for one in evaluation.plan.workload}
    for one in lost_in_outages(evaluation, hybrid):
        yield _(IN_OUTAGES).format(
            name=classes[one.request_class], requests=Written(count(round(one.requests))),
            months=months_of((one.monthly > 1e-3).tolist(), labels),
            options=_(", ").join(names[option] for option in one.options),
        )  # fmt: skip


def rules(evaluation: Evaluation, hybrid: str, width: int) -> list[str]:
    """Each rule of the plan and whether the decision keeps it; empty without rules."""
    labels, rows = evaluation.month_labels, []
    alike: dict[tuple[str, str], list[str]] = {}
    for check in hybrid_lines(evaluation, hybrid).checks:
        kept = evaluation.values.monthly(check.kept) > 0
        if not kept.all():
            said = _("no: {months}").format(months=months_of((~kept).tolist(), labels))
            rows.append([check.label, said])
        elif check.code not in BY_ITSELF:
            alike.setdefault((check.code, check.path), []).append(check.label)
    for first, *more in alike.values():
        text = _("{rule} (and {n} more like it)") if more else "{rule}"
        rows.append([text.format(rule=first, n=len(more)), _("yes")])
    return table([_("Rule"), _("Kept")], rows, width, labels=2) if rows else []
