"""Measured points near a stack: what benchmarks and the buyer found on alike hardware."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pricing.catalogue import Catalogue, CatalogueError
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.chip import family_of
from pricing.serving.measured.measurement import Measurement
from pricing.serving.measured.names import Names
from pricing.serving.measured.shipped import shipped_measurements
from pricing.serving.requests import Requests
from pricing.serving.shape import shape_of
from pricing.serving.stack import Stack

ALIKE = 2.5
"""Largest factor between the lengths of requests that count as alike."""
SHORT = 64.0
"""Tokens added to both lengths before they are compared: 10 and 30 tokens are alike."""


@dataclass(frozen=True, slots=True)
class NearPoint:
    """One measured point, scaled to a server."""

    tpot: float
    """Mean seconds per output token; NaN where the source tells none."""
    output_tokens: float
    """Output tokens per second, times the accelerators of a server over those measured."""
    model: str
    """Name of the model measured."""
    accelerator: str
    """Name of the accelerator measured."""
    accelerators: int
    """Accelerators that were measured."""
    precision: str
    framework: str
    input_tokens: float
    output_length: float
    concurrency: float
    """Requests in flight; infinite where it was driven as hard as memory let it."""
    source: str
    date: str
    """As the source states it; empty where it does not."""
    own: bool
    """Whether the buyer measured it."""
    same: bool
    """Whether it is the very accelerator, not one of its family."""
    derived: bool
    """Whether the time per token is worked out from concurrency and throughput."""


def nearby(
    stack: Stack,
    requests: Requests,
    accelerators: int,
    catalogue: Catalogue,
    own: Sequence[OwnMeasurement] = (),
    sheets: Sequence[AcceleratorSheet] = (),
) -> tuple[NearPoint, ...]:
    """Points of the same model on the same accelerator family with requests of similar lengths.

    Models of one shape (Llama 3.1 and 3.3 of 70 billion weights) count as the same. Where no time
    per token was measured but requests in flight were, Little's law gives it: requests in flight =
    output tokens per second x time per token, as long as decoding takes most of a request's time.

    Args:
        stack: What is predicted.
        requests: What it answers.
        accelerators: Of one server, to which throughput is scaled.
        catalogue: Where accelerators are looked up.
        own: Points the buyer measured.
        sheets: Accelerators the buyer added; each goes before a catalogue entry of the same id.

    Returns:
        By time per token, those without one first; the buyer's own last, to be drawn on top.
    """
    mine = {sheet.id: sheet for sheet in sheets}
    found: list[NearPoint] = []
    for row, is_own in _rows(catalogue, own, stack.model):
        sheet = mine.get(row.accelerator) or _sheet(catalogue, row.accelerator)
        if sheet is None or not _alike(row, requests):
            continue
        if sheet.id != stack.accelerator.id and (
            family_of(sheet) != stack.family or stack.family == "other"
        ):
            continue
        tpot, derived = _tpot(row)
        found.append(
            NearPoint(
                tpot=tpot,
                output_tokens=row.output_tokens_per_s / row.accelerators * accelerators,
                model=row.model_name,
                accelerator=sheet.name,
                accelerators=row.accelerators,
                precision=row.precision,
                framework=row.framework,
                input_tokens=row.input_tokens,
                output_length=row.output_tokens,
                concurrency=row.concurrency,
                source=row.source,
                date=row.source_date,
                own=is_own,
                same=sheet.id == stack.accelerator.id,
                derived=derived,
            )
        )
    return tuple(sorted(found, key=lambda point: (point.own, point.tpot > 0, point.tpot)))


def _rows(
    catalogue: Catalogue, own: Sequence[OwnMeasurement], model: ModelSheet
) -> Iterable[tuple[Measurement, bool]]:
    for identifier, rows in _shipped(catalogue).items():
        if identifier == model.id or _same_shape(catalogue.open_model(identifier), model):
            yield from ((row, False) for row in rows)
    yield from ((_as_row(point), True) for point in own if point.model == model.id)


def _same_shape(one: ModelSheet, other: ModelSheet) -> bool:
    return shape_of(one) == shape_of(other)


@lru_cache(maxsize=1)
def _shipped(catalogue: Catalogue) -> dict[str, tuple[Measurement, ...]]:
    """The shipped points by model."""
    by_model: dict[str, list[Measurement]] = {}
    for row in shipped_measurements(Names.of(catalogue)):
        by_model.setdefault(row.model, []).append(row)
    return {model: tuple(rows) for model, rows in by_model.items()}


def _as_row(point: OwnMeasurement) -> Measurement:
    return Measurement(
        line=0,
        model=point.model,
        accelerator=point.accelerator,
        precision=point.precision,
        kv_precision=point.kv_precision,
        tensor=point.tensor_parallel,
        data=point.data_parallel,
        pipeline=point.pipeline_parallel,
        replicas=point.replicas,
        input_tokens=point.input_tokens,
        output_tokens=point.output_tokens,
        concurrency=math.inf if point.concurrency is None else point.concurrency,
        output_tokens_per_s=point.output_tokens_per_second,
        ttft_ms=math.nan if point.ttft_ms is None else point.ttft_ms,
        tpot_ms=math.nan if point.tpot_ms is None else point.tpot_ms,
        source=point.source,
        source_date="" if point.as_of is None else point.as_of.isoformat(),
        framework=point.framework,
        model_name=point.model,
    )


def _sheet(catalogue: Catalogue, identifier: str) -> AcceleratorSheet | None:
    try:
        return catalogue.accelerator(identifier)
    except CatalogueError:
        return None


def _alike(row: Measurement, requests: Requests) -> bool:
    pairs = ((row.input_tokens, requests.input), (row.output_tokens, requests.output))
    return all(abs(math.log((a + SHORT) / (b + SHORT))) <= math.log(ALIKE) for a, b in pairs)


def _tpot(row: Measurement) -> tuple[float, bool]:
    """Mean seconds per output token, and whether it is worked out; NaN where it is not known."""
    if not math.isnan(row.tpot_ms):
        return row.tpot_ms / 1000, False
    if math.isinf(row.concurrency) or row.output_tokens_per_s <= 0:
        return math.nan, False
    whole = row.concurrency / row.output_tokens_per_s
    if not math.isnan(row.ttft_ms) and row.output_tokens > 0:
        return max(whole - row.ttft_ms / 1000 / row.output_tokens, 0.0) or math.nan, True
    return whole, True
