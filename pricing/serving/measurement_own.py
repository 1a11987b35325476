"""Points of a benchmark file as the buyer's own measurements, to be kept in a plan."""

from datetime import date
from typing import Final

from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Framework
from pricing.serving.errors import ServingError
from pricing.serving.measurement import MAXIMUM, Measurement, Measurements

MOST: Final = 1000
"""Points a plan takes."""
_FRAMEWORKS: Final[dict[str, Framework]] = {
    "trt": "tensorrt-llm",
    "vllm": "vllm",
    "sglang": "sglang",
    "rocm": "vllm",
}
"""Software of a plan by how its class begins; on ROCm it may also be SGLang."""


def own_measurements(points: Measurements) -> tuple[OwnMeasurement, ...]:
    """The points of a file for a plan.

    Raises:
        ServingError: there are more than a plan takes, or a model or accelerator is not known.
    """
    if len(points) > MOST:
        raise ServingError(
            "measurements",
            f"{points.name} has {len(points):,} points; a plan takes at most {MOST:,}: keep those "
            "of the setups you want to compare.",
        )
    unknown = next((point for point in points if point.unknown), None)
    if unknown is not None:
        raise ServingError("measurements", f"{points.name}, line {unknown.line}: {unknown.unknown}")
    return tuple(_own(point, points.name) for point in points)


def _own(point: Measurement, file: str) -> OwnMeasurement:
    return OwnMeasurement(
        model=point.model,
        accelerator=point.accelerator,
        framework=_framework(point),
        precision=point.precision,
        kv_precision=point.kv_precision,
        tensor_parallel=point.tensor,
        pipeline_parallel=point.pipeline,
        data_parallel=point.data,
        replicas=point.replicas,
        input_tokens=point.input_tokens,
        output_tokens=point.output_tokens,
        concurrency=None if point.concurrency == MAXIMUM else point.concurrency,
        output_tokens_per_second=point.output_tokens_per_s,
        ttft_ms=_stated(point.ttft_ms),
        tpot_ms=_stated(point.tpot_ms),
        source=point.source or file,
        as_of=_day(point.source_date),
    )


def _framework(point: Measurement) -> Framework:
    if "sglang" in point.framework.lower() and point.stack.startswith("rocm"):
        return "sglang"
    return _FRAMEWORKS.get(point.stack.partition("_")[0], "other")


def _stated(value: float) -> float | None:
    return value if value == value else None  # noqa: PLR0124


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
