"""Which parameters may differ from the core, for what, and how far that is believed to go.

Every deviation is a factor with a log-normal belief around 1. So a family or class of software that
was never measured has the core's value, one with few rows stays near it, and one with many is free:
one hierarchical model instead of one for each stack.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Level = Literal["family", "engine", "platform", "software", "source", "setup"]
"""Of what a deviation is: accelerator family, maker of the serving software, ROCm, class of the
serving software, source of the measurement, or one setup of one source.

What a source or a setup of one has in common with no other says nothing of the next buyer's: these
deviations are fitted so that they do not pass for another effect, and are left out of predictions.
"""

EFFICIENCY: Final = "efficiency"
"""Stands for every share of a peak at once."""
MATMUL: Final = "matmul"
"""Stands for the arithmetic of the width that a row's weights are multiplied in."""
CALL: Final = "call"
"""Stands for a collective call over any connection."""
THROUGHPUT: Final = "throughput"
"""Stands for the throughput itself."""

EARLY: Final = ("vllm_2024", "rocm_2024")
"""Software whose overheads later releases cut several times over; it may differ three times as much
(vLLM's notes on 0.6 tell of that)."""
ROCM_2024: Final = "rocm_2024"
"""Kernels of its time were no match for later ones, so that shares of the peaks differ as well."""
SPECIAL_SOURCES: Final = {"GPUStack performance lab": 0.5}
"""Spreads of sources that may be far off as a whole: GPUStack publishes baselines before tuning,
sent in one burst."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A parameter that may deviate for every label of a level."""

    level: Level
    parameter: str
    spread: float
    """Standard deviation of the logarithm of the factor."""
    others: Mapping[str, float] = field(default_factory=dict)
    """Spreads of labels that are known to be special."""
    only: str = ""
    """The only label that has it; empty for all."""


def _software(parameter: str, spread: float) -> list[Effect]:
    """Deviations of a parameter by maker, by platform and by class of software."""
    return [
        Effect("engine", parameter, 0.7 * spread),
        Effect("platform", parameter, spread),
        Effect("software", parameter, spread, dict.fromkeys(EARLY, 3 * spread)),
    ]


EFFECTS: Final[tuple[Effect, ...]] = (
    Effect("family", "bandwidth", 0.08),
    Effect("family", MATMUL, 0.15),
    Effect("family", "decode_attention", 0.30),
    Effect("software", "decode_attention", 0.30, {ROCM_2024: 2.0}),
    Effect("software", "prefill_attention", 0.30),
    Effect("software", "experts", 0.30, {ROCM_2024: 1.0}),
    Effect("software", "bandwidth", 0.20, only=ROCM_2024),
    Effect("software", "kv", 0.50, only=ROCM_2024),
    Effect("software", MATMUL, 1.0, only=ROCM_2024),
    *_software(EFFICIENCY, 0.07),
    *_software("layer", 0.30),
    *_software("step", 0.30),
    *_software("moe_layer", 0.30),
    *_software(CALL, 0.30),
    *_software("synchrony", 0.30),
    *_software("sequence", 0.60),
    *_software("request", 0.60),
    Effect("source", THROUGHPUT, 0.05, SPECIAL_SOURCES),
    Effect("setup", THROUGHPUT, 0.12),
)

ENGINES: Final[dict[str, str]] = {
    "trt_2024": "tensorrt-llm",
    "trt_2025": "tensorrt-llm",
    "trt_1x": "tensorrt-llm",
    "mlperf": "tensorrt-llm",
    "vllm_2024": "vllm",
    "vllm_2025": "vllm",
    "rocm_2024": "vllm",
    "rocm_2025": "vllm",
    "sglang": "sglang",
}
"""Maker of each class of software; submissions to MLPerf mostly run TensorRT-LLM."""


def platform_of(software: str) -> str:
    """What AMD's accelerators have in common; empty for others."""
    return "rocm" if software.startswith("rocm") else ""
