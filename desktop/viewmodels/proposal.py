"""A decision that is proposed, beside what holds now: figures, what is proven, what changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.cards import Tone
from desktop.viewmodels.proposal_figures import (
    mean_score,
    purchases_of,
    servers_at_end,
    single_of,
    unserved_of,
)
from desktop.viewmodels.proposal_unserved import (
    broken_sentences,
    leaves_avoidable,
    unserved_sentences,
)
from desktop.viewmodels.proposal_words import Change, changes_of
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_finding import SAME
from desktop.viewmodels.words import (
    compact,
    gap_text,
    money,
    number,
    part_text,
    percent,
    score_text,
)
from pricing.optimise.engine.answer import PROVEN, Answer
from pricing.plan.hybrid import Hybrid
from pricing.singles import keeps_rules

if TYPE_CHECKING:
    from desktop.work.deciding import Decided


WORTH_SAYING: Final = 0.01
"""Difference of mean scores from which a title speaks of it."""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One figure of the proposal, and what it is now."""

    title: str
    after: str
    before: str
    """In words; empty where there is nothing to compare with."""
    difference: str = ""
    tone: Tone = "neutral"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the panel shows."""

    title: str
    proof: str
    note: str
    """What sets it apart; empty for the best decision."""
    cards: tuple[BeforeAfter, ...]
    changes: tuple[Change, ...]
    cautions: tuple[str, ...]
    """What is not served, and why."""
    broken: tuple[str, ...] = ()
    """Rules that are not kept."""
    basis: str = ""
    """What the shares of the changes are of, where it must be said."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Proposal", text)


def proposal_of(decided: "Decided", before: HybridCosts | None) -> Proposal:
    """Everything there is to say about a decision that was found.

    Args:
        decided: A search that found a decision.
        before: The hybrid as it is now; none where it is new or was never evaluated.
    """
    optimised = decided.optimised
    assert optimised is not None
    after = HybridCosts(optimised.evaluation, optimised.hybrid)
    if before is not None and not before.lines.routes:
        before = None
    short = leaves_avoidable(decided)
    return Proposal(
        title=_title_of_part(after) if short else _title(after, before),
        proof=proof_sentence(
            decided.answer, decided.within, short=short, fixed=_keeps_servers(decided)
        ),
        note=decided.note,
        cards=_cards(after, before),
        changes=changes_of(after, before),
        cautions=(*unserved_sentences(decided, after), *_unknown(after, before)),
        broken=broken_sentences(after),
        basis=_t("Shares are of the requests that the result cache leaves over.")
        if any(line.hits is not None for line in after.lines.classes)
        else "",
    )


def _keeps_servers(decided: "Decided") -> bool:
    """Whether the servers were given, so that only routes were decided on."""
    if decided.effort == "reroute" or decided.optimised is None:
        return decided.effort == "reroute"
    return any(
        isinstance(option, Hybrid)
        and option.id == decided.optimised.hybrid
        and option.decision is not None
        and option.decision.locked
        for option in decided.plan.options
    )


def _title_of_part(after: HybridCosts) -> str:
    """Of a decision that leaves work unserved because the rules cannot all be kept."""
    evaluation = after.evaluation
    amount = money(evaluation.bill_of(after.bill.option.id).npv.value, evaluation.plan.currency)
    return _t(
        "Within the rules {share} of the requests can be served: net present cost {amount}"
    ).format(share=part_text(_served(after)), amount=amount)


def _unknown(after: HybridCosts, before: HybridCosts | None) -> tuple[str, ...]:
    """What a buyer must find out where other options than now would answer."""
    if before is None or mean_score(after) is not None or _answering(after) == _answering(before):
        return ()
    return (
        _t(
            "Other options answer than now, and a quality score is missing: whether their answers "
            "are good enough is not known."
        ),
    )


def _answering(costs: HybridCosts) -> set[str]:
    """Ids of the options that get any request."""
    return {
        member.option.id
        for member in costs.lines.members
        if float(costs.monthly(member.requests).sum()) > 0
    }


def _served(costs: HybridCosts) -> float:
    """Share of all requests that somebody serves."""
    asked = sum(
        float(costs.monthly(c.requests).sum()) for c in costs.evaluation.bill.demand.classes
    )
    return 1 - unserved_of(costs) / asked if asked > 0 else 1.0


