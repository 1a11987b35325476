"""Other decisions that cost hardly more than the best one, and what sets them apart."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pricing.optimise.engine.answer import Answer, Progress, relative_gap
from pricing.optimise.engine.instance import Limits
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.better import adopt, serves_no_less
from pricing.optimise.questions.portrait import Portrait, apart, portrait_of
from pricing.optimise.questions.variations import Family, Variation, variations, without_more
from pricing.optimise.questions.watched import solve_until, with_servers_kept

THOUSAND = 1000.0
NEAR = 0.03
"""How much dearer an alternative may be than the best decision."""
COUNT = 3
"""How many are looked for."""
FIRST_LOOK = 0.5
"""Time for each of them at first, as a part of what a decision is given."""
KEPT = 0.4
"""Part of that time with the servers of the best decision kept, where they may be."""
LAST: Family = "dates"
"""What is told last: another date for a server or two is the least of differences."""
DECISIONS = 10
"""Time for all of them together, in decisions."""
CLOSE = 5e-3
"""Gap at which the cheapest decision of its kind is known well enough."""
BEYOND_CLOSE = 0.1
"""The same for kinds that are proven to cost too much."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another decision, the cheapest found of those that keep one more rule."""

    npv: float
    """Net present value of its cost, in the plan's currency."""
    more: float
    """How much dearer than the best decision found, as a share."""
    most: float
    """How much dearer than the best decision possible it is at most, as a share; inf where no
    bound is known."""
    answer: Answer
    """Its gap is to the cheapest decision of its kind."""
    limits: Limits
    """What it was asked to keep, as far as these are limits."""
    variation: Variation
    """The rule that the best decision breaks."""
    portrait: Portrait
    beyond: bool = False
    """Whether it is dearer than was asked for: the nearest one, told where too few were found."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Decisions that differ from the best one and from each other in what a buyer names."""

    best: Portrait
    found: tuple[Alternative, ...]
    """Within the tolerance, cheapest first."""
    nearest: Alternative | None
    """The cheapest one beyond, where fewer were found than were looked for."""
    near: float
    """The tolerance, as a share."""
    count: int
    """How many were looked for."""
    kinds: int
    """Rules that were tried."""
    open: int
    """Those of them for which the time was too short to tell whether one within exists."""

    @property
    def told(self) -> tuple[Alternative, ...]:
        """Those within, then the nearest one beyond."""
        return self.found if self.nearest is None else (*self.found, self.nearest)


def alternatives(
    asked: Asked,
    count: int = COUNT,
    near: float = NEAR,
    on_kind: Callable[[int, int], None] | None = None,
) -> Alternatives | None:
    """Decisions near the best one, mutually different, cheapest first.

    The problem is solved again with one more rule that the best decision breaks: without an option,
    with a server less, bought later, and so on. Of the decisions within the tolerance the cheapest
    of each kind of rule are taken first, and those that only buy at other dates last. A decision
    cheaper than the best one becomes the best.

    Args:
        asked: The plan.
        count: How many are looked for.
        near: How much dearer they may be, as a share.
        on_kind: Told how many rules were tried, and of how many.

    Returns:
        None where there is no decision to hold others against.
    """
    best = asked.answer().choice
    if best is None:
        return None
    kinds = variations(asked.problem, best, portrait_of(asked.problem, best))
    search = _Search(asked, near)
    for number, kind in enumerate(kinds):
        if search.over:
            break
        if on_kind is not None:
            on_kind(number, len(kinds))
        search.look(kind, asked.settings.seconds * FIRST_LOOK)
    for kind in search.further(count):
        search.look(kind, asked.settings.seconds * FIRST_LOOK)
    for kind in search.worth_more(count):
        if search.over:
            break
        search.look(kind, asked.settings.seconds)
    return search.told(count)


