"""Precisions that make sense for a model on an accelerator, the published one first."""

from pricing.plan.serving import Precision
from pricing.plan.sheets import AcceleratorSheet, ModelSheet

SIXTEEN_BIT: tuple[Precision, ...] = ("bf16", "fp16")
WITHOUT_BF16 = ("volta", "turing")
"""Architectures whose 16-bit arithmetic is fp16 only."""


def published_precision(model: ModelSheet) -> Precision:
    """Precision in which the weights of a model are published."""
    words = model.native_dtype.lower()
    if "mxfp4" in words:
        return "mxfp4"
    if "nvfp4" in words or "fp4" in words:
        return "nvfp4"
    if "fp8" in words:
        return "fp8"
    if "int4" in words:
        return "int4"
    if "int8" in words:
        return "int8"
    return "bf16" if "bf" in words else "fp16"


def is_lossless(model: ModelSheet, precision: Precision) -> bool:
    """Whether a precision keeps the weights as they are published; 16 bits hold any of them."""
    return precision == published_precision(model) or precision in SIXTEEN_BIT


def formats_for(model: ModelSheet, accelerator: AcceleratorSheet) -> tuple[Precision, ...]:
    """Precisions worth a look: never above the published one, and below it what hardware is for.

    The published precision comes first, in the format that the accelerator computes (fp16 before
    bf16 was there, 8-bit integers where 8-bit floating point is missing). Then 8 bit where the
    accelerator computes it, and 4 bit: as its own arithmetic where it has one, else as weights
    only. Models published in 4 bit stay as they are; without 4-bit arithmetic they are weights
    only too.
    """
    published = published_precision(model)
    if published in ("mxfp4", "nvfp4", "int4"):
        return (published,)
    found: list[Precision] = []
    eight: Precision | None = None
    if accelerator.fp8_tflops is not None:
        eight = "fp8"
    elif accelerator.int8_tops is not None:
        eight = "int8"
    if published in SIXTEEN_BIT or eight is None:
        old = accelerator.architecture.lower() in WITHOUT_BF16
        found.append("fp16" if old or published == "fp16" else "bf16")
    if eight is not None:
        found.append(eight)
    if accelerator.fp4_tflops is None:
        found.append("int4")
    else:
        found.append("mxfp4" if accelerator.vendor.upper() == "AMD" else "nvfp4")
    return tuple(found)