def _title(after: HybridCosts, before: HybridCosts | None) -> str:
    bill = after.evaluation.bill_of(after.bill.option.id)
    amount = money(bill.npv.value, after.evaluation.plan.currency)
    more_missing = unserved_of(after) - (0.0 if before is None else unserved_of(before))
    if more_missing >= 1:  # what serves less is not to be compared by cost
        return _t("{name}: net present cost {amount}, with {share} of the requests served").format(
            name=bill.name, amount=amount, share=part_text(_served(after))
        )
    if before is None:
        single = single_of(after.evaluation)
        if single is None:
            return _t("{name}: net present cost {amount}").format(name=bill.name, amount=amount)
        template, then = _t("{name}: net present cost {amount}, {share} {single}"), single[1]
        share = _apart(bill.npv.value, then, _t("less than"), _t("more than"), _t("as much as"))
        return template.format(name=bill.name, amount=amount, share=share, single=single[0])
    then = before.evaluation.bill_of(before.bill.option.id).npv.value
    if more_missing <= -1:  # what serves more may well cost more
        return _t(
            "{name}: net present cost {amount}, and {n} more requests served than now"
        ).format(name=bill.name, amount=amount, n=compact(-more_missing))
    if abs(bill.npv.value - then) <= SAME * abs(then) and _is_alike(after, before):
        return _t("The decision in the plan is already as good: net present cost {amount}").format(
            amount=amount
        )
    share = _apart(bill.npv.value, then, _t("less than now"), _t("more than now"), _t("as now"))
    title = _t("Net present cost {amount}, {share}").format(amount=amount, share=share)
    return title + _score_apart(after, before)


def _score_apart(after: HybridCosts, before: HybridCosts) -> str:
    """How much better or worse the answers are, where a card would show it."""
    new, old = mean_score(after), mean_score(before)
    if new is None or old is None or abs(new - old) < WORTH_SAYING:
        return ""
    template = _t(", answers {points} worse") if new < old else _t(", answers {points} better")
    return template.format(points=_points(new - old))


def _is_alike(after: HybridCosts, before: HybridCosts) -> bool:
    return _serves_alike(after, before) and not _broken(before)


def _serves_alike(after: HybridCosts, before: HybridCosts) -> bool:
    """Whether both serve as many requests, so that one cost can be praised against the other."""
    return abs(unserved_of(after) - unserved_of(before)) < 1.0


def _broken(costs: HybridCosts) -> int:
    return sum(1 for check in costs.lines.checks if float(costs.monthly(check.kept).min()) < 1)


def _apart(value: float, then: float, less: str, more: str, same: str) -> str:
    if not then:
        return more if value > 0 else same
    share = value / then - 1
    if abs(share) < SAME:
        return same
    return f"{percent(abs(share))} {less if share < 0 else more}"


def proof_sentence(
    answer: Answer, within: float | None = None, *, short: bool = False, fixed: bool = False
) -> str:
    """How far from the best possible the decision may be, and why the search ended.

    Args:
        answer: What was found, with what is proven of all decisions.
        within: The gap among decisions that keep the same condition; none without one.
        short: Whether it leaves work unserved that could be served without some rule.
        fixed: Whether it was looked for among decisions with the same servers only.
    """
    if short and answer.gap <= PROVEN:
        said = _t("Proven best: no decision that leaves as little unserved costs less.")
    elif short and np.isfinite(answer.gap):
        said = _t(
            "No decision that leaves as little unserved can be more than {gap} cheaper."
        ).format(gap=gap_text(answer.gap))
    elif within is not None and np.isfinite(within) and np.isfinite(answer.gap):
        said = _t(
            "No decision that keeps this condition can be more than {within} cheaper; without it, "
            "none can be more than {gap} cheaper."
        ).format(within=gap_text(within), gap=gap_text(answer.gap))
    elif within is not None and np.isfinite(within):
        said = _t(
            "No decision that keeps this condition can be more than {within} cheaper."
        ).format(within=gap_text(within))
    elif fixed and answer.gap <= PROVEN:
        said = _t("Proven best: no decision with these servers costs less.")
    elif fixed and np.isfinite(answer.gap):
        said = _t("No decision with these servers can be more than {gap} cheaper.").format(
            gap=gap_text(answer.gap)
        )
    elif answer.gap <= PROVEN:
        said = _t("Proven best: no decision within the rules costs less.")
    elif np.isfinite(answer.gap):
        said = _t("No decision within the rules can be more than {gap} cheaper.").format(
            gap=gap_text(answer.gap)
        )
    else:
        said = _t("It is not known how much cheaper another decision could be.")
    if answer.status == "cancelled":
        said += " " + _t("Stopped after {n} s.").format(n=number(answer.seconds, 0))
    elif answer.status == "time":
        said += " " + _t("The time of {n} s was up.").format(n=number(answer.seconds, 0))
    elif answer.status == "stuck":
        said += " " + _t("The search comes no closer.")
    return said


