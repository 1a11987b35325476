"""Layouts of a model on one server: how many accelerators a replica has."""

from collections.abc import Iterator
from dataclasses import dataclass

from pricing.plan.serving import Serving
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.errors import ServingError
from pricing.serving.software import stack_of
from pricing.serving.stack import Stack


@dataclass(frozen=True, slots=True)
class Hardware:
    """One server as far as serving goes."""

    accelerator: AcceleratorSheet
    accelerators: int


def layouts(serving: Serving, hardware: Hardware, model: ModelSheet) -> Iterator[Stack]:
    """Layouts to look at: the stated one, or every power of two that the server can hold.

    Raises:
        ServingError: a replica needs more accelerators than the server has.
    """
    for tensor in _ways(serving, hardware, model):
        stack = Stack(
            model=model,
            accelerator=hardware.accelerator,
            framework=stack_of(serving.framework, hardware.accelerator.vendor),
            precision=serving.precision,
            kv_precision=serving.kv_precision,
            tensor=tensor,
            data=serving.data_parallel,
            pipeline=serving.pipeline_parallel,
            memory_overhead=serving.memory_overhead.value,
        )
        if stack.accelerators > hardware.accelerators:
            raise ServingError(
                "tensor_parallel",
                f"Tensor parallel {tensor} x pipeline parallel {stack.pipeline} x data parallel "
                f"{stack.data} needs {stack.accelerators} accelerators, but one server has "
                f"{hardware.accelerators}; their product must not be more.",
            )
        yield stack


def _ways(serving: Serving, hardware: Hardware, model: ModelSheet) -> list[int]:
    if serving.tensor_parallel is not None:
        return [serving.tensor_parallel]
    across = serving.pipeline_parallel * serving.data_parallel
    most = min(hardware.accelerators // across, hardware.accelerator.max_scale_up or 1)
    return [2**n for n in range(11) if 2**n <= most and model.n_heads % 2**n == 0] or [1]
