"""How well a prediction is founded, and how far off it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from pricing.serving.parameters import Parameters
from pricing.serving.stack import Stack

Evidence = Literal["measured", "interpolated", "unseen stack", "unseen accelerator"]
"""What a prediction rests on.

measured: the same model on the same accelerator and class of software was measured;
interpolated: the accelerator family with that class of software was measured with other models;
unseen stack: family and software were measured, but never together;
unseen accelerator: nothing of the accelerator's family was measured.
"""
Ground = Literal[
    "measured", "interpolated", "unseen stack", "unseen software", "unseen accelerator",
    "unseen maker",
]  # fmt: skip
"""Evidence, told more finely for how far off a prediction may be.

Nothing of the class of software was measured, or nothing of the accelerator's maker, so that it may
be as immature as AMD's software of 2024 was.
"""
GROUNDS: Final[tuple[Ground, ...]] = get_args(Ground)
EVIDENCE: Final[Mapping[Ground, Evidence]] = {
    "measured": "measured",
    "interpolated": "interpolated",
    "unseen stack": "unseen stack",
    "unseen software": "unseen stack",
    "unseen accelerator": "unseen accelerator",
    "unseen maker": "unseen accelerator",
}
"""By ground."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What measurements say of one stack beyond the formulas."""

    factor: float
    """On throughput."""
    low: float
    """Throughput at the low end of the 80 % interval over the typical one."""
    high: float
    """Throughput at the high end over the typical one."""
    evidence: Evidence
    rows: int = 0
    """Measurements of this very stack."""
    own: int = 0
    """Of them, the buyer's."""
    sources: tuple[str, ...] = ()
    """Where the nearest measurements come from."""
    own_sources: tuple[str, ...] = ()
    """Of them, the buyer's files and people."""


def correction_of(stack: Stack, parameters: Parameters) -> Correction:
    """What the calibration knows of a stack."""
    ground = ground_of(stack, parameters)
    low, high = parameters.intervals[interval_key(ground, has_experts=bool(stack.model.n_experts))]
    known = parameters.stacks.get(stack_key(stack))
    return Correction(
        factor=known.factor if known else 1.0,
        low=low,
        high=high,
        evidence=EVIDENCE[ground],
        rows=known.rows if known else 0,
        sources=known.sources if known else (),
    )


def interval_key(ground: Ground, *, has_experts: bool) -> str:
    """What names an interval: mixtures of experts are predicted less well than dense models."""
    return f"{ground}, {'experts' if has_experts else 'dense'}"


def stack_key(stack: Stack) -> str:
    """What names a measured stack: model, accelerator and class of software."""
    return f"{stack.model.id}|{stack.accelerator.id}|{stack.framework}"


def ground_of(stack: Stack, parameters: Parameters) -> Ground:
    """What a prediction of a stack rests on."""
    if stack_key(stack) in parameters.stacks:
        return "measured"
    if stack.accelerator.vendor not in parameters.makers:
        return "unseen maker"
    if stack.family not in parameters.families:
        return "unseen accelerator"
    if (stack.family, stack.framework) in parameters.seen_together:
        return "interpolated"
    if any(software == stack.framework for _, software in parameters.seen_together):
        return "unseen stack"
    return "unseen software"
