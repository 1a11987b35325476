"""What a prediction says of one server, as figures with their origin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pricing.plan.figure import Confidence, PositiveAmount, Share
from pricing.plan.serving import Serving
from pricing.serving.capacity import Operation
from pricing.serving.evidence import Correction, Evidence
from pricing.serving.parameters import Parameters
from pricing.serving.stack import Stack

NAMED = 3
"""Files of own measurements that a source names; of further ones it tells the number."""

CONFIDENCE: Mapping[Evidence, Confidence] = {
    "measured": "high",
    "interpolated": "medium",
    "unseen stack": "low",
    "unseen accelerator": "assumption",
}


FEW = 3
"""Measurements of a stack below which they do not carry a prediction."""
LOWER: Mapping[Confidence, Confidence] = {"high": "medium", "medium": "low"}


def confidence_of(correction: Correction, *, beyond: bool) -> Confidence:
    """How far a prediction can be trusted.

    Args:
        correction: What measurements say of the stack.
        beyond: Whether it reaches out to what was hardly measured (see `beyond_measurements`).
    """
    found = CONFIDENCE[correction.evidence]
    if correction.evidence == "measured" and correction.rows < FEW:
        found = LOWER[found]
    return LOWER.get(found, found) if beyond else found


@dataclass(frozen=True, slots=True)
class Ends:
    """What a replica does for a class where everything is as slow, or as fast, as may be."""

    slow: Operation
    fast: Operation

    @property
    def keeps(self) -> bool:
        """Whether any batch keeps the targets at the slow end."""
        return float(self.slow.load) > 0


@dataclass(frozen=True, slots=True)
class Shares:
    """Load that a server bears, all classes together: as predicted and at the ends."""

    slow: float
    """0 where a class cannot keep its targets at the slow end."""
    typical: float
    fast: float


def seconds_figure(
    stack: Stack,
    replicas: int,
    operation: Operation,
    ends: Ends,
    shares: Shares,
    correction: Correction,
    parameters: Parameters,
    *,
    beyond: bool,
) -> PositiveAmount:
    """Server-seconds of one request on a server with some replicas, with its 80 % interval.

    The ends are such that with the usable share as predicted the servers planned are those that
    are needed there: a server that is slower by a tenth must be loaded less on top of that. Where
    no batch keeps the targets at the slow end, that end is of the chosen batch, which misses them.
    """
    typical = 1 / (float(operation.requests) * replicas)
    faster = shares.typical / (shares.fast * float(ends.fast.requests) * replicas)
    slower = (
        shares.typical / (shares.slow * float(ends.slow.requests) * replicas) if shares.slow else 0
    )
    layout = f"{replicas} x {stack.accelerators}" if replicas > 1 else f"{stack.accelerators}"
    return PositiveAmount(
        value=typical,
        low=min(faster, typical / correction.high),
        high=max(slower, typical / correction.low),
        unit="server·seconds/request",
        source=_source(correction, parameters),
        as_of=parameters.data_date,
        confidence=confidence_of(correction, beyond=beyond),
        note=(
            f"{stack.model.name} in {stack.precision} on {layout} {stack.accelerator.name}, "
            f"when full with {float(operation.batch):,.0f} requests at once per replica: "
            f"{float(operation.output_tokens):,.0f} output tokens/s and "
            f"{float(operation.tpot) * 1000:,.1f} ms per token of each; 80 % interval, "
            f"{correction.evidence}"
            + ("" if shares.slow else "; at its slow end no batch keeps the targets")
        ),
    )


def shares_of(operations: Iterable[tuple[Operation, Ends]]) -> Shares:
    """What a server bears: the class that bears least decides, as all wait in one queue."""
    loads = [(float(e.slow.load), float(of.load), float(e.fast.load)) for of, e in operations]
    return Shares(*map(min, zip(*loads, strict=True)))


def usable_share(share: float, serving: Serving, parameters: Parameters) -> Share:
    """Load that may be planned with, as a figure."""
    targets = serving.targets
    words = [
        f"TTFT {targets.ttft_seconds.value:g} s" if targets.ttft_seconds else "",
        f"TPOT {targets.tpot_milliseconds.value:g} ms" if targets.tpot_milliseconds else "",
    ]
    kept = " and ".join(word for word in words if word)
    return Share(
        value=share,
        source="queueing in Reckoner's serving model",
        as_of=parameters.data_date,
        confidence="medium",
        note=(
            f"load at which real-time classes keep {kept} for {targets.percentile} % of requests"
            if kept
            else "no target is set: the most that is planned with"
        ),
    )


def _source(correction: Correction, parameters: Parameters) -> str:
    """What the prediction rests on, in words."""
    text = f"Reckoner's serving model, calibrated on {parameters.rows:,} measurements"
    if published := correction.rows - correction.own:
        text += f", {published:,} of this very stack"
    if correction.own:
        named = ", ".join(correction.own_sources[:NAMED])
        if (further := len(correction.own_sources) - NAMED) > 0:
            named += f" and {further:,} more"
        points = "1 measurement" if correction.own == 1 else f"{correction.own:,} measurements"
        text += f", anchored on {points} of your own ({named})"
    return text
