"""What a frontier says beside its points: levels out of reach, and points that are the same."""

import math

from pricing.amounts import money
from pricing.evaluate import month_labels
from pricing.optimise.lost import ONE
from pricing.optimise.questions.frontier import Frontier
from pricing.optimise.questions.levels import Axis
from pricing.optimise.questions.sentences import TEMPLATES as RULES
from pricing.optimise.questions.sentences import rule_statement
from pricing.optimise.questions.stops import NATURAL, Stop
from pricing.optimise.statement import Fact, Statement, Translate, said
from pricing.plan.plan import Plan

THOUSAND = 1000.0
TEMPLATES: dict[str, str] = {
    **RULES,
    # --- what is out of reach -----------------------------------------------------------------
    "end.quality": "A mean score above {beyond} cannot be reached",
    "end.on_premises": "More than {beyond} on premises cannot be reached",
    "end.capex": "With purchases below {beyond} a year the work cannot be served",
    "end.unsure.quality": (
        "No decision with a mean score above {level} was found; above {beyond} there is none"
    ),
    "end.unsure.on_premises": (
        "No decision with more than {level} on premises was found; beyond {beyond} there is none"
    ),
    "end.unsure.capex": (
        "No decision with purchases below {level} a year was found; below {beyond} there is none"
    ),
    "end.open.quality": "No decision with a mean score above {level} was found in the time",
    "end.open.on_premises": "No decision with more than {level} on premises was found in the time",
    "end.open.capex": "No decision with purchases below {level} a year was found in the time",
    # --- why ----------------------------------------------------------------------------------
    "end.plain": "{end}.",
    "end.because": "{end}: {because} is in the way.",
    "end.because.many": "{end}: these rules together are in the way: {because}.",
    "end.because.among": "{end}: some of these rules are in the way: {because}.",
    "end.best_scores": (
        "{end}: even without rules, no option that may answer has better scores for the classes."
    ),
    "end.needs_servers": (
        "{end}: even without rules, some of the work has no other way than servers that are bought."
    ),
    "end.at_home": "{end}, even without rules: {because}.",
    "home.months": "servers on premises can be in service from {month} on",
    "home.classes": "no server on premises can answer {classes:commas}",
    "home.capacity": "the servers on premises that can be had are too few",
    # --- points -------------------------------------------------------------------------------
    "points.unreached": "No decision was found in the time for {levels:commas}.",
    "points.alike": (
        "{points:point|points} for {asked:level|levels}: where a stricter level costs no more, its "
        "decision is shown for both."
    ),
    "points.fewer": (
        "{points:level|levels} instead of {wanted}: others in between would ask for nearly the "
        "same, or cost nearly the same."
    ),
    "points.outages": (
        "Up to {requests:request|requests} {requests:~arrives|arrive} during outages in which "
        "nobody takes over, at {level}."
    ),
}  # fmt: skip
"""Sentence of each code in English."""
CLOSE = {"quality": 1e-3, "on_premises": 2e-3, "capex": 5e-3}
"""How near what was found and what is proven must be to be told as one: points of a share, or part
of the purchases."""


def sentence(statement: Statement, translate: Translate = str) -> str:
    """The sentence of a statement about a frontier."""
    return said(statement, TEMPLATES, translate)


def frontier_statements(found: Frontier, plan: Plan, wanted: int) -> tuple[Statement, ...]:
    """Everything that must be said of a frontier beside its points.

    Args:
        found: The frontier.
        plan: The plan asked of.
        wanted: Points that were asked for.
    """
    stated = []
    if found.stop is not None:
        stated.append(stop_statement(found.axis, found.stop, plan))
    if found.unreached:
        levels = tuple(level_text(found.axis, level, plan.currency) for level in found.unreached)
        stated.append(Statement("points.unreached", {"levels": levels}))
    count = len(found.points)
    asked = count + found.alike
    if found.alike:
        facts: dict[str, Fact] = {"points": float(count), "asked": float(asked)}
        stated.append(Statement("points.alike", facts))
    if asked > 1 and asked + len(found.unreached) < wanted and found.end is not None:
        facts = {"points": float(asked), "wanted": float(wanted)}
        stated.append(Statement("points.fewer", facts))
    if found.points:
        worst = max(found.points, key=lambda point: float(point.answer.lost.sum()))
        lost = float(worst.answer.lost.sum()) * THOUSAND
        if lost >= ONE:
            level = level_text(found.axis, worst.level, plan.currency)
            stated.append(Statement("points.outages", {"requests": lost, "level": level}))
    return tuple(stated)


def stop_statement(axis: Axis, stop: Stop, plan: Plan) -> Statement:
    """What is out of reach beyond the end of an axis, and why."""
    end = _end(axis, stop, plan.currency)
    if stop.rules:
        code = "end.because" if len(stop.rules) == 1 else "end.because.many"
        code = code if stop.sure else "end.because.among"
        rules = tuple(rule_statement(rule) for rule in stop.rules)
        return Statement(code, {"end": end, "because": rules})
    if not stop.structural:
        return Statement("end.plain", {"end": end})
    if axis != "on_premises":
        return Statement(
            "end.best_scores" if axis == "quality" else "end.needs_servers", {"end": end}
        )
    why = []
    if stop.first_month > 0:
        why.append(Statement("home.months", {"month": month_labels(plan)[stop.first_month]}))
    if stop.classes:
        why.append(Statement("home.classes", {"classes": stop.classes}))
    because = tuple(why) or (Statement("home.capacity"),)
    return Statement("end.at_home", {"end": end, "because": because})


def _end(axis: Axis, stop: Stop, currency: str) -> Statement:
    apart = abs(stop.beyond - stop.reached)
    facts: dict[str, Fact] = {
        "level": level_text(axis, stop.reached, currency),
        "beyond": level_text(axis, stop.beyond, currency, outwards=True),
    }
    open_end = stop.beyond <= 0 if axis == "capex" else stop.beyond >= NATURAL
    if open_end:
        return Statement(f"end.open.{axis}", facts)
    if apart <= CLOSE[axis] * (stop.reached if axis == "capex" else 1.0):
        if axis == "capex":
            facts["beyond"] = facts["level"]
        return Statement(f"end.{axis}", facts)
    return Statement(f"end.unsure.{axis}", facts)


def level_text(axis: Axis, level: float, currency: str, *, outwards: bool = False) -> str:
    """A level as it is written; `outwards` rounds a share up, so that nothing lies beyond it."""
    if axis == "capex":
        return money(level * THOUSAND, currency)
    tenths = level * 1000
    shown = math.ceil(tenths - 1e-6) if outwards else round(tenths)
    return f"{shown / 10:.1f} %"
