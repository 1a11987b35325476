"""Precisions of weights and cache: bytes of a weight and the arithmetic it is used with."""

from dataclasses import dataclass
from typing import Literal

from pricing.plan.serving import KvPrecision, Precision
from pricing.plan.sheets import ModelSheet

Arithmetic = Literal["16", "8", "int8", "4"]
"""Width of the tensor-core arithmetic that a precision asks for."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a weight is stored and multiplied."""

    bytes: float
    """Bytes of one weight, scales of its block included."""
    arithmetic: Arithmetic


FORMATS: dict[Precision, Format] = {
    "bf16": Format(2, "16"),
    "fp16": Format(2, "16"),
    "fp8": Format(1, "8"),
    "int8": Format(1, "int8"),
    # one fp8 scale per 16 weights of 4 bits
    "nvfp4": Format(0.5625, "4"),
    # one 8-bit exponent per 32 weights of 4 bits
    "mxfp4": Format(0.53125, "4"),
    # weights only: one 16-bit scale per 128 weights, with its zero point
    "int4": Format(0.53125, "16"),
}
"""Block sizes: OCP Microscaling formats v1.0 (mxfp4), NVIDIA NVFP4, group size 128 of AWQ/GPTQ."""

KV_BYTES: dict[KvPrecision, float] = {"fp16": 2, "fp8": 1}
"""Bytes of one number in the KV cache."""


def attention_precision(sheet: ModelSheet, precision: Precision) -> Precision:
    """Precision of the attention weights: 4-bit checkpoints of experts keep attention in bf16.

    Holds for the published NVFP4 and INT4 checkpoints of latent-attention models and the MXFP4
    ones of gpt-oss.
    """
    four_bit = FORMATS[precision].bytes < 1
    if four_bit and sheet.n_experts and (sheet.kv_lora_rank or "(MoE)" in sheet.native_dtype):
        return "bf16"
    return precision