# --- cards ----------------------------------------------------------------------------------------


def _cards(after: HybridCosts, before: HybridCosts | None) -> tuple[BeforeAfter, ...]:
    currency = after.evaluation.plan.currency

    def amount(value: float) -> str:
        return money(value, currency)

    def bill(costs: HybridCosts, name: str) -> float:
        found = getattr(costs.evaluation.bill_of(costs.bill.option.id), name)
        return float(found.value)

    alike = before is None or _serves_alike(after, before)
    unlike = "" if alike else _t("Not the same work: more or fewer requests are served than now")
    return (
        _card(_t("Net present cost (NPV)"), after, before, lambda c: bill(c, "npv"), amount,
              tone=alike, tip=unlike),
        _card(_t("Total cost (TCO)"), after, before, lambda c: bill(c, "tco"), amount, tone=alike,
              tip="\n".join(filter(None, (_t("Undiscounted, over the plan"), unlike)))),
        _card(_t("Purchases"), after, before, purchases_of, amount, tone=False,
              tip=_t("Servers, installation and network over the plan, undiscounted")),
        _card(_t("Servers at the end"), after, before, servers_at_end,
              lambda value: number(value, 0), tone=False, relative=False,
              tip=_t("In service in the last month of the plan, spares included")),
        _card(_t("Served on premises"), after, before, lambda c: c.tokens_at_home(), percent,
              tone=False, relative=False, apart_text=_points,
              tip=_t("Share of all tokens over the plan")),
        _card(_t("Mean score of answers"), after, before, mean_score, _score, relative=False,
              better=1, apart_text=_points, tip=_t("Every answer counts the same")),
        _card(_t("Requests not served"), after, before, unserved_of, compact, relative=False,
              tip=_t("Over the plan")),
        _single_card(after),
    )  # fmt: skip


def _points(apart: float) -> str:
    return _t("{n} points").format(n=number(abs(apart) * 100, 1))


def _score(value: float) -> str:
    return score_text(round(value, 3))


def _card(
    title: str, after: HybridCosts, before: HybridCosts | None,
    figure: Callable[[HybridCosts], float | None], text: Callable[[float], str], *,
    tone: bool = True, relative: bool = True, better: int = -1, tip: str = "",
    apart_text: Callable[[float], str] | None = None,
) -> BeforeAfter:  # fmt: skip
    """One figure; `better` is the sign of a difference that is good."""
    new = figure(after)
    shown = "–" if new is None else text(new)
    if before is None:
        return BeforeAfter(title, shown, "", tip=tip)
    old = figure(before)
    if old is None or new is None:
        return BeforeAfter(title, shown, _t("now {value}").format(value="–" if old is None else
                                                                  text(old)), tip=tip)  # fmt: skip
    apart = new - old
    said = _t("now {value}").format(value=text(old))
    if text(new) == text(old):
        return BeforeAfter(title, shown, said, _t("unchanged"), tip=tip)
    if relative and old:
        difference = percent(apart / old, signed=True)
    else:
        difference = ("+" if apart > 0 else "−") + (apart_text or text)(abs(apart))
    feeling: Tone = "neutral" if not tone else "good" if apart * better > 0 else "more"
    return BeforeAfter(title, shown, said, difference, feeling, tip)


def _single_card(after: HybridCosts) -> BeforeAfter:
    title, single = _t("Cheapest single option"), single_of(after.evaluation)
    if single is None:
        return BeforeAfter(title, "–", _t("none serves all within the rules"))
    name, npv, quality, option = single
    mine = after.evaluation.bill_of(after.bill.option.id).npv.value
    tip = _t("The cheapest option that serves all alone, its answers within 1 point of the best")
    if quality is not None:
        tip += "\n" + _t("{name}: mean score {score}").format(name=name, score=_score(quality))
    kept = keeps_rules(after.evaluation, option)
    alike = mine and unserved_of(after) < 1
    difference = percent(npv / mine - 1, signed=True) if alike else ""
    if not kept:
        name = _t("not within the rules: {name}").format(name=name)
    return BeforeAfter(title, money(npv, after.evaluation.plan.currency), name, difference,
                       "neutral", tip)  # fmt: skip