class _Search:
    """What was found of each kind."""

    def __init__(self, asked: Asked, near: float) -> None:
        self._asked, self._near = asked, near
        self._found: dict[int, tuple[Variation, Answer]] = {}
        self._ends = time.monotonic() + asked.settings.seconds * DECISIONS

    @property
    def over(self) -> bool:
        return self._asked.cancel() or time.monotonic() >= self._ends

    @property
    def _limit(self) -> float:
        """Cost of the dearest decision that is near enough, in thousands."""
        best = self._asked.answer().objective
        return best + self._near * abs(best)

    def _enough(self, progress: Progress) -> bool:
        if progress.bound > self._limit:
            return progress.gap <= BEYOND_CLOSE
        return progress.gap <= CLOSE

    def look(self, kind: Variation, seconds: float) -> None:
        """The cheapest decision of a kind; one found before is a place to start from."""
        asked, before = self._asked, self._found.get(id(kind))
        left = max(self._ends - time.monotonic(), 0.0)
        settings = replace(asked.settings, seconds=min(seconds, left))
        start = None if before is None else before[1].choice
        best = asked.answer().choice
        if before is None and best is not None and kind.keeps_servers:
            short = replace(settings, seconds=KEPT * settings.seconds)
            start = with_servers_kept(kind.instance, best, short, asked.cancel)
        answer = solve_until(
            kind.instance, settings, self._enough, cancel=asked.cancel, start=start
        )
        if before is not None:
            bound = max(answer.bound, min(before[1].bound, answer.objective))
            gap = relative_gap(answer.objective, bound)
            answer = replace(answer, bound=bound, gap=gap)
        self._found[id(kind)] = kind, answer
        if self._serves(answer):
            adopt(asked, answer)

    def _serves(self, answer: Answer) -> bool:
        asked = self._asked
        return asked.serves_as_much(answer) and serves_no_less(answer, asked.answer())

    def further(self, count: int) -> Iterator[Variation]:
        """Where too few were found: without the options, too, that alternatives took instead."""
        asked, tried = self._asked, set[int]()
        while True:
            best = asked.answer().choice
            candidates = self._candidates()
            if best is None or len(self._taken(candidates, count)) >= count:
                return
            known = portrait_of(asked.problem, best)
            found = [one for one in candidates if not one.beyond and id(one.variation) not in tried]
            more = [
                kind for one in found for kind in without_more(one.variation, one.portrait, known)
            ]
            tried.update(id(one.variation) for one in found)
            if not more:
                return
            for kind in more:
                if self.over:
                    return
                yield kind

    def worth_more(self, count: int) -> Iterator[Variation]:
        """Kinds that more time may bring within, then those told whose cost is not yet sure."""
        undecided = [
            (answer.bound, kind)
            for kind, answer in list(self._found.values())
            if self._undecided(answer)
        ]
        taken = self._taken(self._candidates(), count)
        told = {one.variation.family for one in taken if one.variation.family != LAST}
        for _bound, kind in sorted(undecided, key=lambda pair: pair[0]):
            if kind.family not in told or len(taken) < count:
                yield kind
        for one in self._told(self._candidates(), count):
            if one.answer.gap > CLOSE:
                yield one.variation

    def _undecided(self, answer: Answer) -> bool:
        """Whether a decision near enough may exist, though none was found."""
        if answer.bound > self._limit or answer.status == "infeasible":
            return False
        return answer.choice is None or (self._serves(answer) and answer.objective > self._limit)

    def _candidates(self) -> list[Alternative]:
        """Decisions of all kinds that serve everything and can be told from the best one."""
        asked, best = self._asked, self._asked.answer()
        assert best.choice is not None
        portrait, found = portrait_of(asked.problem, best.choice), []
        for kind, answer in self._found.values():
            if answer.choice is None or not self._serves(answer):
                continue
            mine = portrait_of(asked.problem, answer.choice)
            if apart(mine, portrait):
                more = (answer.objective - best.objective) / max(abs(best.objective), 1e-9)
                found.append(
                    Alternative(
                        answer.objective * THOUSAND, more,
                        (answer.objective - best.bound) / max(abs(best.bound), 1e-9),
                        answer, kind.instance.limits, kind, mine, more > self._near,
                    )
                )  # fmt: skip
        return sorted(found, key=lambda one: one.npv)

    @staticmethod
    def _taken(candidates: Sequence[Alternative], count: int) -> list[Alternative]:
        """The cheapest of each family first, none like another."""
        near = [one for one in candidates if not one.beyond]
        rank: dict[int, int] = {}
        seen: dict[str, int] = {}
        for one in near:
            rank[id(one)] = seen[one.variation.family] = seen.get(one.variation.family, -1) + 1
        taken: list[Alternative] = []
        for one in sorted(near, key=lambda one: (one.variation.family == LAST, rank[id(one)])):
            if len(taken) < count and all(apart(one.portrait, it.portrait) for it in taken):
                taken.append(one)
        return sorted(taken, key=lambda one: one.npv)

    def _told(self, candidates: Sequence[Alternative], count: int) -> list[Alternative]:
        """Those taken, and where they are too few the nearest one beyond."""
        taken = self._taken(candidates, count)
        beyond = [one for one in candidates if one.beyond]
        return [*taken, *beyond[:1]] if len(taken) < count else taken

    def told(self, count: int) -> Alternatives:
        """What was found."""
        asked = self._asked
        told = self._told(self._candidates(), count)
        best = asked.answer().choice
        assert best is not None
        return Alternatives(
            best=portrait_of(asked.problem, best),
            found=tuple(one for one in told if not one.beyond),
            nearest=told[-1] if told and told[-1].beyond else None,
            near=self._near,
            count=count,
            kinds=len(self._found),
            open=sum(self._undecided(answer) for _kind, answer in self._found.values()),
        )
