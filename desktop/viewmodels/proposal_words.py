"""What a proposed decision changes, in words: who answers each class, and servers by month."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_words import names_of, recipe_words
from desktop.viewmodels.words import number, percent
from pricing.bill.hybrid import RouteLines
from pricing.plurals import Written

MOST_STEPS = 5
"""Steps of a fleet that are told one by one."""
FAINT = 5e-4
"""Shares of a class below this are not worth a word."""


@dataclass(frozen=True, slots=True)
class Change:
    """One class, or one option with servers: how it is to be, and how it is now."""

    name: str
    after: str
    before: str
    """Empty where there is nothing to compare with."""
    colour: str = ""
    """Id of the option it is about; empty for a class."""

    @property
    def same(self) -> bool:
        """Whether it stays as it is."""
        return self.after == self.before


def _t(text: str) -> str:
    return QCoreApplication.translate("ProposalWords", text)


def changes_of(after: HybridCosts, before: HybridCosts | None) -> tuple[Change, ...]:
    """Classes with their routes, those alike together, then each option with its servers."""
    alike: dict[tuple[str, str], list[str]] = {}
    for item in after.evaluation.plan.workload:
        was = "" if before is None else routes_text(before, item.id)
        alike.setdefault((routes_text(after, item.id), was), []).append(item.name)
    found = [Change(", ".join(names), new, was) for (new, was), names in alike.items()]
    mine, theirs = _servers(after), {} if before is None else _servers(before)
    names = names_of(after.evaluation.plan)
    for option in dict.fromkeys((*mine, *theirs)):
        was = "" if before is None else servers_text(theirs.get(option, np.zeros(1)))
        found.append(
            Change(names[option], servers_text(mine.get(option, np.zeros(1))), was, option)
        )
    return tuple(found)


def routes_text(costs: HybridCosts, request_class: str) -> str:
    """Who answers a class, the largest share first, with the months in which it does.

    One line each, and who takes over when servers are full or down at the end.
    """
    mine = [r for r in costs.lines.routes if r.route.request_class == request_class]
    total = sum((costs.monthly(one.assigned) for one in mine), start=np.zeros(1))
    if not mine or not total.sum():
        return _t("not served")
    grouped: dict[str, list[RouteLines]] = {}
    names = names_of(costs.evaluation.plan)
    for one in mine:
        grouped.setdefault(recipe_words(one.route.recipe, names), []).append(one)
    parts = []
    for words, routes in grouped.items():
        sent = sum((costs.monthly(one.assigned) for one in routes), start=np.zeros(1))
        share = float(sent.sum() / total.sum())
        if share > FAINT:
            parts.append((share, _part(words, share, sent)))
    told = [text for _, text in sorted(parts, key=lambda part: -part[0])]
    beyond = dict.fromkeys(names[one.route.overflow] for one in mine if one.route.overflow)
    if beyond:
        told.append(_t("when full or down, then {names}").format(names=", ".join(beyond)))
    return "\n".join(told)


def _part(words: str, share: float, sent: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    text = words if share > 1 - FAINT else f"{percent(share)}\u00a0{words}"
    used = np.flatnonzero(sent > FAINT * sent.max())
    first, last, months = int(used[0]) + 1, int(used[-1]) + 1, len(sent)
    if first > 1 and last == months:
        text += " " + _t("(from month {n})").format(n=first)
    elif first == 1 and last < months:
        text += " " + _t("(until month {n})").format(n=last)
    elif first > 1:
        text += " " + _t("(months {first} to {last})").format(first=first, last=last)
    return text


def _servers(costs: HybridCosts) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Servers in service by option and month, of options that have any."""
    found = {}
    for member in costs.lines.members:
        if member.fleet is not None and member.fleet.servers is not None:
            counts = costs.monthly(member.fleet.servers)
            if counts.any():
                found[member.option.id] = counts
    return found


def servers_text(counts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    """Servers over the months: "2 servers from month 4, 3 from month 16"."""
    steps: list[tuple[int, int]] = []
    for month, count in enumerate(counts, start=1):
        whole = round(float(count))
        if not steps or steps[-1][1] != whole:
            steps.append((month, whole))
    if len(steps) == 1 and steps[0][1] == 0:
        return _t("no servers")
    if steps[0][1] == 0:
        steps = steps[1:]
    if len(steps) > MOST_STEPS:
        most, last = max(s for _, s in steps), steps[-1][1]
        month = next(month for month, servers in steps if servers == most)
        text = _t("up to {most:server|servers} (month {month}), {last} at the end")
        ending = number(last, 0) if last else _t("none")
        return text.format(most=Written(number(most, 0)), month=month, last=ending)
    return ", ".join(_step(month, servers, place) for place, (month, servers) in enumerate(steps))


def _step(month: int, servers: int, place: int) -> str:
    if place == 0:
        shown = _t("1 server") if servers == 1 else _t("{n} servers").format(n=number(servers, 0))
    else:
        shown = _t("none") if servers == 0 else number(servers, 0)
    if month == 1:
        return shown
    return _t("{servers} from month {n}").format(servers=shown, n=month)
