"""What a decision leaves unserved or does not keep, in words."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.words import compact
from pricing.optimise.lost import lost_in_outages

if TYPE_CHECKING:
    from desktop.work.deciding import Decided

FAINT = 1e-6
"""Thousand requests below which rounding is all that is left."""


def _t(text: str) -> str:
    return QCoreApplication.translate("ProposalUnserved", text)


def broken_sentences(costs: HybridCosts) -> tuple[str, ...]:
    """Rules that a decision does not keep, by the ledger."""
    return tuple(
        _t("Not kept: {rule}.").format(rule=check.label)
        for check in costs.lines.checks
        if check.code != "served" and float(costs.monthly(check.kept).min()) < 1
    )


def leaves_avoidable(decided: "Decided") -> bool:
    """Whether work stays unserved that some option could serve, but for the rules."""
    answer = decided.answer
    avoidable = answer.unserved - answer.unavoidable
    return bool((avoidable > FAINT * max(1.0, float(answer.unserved.max(initial=0.0)))).any())


def unserved_sentences(decided: "Decided", after: HybridCosts | None) -> tuple[str, ...]:
    """What nobody serves: what nothing could change, and what the rules keep from being served."""
    problem, answer = decided.problem, decided.answer
    labels = after.evaluation.month_labels if after is not None else ()
    names = {one.id: one.name for one in decided.plan.workload}
    said = []
    jobs = {job.key: place for place, job in enumerate(problem.instance.jobs)}
    for key, name in names.items():
        if key not in jobs:
            said.append(
                _t("No option may serve {name}; the tab Choices says why.").format(name=name)
            )
            continue
        lost = answer.unavoidable[jobs[key]]
        avoidable = answer.unserved[jobs[key]] - lost
        if lost.sum() > FAINT:
            said.append(
                _t(
                    "{n} requests of {name} in {months} cannot be served whatever is decided: "
                    "no option that may serve them is there yet."
                ).format(n=compact(float(lost.sum()) * 1000), name=name,
                         months=_months(lost > 1e-9, labels))
            )  # fmt: skip
        if avoidable.sum() > FAINT * max(1.0, float(answer.unserved.max(initial=0.0))):
            said.append(
                _t("{n} requests of {name} in {months} stay unserved within the rules.").format(
                    n=compact(float(avoidable.sum()) * 1000), name=name,
                    months=_months(avoidable > 1e-9, labels),
                )
            )  # fmt: skip
    return (*said, *_outage_sentences(after))


def _outage_sentences(after: HybridCosts | None) -> tuple[str, ...]:
    """What outages lose because nobody takes over, by the ledger."""
    if after is None:
        return ()
    plan = after.evaluation.plan
    classes = {one.id: one.name for one in plan.workload}
    options = {one.id: one.name for one in plan.options}
    return tuple(
        _t("{n} requests of {name} arrive during outages of {options}, and nobody takes over.")
        .format(
            n=compact(one.requests), name=classes[one.request_class],
            options=_t(", ").join(options[option] for option in one.options),
        )
        for one in lost_in_outages(after.evaluation, after.bill.option.id)
    )  # fmt: skip


def _months(flags: np.ndarray[tuple[int], np.dtype[np.bool_]], labels: tuple[str, ...]) -> str:
    """Months in which something holds, as numbers from the first to the last."""
    places = np.flatnonzero(flags)
    if not len(places):
        return ""
    first, last = int(places[0]) + 1, int(places[-1]) + 1
    if first == last:
        label = f" ({labels[first - 1]})" if labels else ""
        return _t("month {n}{label}").format(n=first, label=label)
    if len(places) == last - first + 1:
        return _t("months {first} to {last}").format(first=first, last=last)
    return _t("{n} months from month {first} to {last}").format(
        n=len(places), first=first, last=last
    )
