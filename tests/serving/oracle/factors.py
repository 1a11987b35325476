"""Bytes, rates and measured factors of a stack, from data sheet, precision and parameter file."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pricing.plan.sheets import AcceleratorSheet
from pricing.resources import resource
from pricing.serving import Stack

GIB = 2**30
BITS = {"bf16": 16, "fp16": 16, "fp8": 8, "int8": 8}
FOUR_BIT = {
    # 4 bits and the bits of a block's scale shared by its weights
    "nvfp4": 4 + 8 / 16,
    "mxfp4": 4 + 8 / 32,
    "int4": 4 + 32 / 128,
}
FAMILY = {
    "Volta": "ampere",
    "Turing": "ampere",
    "Ampere": "ampere",
    "Ada": "ada",
    "Hopper": "hopper",
    "Blackwell": "blackwell",
    "Blackwell-GDDR": "blackwell-gddr",
    "CDNA3": "cdna3",
    "CDNA4": "cdna4",
}
BUS = 64e9


@cache
def file() -> dict[str, Any]:
    """The parameter file as it stands."""
    return dict(json.loads(resource("serving/parameters.json").read_bytes()))


@dataclass(frozen=True)
class Factors:
    """Everything that is not a shape or a length; bytes, seconds, bytes/s and FLOP/s."""

    memory: float
    bandwidth: float
    """Weights are read at this rate."""
    expert_bandwidth: float
    kv_bandwidth: float
    block_rate: float
    """FLOP/s of feed-forward weights."""
    attention_rate: float
    expert_rate: float
    decode_rate: float
    """FLOP/s of attention while decoding."""
    prefill_rate: float
    link: float
    block_bytes: float
    attention_bytes: float
    kv_bytes: float
    watts: float
    speed: float
    """Correction of the whole stack."""
    low: float
    high: float
    of: dict[str, float]
    """Seconds and shares that need no data sheet."""


def factors(stack: Stack) -> Factors:
    """The factors of a stack."""
    sheet, data = stack.accelerator, file()
    family = FAMILY.get(sheet.architecture, "other")
    spread = stack.tensor * stack.data
    beyond = spread > (sheet.max_scale_up or 1)
    near = _near(sheet) and not beyond

    def factor(name: str) -> float:
        found = float(data["core"][name])
        for group, key in (("families", family), ("frameworks", stack.framework)):
            found *= data[group].get(key, {}).get(name, 1.0)
        return found

    known = float(data["frameworks"].get(stack.framework, {}).get("efficiency", 1.0))
    block_bytes, block_peak, block_bits = _format(stack.precision, sheet)
    kept = _keeps_attention(stack)
    attention_bytes, peak, bits = _format("bf16" if kept else stack.precision, sheet)
    sixteen = _figure(sheet, "bf16_tflops") * 1e12
    bandwidth = _figure(sheet, "bandwidth_gb_s") * 1e9 * factor("bandwidth") * known
    block_rate = block_peak * factor(f"matmul_{block_bits}") * known
    link = _figure(sheet, "interconnect_gb_s") * 1e9
    if not link:
        link = BUS
    if beyond:
        link = min(link, BUS)
    side = "close" if near else "far"
    key = "|".join((stack.model.id, sheet.id, stack.framework))
    kind = f"{_ground(data, key, sheet.vendor, family, stack.framework)}, " + (
        "experts" if stack.model.n_experts else "dense"
    )
    low, high = data["intervals"][kind]
    return Factors(
        memory=_figure(sheet, "memory_gb") * GIB * 0.995 * (15 / 16 if _gddr6(sheet) else 1),
        bandwidth=bandwidth,
        expert_bandwidth=bandwidth * factor("experts_bandwidth"),
        kv_bandwidth=bandwidth * factor("kv"),
        block_rate=block_rate,
        attention_rate=peak * factor(f"matmul_{bits}") * known,
        expert_rate=block_rate * factor("experts"),
        decode_rate=sixteen * factor("decode_attention") * known,
        prefill_rate=sixteen * factor("prefill_attention") * known,
        link=link * factor(f"link_{side}"),
        block_bytes=block_bytes,
        attention_bytes=attention_bytes,
        kv_bytes={"fp16": 2.0, "fp8": 1.0}[stack.kv_precision],
        watts=_figure(sheet, "all_in_kw") * 1000 or _figure(sheet, "tdp_w"),
        speed=data["stacks"].get(key, {"factor": 1.0})["factor"],
        low=low,
        high=high,
        of={
            "call": factor(f"call_{side}"),
            **{
                name: factor(name)
                for name in (
                    *("padding", "exchange", "layer", "moe_layer", "latent_layer"),
                    *("step", "sequence", "request", "overlap", "synchrony"),
                )
            },
        },
    )


def _figure(sheet: AcceleratorSheet, name: str) -> float:
    figure = getattr(sheet, name)
    return 0.0 if figure is None else float(figure.value)


def _gddr6(sheet: AcceleratorSheet) -> bool:
    """Whether it is a board for servers with GDDR6, which shares it with its error correction."""
    older = sheet.architecture in ("Turing", "Ampere", "Ada") and sheet.vendor == "NVIDIA"
    slow = _figure(sheet, "bandwidth_gb_s") < 900
    return older and slow and "RTX" not in sheet.name


def _near(sheet: AcceleratorSheet) -> bool:
    words = sheet.interconnect
    return not words.startswith("PCIe") and ("NVLink" in words or "Infinity" in words)


def _format(precision: str, sheet: AcceleratorSheet) -> tuple[float, float, int]:
    """Bytes of a weight, peak FLOP/s of its arithmetic, and the bits that is done in."""
    bits = FOUR_BIT.get(precision) or BITS[precision]
    field, wide = {
        "fp8": ("fp8_tflops", 8),
        "int8": ("int8_tops", 8),
        "nvfp4": ("fp4_tflops", 4),
        "mxfp4": ("fp4_tflops", 4),
    }.get(precision, ("bf16_tflops", 16))
    peak = _figure(sheet, field)
    sixteen = _figure(sheet, "bf16_tflops")
    if peak < sixteen:
        peak, wide = sixteen, 16
    return bits / 8, peak * 1e12, wide


def _keeps_attention(stack: Stack) -> bool:
    model = stack.model
    mixed = bool(model.kv_lora_rank) or "(MoE)" in model.native_dtype
    return stack.precision in FOUR_BIT and bool(model.n_experts) and mixed


def _ground(data: dict[str, Any], key: str, maker: str, family: str, framework: str) -> str:
    if key in data["stacks"]:
        return "measured"
    if family not in data["families"]:
        return "unseen accelerator" if maker in data["makers"] else "unseen maker"
    families = [of for of, software in data["seen_together"] if software == framework]
    if family in families:
        return "interpolated"
    return "unseen stack" if families else "unseen software"
