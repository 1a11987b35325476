"""The first line of the routing page, and the few figures below it."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.admissible import broken_rules, without_name
from desktop.viewmodels.cards import Card, Tone
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.words import (
    compact,
    gap_text,
    money,
    number,
    percent,
    score_text,
    significant,
)
from pricing.evaluation import Evaluation, OptionBill
from pricing.optimise.advice.choices import CheapestSingle, cheapest_single
from pricing.optimise.engine.answer import PROVEN
from pricing.plan.hybrid import Decision, Question
from pricing.singles import keeps_rules

TINY = 1e-6
"""Requests below this are rounding."""
SAME = 5e-4
"""Relative difference below which two costs are one."""


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingFinding", text)


def routing_sentence(costs: HybridCosts) -> str:
    """What the hybrid serves over how many options, at what cost, against the best single one."""
    evaluation = costs.evaluation
    hybrid, bill = costs.bill.option, evaluation.bill_of(costs.bill.option.id)
    classes = len(costs.lines.classes)
    used = [m for m in costs.lines.members if float(costs.monthly(m.requests).sum()) > 0]
    if not costs.lines.routes:
        return _t("{name} has no routes yet: nothing is served").format(name=hybrid.name)
    parts = {
        "name": hybrid.name,
        "classes": _t("1 class") if classes == 1 else _t("{n} classes").format(n=classes),
        "options": _t("1 option") if len(used) == 1 else _t("{n} options").format(n=len(used)),
        "amount": money(bill.tco.value, evaluation.plan.currency).replace(" ", "\u00a0"),
        "months": evaluation.plan.months,
    }
    told = _t("{name} serves {classes} over {options} for {amount} over {months} months").format(
        **parts
    )
    if incomplete(costs):
        return _t("{told}, but not every request").format(told=told)
    if _broken(costs):
        return _t("{told}, but not within the rules").format(told=told)
    return f"{told}, {_against(bill, cheapest_single(evaluation), evaluation)}"


def incomplete(costs: HybridCosts) -> bool:
    """Whether some request is served by nobody, so that its cost is not that of all the work."""
    missing = sum(float(costs.monthly(line.unserved).sum()) for line in costs.lines.classes)
    return missing > TINY or bool(_unrouted(costs))


def _unrouted(costs: HybridCosts) -> list[str]:
    """Names of the request classes without a route."""
    routed = {line.asked.request_class.id for line in costs.lines.classes}
    return [item.name for item in costs.evaluation.plan.workload if item.id not in routed]


def _against(bill: OptionBill, plain: CheapestSingle | None, evaluation: Evaluation) -> str:
    if plain is None:
        return _t("and no single option may serve all")
    single = evaluation.bill_of(plain.choice.option)
    share = bill.tco.value / single.tco.value - 1 if single.tco.value else 0.0
    if abs(share) < SAME:
        template = _t("as much as {name}, {what}")
    elif share >= 1:
        template = _t("{times} times as much as {name}, {what}")
    elif share < 0:
        template = _t("{share} less than {name}, {what}")
    else:
        template = _t("{share} more than {name}, {what}")
    what = (
        _t("the cheapest single option that serves all")
        if plain.choice.option == plain.best.option
        else _t("the cheapest single option within a point of the best score")
    )
    if not keeps_rules(evaluation, plain.choice.option):
        what = _t("which alone is not within the rules")
    times = significant(1 + share, 2)
    return template.format(share=percent(abs(share)), name=single.name, times=times, what=what)


def missing_sentence(costs: HybridCosts) -> str:
    """Which requests nobody serves, from when on, and which rules are broken; empty for none."""
    parts = []
    for line in costs.lines.classes:
        missing = costs.monthly(line.unserved)
        if missing.sum() <= TINY:
            continue
        month = int((missing > TINY).argmax())
        parts.append(
            _t(
                "{n} requests of {name} are not served, the first in month {month} ({label})"
            ).format(
                n=compact(float(missing.sum())),
                name=line.asked.name,
                month=month + 1,
                label=costs.evaluation.month_labels[month],
            )
        )
    unrouted = _unrouted(costs)
    if unrouted:
        parts.append(_t("No route leads on from {names}").format(names=", ".join(unrouted)))
    parts += _broken(costs)
    return ". ".join(parts) + "." if parts else ""


def _broken(costs: HybridCosts) -> list[str]:
    """Which rules are broken: the first in words, the others by number."""
    broken = broken_rules(costs.evaluation, costs.bill.option.id)
    if not broken:
        return []
    first = without_name(broken[0], costs.bill.option.name).rstrip(".")
    if len(broken) == 1:
        return [first]
    more = len(broken) - 1
    template = _t("{rule}, and 1 more rule") if more == 1 else _t("{rule}, and {n} more rules")
    return [template.format(rule=first, n=more)]


def routing_cards(costs: HybridCosts) -> tuple[Card, ...]:
    """Present cost, against the best single option, share on premises, mean score."""
    evaluation = costs.evaluation
    bill, single = evaluation.bill_of(costs.bill.option.id), cheapest_single(evaluation)
    currency = evaluation.plan.currency
    present = _t("{amount} undiscounted").format(amount=money(bill.tco.value, currency))
    return (
        Card(_t("Net present cost (NPV)"), money(bill.npv.value, currency), present, "neutral",
             bill.npv.key),
        _difference(bill, single, costs),
        _at_home(costs),
        _quality(costs),
    )  # fmt: skip


def _difference(bill: OptionBill, plain: CheapestSingle | None, costs: HybridCosts) -> Card:
    evaluation = costs.evaluation
    title, currency = _t("Against the best single option"), evaluation.plan.currency
    if incomplete(costs):
        note = _t("to compare, serve every request")
        return Card(title, "–", note, "neutral", bill.npv.key)
    if plain is None:
        note = _t("none serves all within the rules")
        return Card(title, "–", note, "neutral", bill.npv.key)
    single = evaluation.bill_of(plain.choice.option)
    if not keeps_rules(evaluation, plain.choice.option):
        note = _t("not within the rules: {name}").format(name=single.name)
        return Card(title, "–", note, "neutral", single.npv.key)
    apart = bill.npv.value - single.npv.value
    share = apart / single.npv.value if single.npv.value else 0.0
    if abs(share) < SAME:
        note = _t("as much as {name}").format(name=single.name)
        return Card(title, money(0.0, currency), note, "neutral", single.npv.key)
    tone: Tone = "more" if apart > 0 else "neutral" if _broken(costs) else "good"
    figure = _t("{amount} more") if apart > 0 else _t("{amount} less")
    amount = money(abs(apart), currency).replace(" ", "\u00a0")
    return Card(
        title, figure.format(amount=amount), _apart(share, single.name), tone, single.npv.key
    )


def _apart(share: float, name: str) -> str:
    if share >= 1:
        return _t("{times} times {name}").format(times=significant(1 + share, 2), name=name)
    template = _t("{share} more than {name}") if share > 0 else _t("{share} less than {name}")
    return template.format(share=percent(abs(share)), name=name)


def _at_home(costs: HybridCosts) -> Card:
    title, share = _t("Served on premises"), costs.tokens_at_home()
    key = f"{costs.bill.section.key}.on_premises"
    known = any(line.key == key for line in costs.bill.section.lines)
    figure = "–" if share is None else percent(share)
    return Card(title, figure, _t("of all tokens, over the plan"), "neutral", key if known else "")


def _quality(costs: HybridCosts) -> Card:
    title, line = _t("Mean score of answers"), costs.lines.quality
    if line is None:
        return Card(title, "–", _t("a model's quality score is missing"), "neutral", "")
    value = costs.evaluation.values.number(line)
    return Card(
        title, score_text(round(value, 3)), _t("every answer counts the same"), "neutral", line.key
    )


def decision_sentence(decision: Decision | None, currency: str = "", *, stale: bool = False) -> str:
    """Who decided, when, for what and how good it was proven to be; empty where it was entered.

    `stale` says that the plan has other figures now than those that were decided for.
    """
    if decision is None:
        return ""
    day = decision.made_on.isoformat()
    if decision.made_by == "hand":
        said = _t("Decided by hand on {day}.").format(day=day)
    elif stale:
        said = _t(
            "Found by the optimiser on {day}, for other figures than the plan has now; optimise "
            "again to see what is best."
        ).format(day=day)
    elif decision.question is not None:
        said = _answer_sentence(decision, decision.question, currency)
    elif decision.bound is None or decision.npv <= 0:
        said = _t("Found by the optimiser on {day}.").format(day=day)
    else:
        gap = 1 - decision.bound / decision.npv
        if gap <= PROVEN:
            told = _t("Found by the optimiser on {day}; proven best: nothing costs less.")
        else:
            told = _t("Found by the optimiser on {day}; nothing costs less by more than {gap}.")
        said = told.format(day=day, gap=gap_text(max(0.0, gap)))
    if decision.locked:
        said += " " + _t("Locked: its servers stay as they are when the optimiser runs again.")
    if decision.note:
        said += " " + decision.note
    return said


def _answer_sentence(decision: Decision, question: Question, currency: str) -> str:
    """Of the cheapest decision at a level that was asked for."""
    level = (
        money(question.level, currency) if question.axis == "capex"
        else f"{number(question.level * 100, 1)}\u00a0%"
    )  # fmt: skip
    told = {
        "quality": _t(
            "Found by the optimiser on {day}: cheapest with a mean score of at least {level}"
        ),
        "capex": _t(
            "Found by the optimiser on {day}: cheapest with purchases of at most {level} a year"
        ),
        "on_premises": _t(
            "Found by the optimiser on {day}: cheapest with at least {level} on premises"
        ),
    }[question.axis]
    said = told.format(day=decision.made_on.isoformat(), level=level)
    if decision.bound is None or decision.npv <= 0:
        return said + "."
    gap = max(0.0, 1 - decision.bound / decision.npv)
    return said + _t(", proven to {gap}.").format(gap=gap_text(gap))
