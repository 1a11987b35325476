"""Long requests: how much of a class lies above a length at which a price list re-rates it."""

from dataclasses import dataclass

from pricing.bill.demand import ClassDemand
from pricing.ledger import (
    Input,
    Line,
    Provenance,
    Section,
    logarithm,
    normal_cdf,
    ratio,
    square_root,
    where,
)

NOTE = "input length taken as lognormal with the stated mean and variation"


@dataclass(frozen=True, slots=True)
class LongShare:
    """How much of a class is longer than a threshold."""

    of_requests: Line
    of_input: Line
    """Share of the class's input tokens that stands in such requests."""


class LongContext:
    """The shares of request classes above thresholds, each written once.

    For a lognormal length with mean m and coefficient of variation v: spread s = √ln(1+v²), median
    m/√(1+v²), distance d = ln(t/median)/s; then P(X > t) = Φ(−d) and E[X; X > t]/m = Φ(s − d)
    (partial expectation of the lognormal distribution). With v = 0 all requests are alike.
    """

    def __init__(self, section: Section, thresholds: tuple[int, ...]) -> None:
        self._section = section
        self._thresholds = thresholds
        self._limits: dict[int, Input] = {}
        self._shares: dict[str, tuple[LongShare, ...]] = {}

    def shares(self, demand: ClassDemand) -> tuple[LongShare, ...]:
        """One share per threshold, by rising threshold."""
        key = demand.key
        if key not in self._shares:
            self._shares[key] = tuple(
                self._share(demand, threshold) for threshold in self._thresholds
            )
        return self._shares[key]

    def _limit(self, threshold: int) -> Input:
        if threshold not in self._limits:
            self._limits[threshold] = self._section.input(
                f"Long-context threshold of {threshold:,} input tokens",
                threshold,
                "tokens/request",
                Provenance(source="price list of the model"),
                key=f"threshold_{threshold}",
            )
        return self._limits[threshold]

    def _share(self, demand: ClassDemand, threshold: int) -> LongShare:
        section, limit = self._section, self._limit(threshold)
        name, key = demand.name, f"{demand.key}.above_{threshold}"
        above = f"above {threshold:,} tokens"
        reached = demand.input_tokens > limit
        if demand.input_variation is None:
            line = section.line(
                f"{name}: share of requests {above}", reached, "share",
                key=f"{key}.requests", note="all requests taken as equally long",
            )  # fmt: skip
            return LongShare(line, line)
        variance = demand.input_variation * demand.input_variation
        spread = section.line(
            f"{name}: spread of the logarithm of the length, {above}",
            square_root(logarithm(1 + variance)),
            "share",
            key=f"{key}.spread",
        )
        median = demand.input_tokens / square_root(1 + variance)
        distance = section.line(
            f"{name}: distance of the median length to {threshold:,} tokens",
            ratio(logarithm(limit / median), spread),
            "share",
            key=f"{key}.distance",
        )
        return LongShare(
            section.line(
                f"{name}: share of requests {above}",
                where(spread > 0, normal_cdf(-distance), reached),
                "share",
                key=f"{key}.requests",
                note=NOTE,
            ),
            section.line(
                f"{name}: share of input tokens in requests {above}",
                where(spread > 0, normal_cdf(spread - distance), reached),
                "share",
                key=f"{key}.input",
                note=NOTE,
            ),
        )
