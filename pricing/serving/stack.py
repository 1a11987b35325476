"""A stack: one model on accelerators of one kind, with its software, precision and parallelism."""

from dataclasses import dataclass, replace

import numpy as np

from pricing.plan.serving import KvPrecision, Precision
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.chip import Chip, chip_of, family_of, link_of
from pricing.serving.errors import ServingError
from pricing.serving.point import Layout, Point, Traffic
from pricing.serving.precision import FORMATS, KV_BYTES, attention_precision
from pricing.serving.shape import shape_of

MEMORY_SHARE = 0.9
"""Share of the memory that serving software fills by default (vLLM's setting)."""
MEMORY_SHARES = {"trt": 0.95, "mlperf": 0.95}
"""The same of other software, by how its class begins. TensorRT-LLM
gives the cache 90 to 95 % of what the weights leave (`free_gpu_memory_fraction`), so it fills more
than software that takes 90 % of the whole memory."""
BUS = 64e9
"""Bytes per second between accelerators without the fast connection, or with one that no data sheet
tells the rate of: PCIe 5 x16, one direction."""
ONE_SERVER = 8
"""Accelerators that share layers over the bus at most."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One replica: everything that decides how fast it is, but the requests."""

    model: ModelSheet
    accelerator: AcceleratorSheet
    framework: str
    """Class of serving software in the calibration, like "vllm_2025"."""
    precision: Precision
    kv_precision: KvPrecision
    tensor: int = 1
    data: int = 1
    pipeline: int = 1
    memory_share: float | None = None
    """Share of the memory that the software may fill; none means what it does by default."""
    memory_overhead: float = 0.0

    @property
    def accelerators(self) -> int:
        """Accelerators of one replica."""
        return self.tensor * self.data * self.pipeline

    @property
    def filled(self) -> float:
        """Share of the memory that the software fills."""
        if self.memory_share is not None:
            return self.memory_share
        return MEMORY_SHARES.get(self.framework.partition("_")[0], MEMORY_SHARE)

    @property
    def family(self) -> str:
        """Accelerator family in the calibration."""
        return family_of(self.accelerator)

    @property
    def beyond_domain(self) -> bool:
        """Whether it is spread over more accelerators than have the fast connection."""
        return self.tensor * self.data > (self.accelerator.max_scale_up or 1)

    @property
    def link(self) -> str:
        """Kind of connection between its accelerators."""
        return "pcie" if self.beyond_domain else link_of(self.accelerator)

    def layout(self, chip: Chip) -> Layout:
        """The parallelism and precision in numbers."""
        of_attention = attention_precision(self.model, self.precision)
        return Layout.of(
            tensor=self.tensor,
            data=self.data,
            pipeline=self.pipeline,
            weight_bytes=FORMATS[self.precision].bytes,
            attention_bytes=FORMATS[of_attention].bytes,
            kv_bytes=KV_BYTES[self.kv_precision],
            flops=chip.rate(FORMATS[self.precision].arithmetic)[0],
            attention_flops=chip.rate(FORMATS[of_attention].arithmetic)[0],
            memory_share=self.filled,
            memory_overhead=self.memory_overhead,
        )

    def widths(self, chip: Chip) -> tuple[int, int]:
        """Bits in which feed-forward and attention weights are really multiplied."""
        of_attention = attention_precision(self.model, self.precision)
        return (
            int(chip.rate(FORMATS[self.precision].arithmetic)[1]),
            int(chip.rate(FORMATS[of_attention].arithmetic)[1]),
        )


def point_of(stack: Stack, traffic: Traffic) -> Point:
    """The stack and its requests in numbers.

    Raises:
        ServingError: the accelerator's data sheet lacks what is needed.
    """
    chip = chip_of(stack.accelerator)
    link = np.where(chip.link > 0, chip.link, BUS)
    chip = replace(chip, link=np.minimum(link, BUS) if stack.beyond_domain else link)
    return Point(shape_of(stack.model), chip, stack.layout(chip), traffic)


def check_parallelism(stack: Stack) -> None:
    """Refuse parallelism that no software can do.

    Raises:
        ServingError: naming the value, why, and what would work.
    """
    model, accelerator = stack.model, stack.accelerator
    if model.n_heads % stack.tensor:
        ways = [n for n in range(1, 65) if model.n_heads % n == 0]
        raise ServingError(
            "tensor_parallel",
            f"Tensor parallel {stack.tensor} cannot split the {model.n_heads} attention heads of "
            f"{model.name}; it must divide them: {', '.join(map(str, ways))}.",
        )
    most = max(accelerator.max_scale_up or 1, ONE_SERVER)
    if stack.tensor * stack.data > most:
        raise ServingError(
            "tensor_parallel",
            f"Tensor parallel {stack.tensor} x data parallel {stack.data} needs "
            f"{stack.tensor * stack.data} accelerators in one server, but servers with "
            f"{accelerator.name} link at most {most}; use up to {most}, or pipeline parallel "
            "beyond.",
        )
    if stack.pipeline > model.layers:
        raise ServingError(
            "pipeline_parallel",
            f"Pipeline parallel {stack.pipeline} is more than the {model.layers} layers of "
            f"{model.name}; use at most {model.layers}.",
        )
    if stack.data > 1 and not model.n_experts:
        raise ServingError(
            "data_parallel",
            f"Data parallel {stack.data} shares experts between groups, but {model.name} has "
            "none; use 1 (more replicas serve more load).",
        )
