"""Predictions of measured points, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.catalogue import Catalogue
from pricing.serving.chip import Chip, chip_of
from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Numbers
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction, correction_of
from pricing.serving.measured.measurement import Measurement
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.point import Layout, Point, Traffic
from pricing.serving.requests import Requests
from pricing.serving.run import run
from pricing.serving.shape import Shape, shape_of
from pricing.serving.stack import Stack


@dataclass(frozen=True, slots=True)
class Predictions:
    """One prediction per measured point; NaN where there is none, with the reason."""

    throughput: Numbers
    """Output tokens per second of the whole system, shape (points,)."""
    low: Numbers
    """Low end of its 80 % interval."""
    high: Numbers
    """High end of its 80 % interval."""
    tpot: Numbers
    """Mean milliseconds per output token."""
    ttft: Numbers
    """Milliseconds to the first token of a request that does not wait."""
    evidence: tuple[str, ...]
    """What each rests on; empty where there is no prediction."""
    reasons: tuple[str, ...]
    """Why there is no prediction; empty where there is one."""


VLLM_SEQUENCES = 256
"""Sequences that vLLM runs at once unless told otherwise (`max_num_seqs`); a point of vLLM without
a concurrency is taken for one with this setting."""


def offered(row: Measurement) -> float:
    """Requests in flight that a row's software was ready to run, all replicas together."""
    if np.isinf(row.concurrency) and row.stack.startswith("vllm"):
        return float(VLLM_SEQUENCES * row.replicas)
    return row.concurrency


def replicas_used(row: Measurement) -> float:
    """Replicas at work: not more than there are requests."""
    return float(min(row.replicas, max(row.concurrency, 1)))


def stack_of_row(row: Measurement, catalogue: Catalogue) -> Stack:
    """The stack that a row measured."""
    return Stack(
        model=catalogue.open_model(row.model),
        accelerator=catalogue.accelerator(row.accelerator),
        framework=row.stack,
        precision=row.precision,
        kv_precision=row.kv_precision,
        tensor=row.tensor,
        data=row.data,
        pipeline=row.pipeline,
    )


def predict_measurements(
    rows: Sequence[Measurement], catalogue: Catalogue, parameters: Parameters | None = None
) -> Predictions:
    """Predict measured points; a point that cannot be predicted says why."""
    known = parameters or load_parameters()
    count = len(rows)
    reasons, evidence = [""] * count, [""] * count
    places: list[int] = []
    points: list[tuple[Shape, Chip, Layout, Traffic]] = []
    factors: list[Coefficients] = []
    corrections: list[Correction] = []
    for place, row in enumerate(rows):
        if row.unknown:
            reasons[place] = row.unknown
            continue
        stack = stack_of_row(row, catalogue)
        try:
            chip = chip_of(stack.accelerator)
        except ServingError as problem:
            reasons[place] = str(problem)
            continue
        traffic = Requests(row.input_tokens, row.output_tokens).traffic()
        points.append((shape_of(stack.model), chip, stack.layout(chip), traffic))
        factors.append(
            known.coefficients(stack.family, stack.link, stack.framework, stack.widths(chip))
        )
        corrections.append(correction_of(stack, known))
        places.append(place)

    throughput, low, high, tpot, ttft = (np.full(count, np.nan) for _ in range(5))
    if places:
        shapes, chips, layouts, traffics = zip(*points, strict=True)
        point = Point(
            Shape.stack(shapes), Chip.stack(chips), Layout.stack(layouts), Traffic.stack(traffics)
        )
        in_flight = np.array([offered(rows[place]) for place in places])
        replicas = np.array([replicas_used(rows[place]) for place in places])
        speed = np.array([correction.factor for correction in corrections])
        at = run(point, Coefficients.stack(factors), in_flight / replicas, speed)
        fits = at.memory.fits
        found = np.where(fits, at.steady.output_tokens * replicas, np.nan)
        throughput[places] = found
        low[places] = found * [correction.low for correction in corrections]
        high[places] = found * [correction.high for correction in corrections]
        tpot[places] = np.where(fits, at.steady.tpot_in_step * 1000, np.nan)
        ttft[places] = np.where(fits, at.steady.ttft * 1000, np.nan)
        for place, fitting, correction in zip(places, fits, corrections, strict=True):
            evidence[place] = correction.evidence if fitting else ""
            reasons[place] = "" if fitting else "it does not fit into memory by our count"
    return Predictions(throughput, low, high, tpot, ttft, tuple(evidence), tuple(reasons))
