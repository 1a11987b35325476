"""How good the answers of a hybrid are: by route, by class, and over the horizon."""

from collections.abc import Sequence

from pricing.bill.costs import Costs
from pricing.bill.hybrid.cache import Cached
from pricing.bill.hybrid.lines import ClassLines
from pricing.bill.hybrid.quality import Scores
from pricing.bill.hybrid.rounding import SHARE_DIGITS
from pricing.bill.hybrid.routes import Routed
from pricing.ledger import Expression, Line, ratio, rounded, sum_over_months, total, where


class Answers:
    """Writes quality lines from scores, for whatever is answered."""

    def __init__(self, costs: Costs, scores: Scores, routed: Sequence[Routed]) -> None:
        self._costs = costs
        self._scores = scores
        self._by_route = {one.number: scores.of_route(one.route, one.number - 1) for one in routed}

    def of(self, one: Routed) -> Line | None:
        """Score of a route's own answers."""
        return self._by_route[one.number]

    def of_class(self, cached: Cached, mine: Sequence[Routed]) -> Line | None:
        """Write the mean score of a class's answers, cache included; none where one is unknown.

        A right answer of the result cache is as good as the mean answer it keeps, a wrong one
        scores 0.
        """
        demand, section = cached.asked, self._costs.section
        parts: list[Expression] = []
        amounts: list[Expression] = []
        for one in mine:
            found = self._answers_of(one)
            if found is None:
                return None
            for requests, score in found:
                amounts.append(requests)
                parts.append(requests * score)
        answered = section.line(
            f"{demand.name}: requests answered by routes",
            total(amounts), "requests", key=f"{demand.key}.by_routes", flow=True,
        )  # fmt: skip
        routed = section.line(
            f"{demand.name}: mean score of routed answers",
            where(
                rounded(ratio(answered, demand.requests), SHARE_DIGITS) > 0,
                ratio(total(parts), answered),
                0,
            ),
            "share",
            key=f"{demand.key}.routed_quality",
            note="0 where less than a billionth is answered",
        )
        if cached.hits is None or cached.false_hits is None:
            return routed
        right = cached.hits * (1 - cached.false_hits)
        return section.line(
            f"{demand.name}: mean score of answers, result cache included",
            ratio(routed * (answered + right), answered + cached.hits),
            "share",
            key=f"{demand.key}.quality",
        )

    def _answers_of(self, one: Routed) -> list[tuple[Expression, Expression]] | None:
        """Requests of a route with the score of their answers; none where a score is unknown."""
        own, route = self._by_route[one.number], one.route
        if own is None:
            return None
        served = one.works if one.left is None else one.works - one.left
        found: list[tuple[Expression, Expression]] = [(served, own)]
        for option, requests in ((route.overflow, one.overflowed), (route.failover, one.stood_in)):
            if option is None or requests is None:
                continue
            score = self._scores.of(option, route.request_class)
            if score is None:
                return None
            found.append((requests, score))
        return found

    def overall(self, classes: Sequence[ClassLines]) -> Line | None:
        """Write the mean score of all answers over the horizon; none where one is unknown."""
        section = self._costs.section
        parts, answered = [], []
        for line in classes:
            if line.quality is None:
                return None
            key, name = line.asked.key, line.asked.name
            served = section.line(
                f"{name}: requests answered", line.asked.requests - line.unserved, "requests",
                key=f"{key}.answered", flow=True,
            )  # fmt: skip
            answered.append(sum_over_months(served))
            parts.append(
                sum_over_months(
                    section.line(
                        f"{name}: requests answered, weighted with their score",
                        served * line.quality, "requests", key=f"{key}.weighted", flow=True,
                    )
                )
            )  # fmt: skip
        if not parts:
            return None
        return section.line(
            "Mean score of all answers", ratio(total(parts), total(answered)), "share",
            key="quality", note="over the horizon, every answer counts the same",
        )  # fmt: skip
