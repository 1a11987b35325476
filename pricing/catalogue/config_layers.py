"""Which layers of a config.json slide, attend linearly, or have experts; and its precision."""

from collections.abc import Mapping
from typing import Any

from pricing.catalogue.config_families import Family
from pricing.catalogue.config_reading import Config, ConfigError, Reading
from pricing.plan.typed import shown

_SLIDING = ("sliding_attention", "chunked_attention", "local_attention")
_LINEAR = ("linear_attention", "lightning_attention")
_FULL = ("full_attention", "attention", "global_attention")
_PICKING = ("deepseek_sparse_attention",)
"""Layers that keep all keys and values and read the most important of them."""


def attention_layers(reading: Reading, family: Family, layers: int) -> dict[str, int | None]:
    """`sliding_layers`, `sliding_window` and `linear_layers` of a model.

    Raises:
        ConfigError: a kind of layer is not known.
    """
    sliding, linear = _kinds(reading, family, layers)
    chunked = reading.number("attention_chunk_size")
    window = reading.number("sliding_window") or (chunked if sliding else None)
    context = reading.count("context")
    if sliding and (not window or (context and window >= context)):
        sliding = 0
    if window and not sliding and family.windows == "none" and context and window < context:
        reading.assume(
            f"A sliding window of {window:,} tokens is stated, not where; every layer is taken to "
            "see the whole context."
        )
    return {
        "sliding_layers": sliding or None,
        "sliding_window": window if sliding else None,
        "linear_layers": linear or None,
        "full_attention_interval": reading.number("full_attention_interval") if linear else None,
    }


def _kinds(reading: Reading, family: Family, layers: int) -> tuple[int, int]:
    """Layers with a window and with linear attention."""
    if kinds := reading.listed("layer_types"):
        for kind in kinds[:layers]:
            if kind not in (*_SLIDING, *_LINEAR, *_FULL, *_PICKING):
                raise ConfigError(
                    f'"layer_types" names {shown(kind)}, a kind of layer this reader does not '
                    "know; fill in the form instead."
                )
        listed = kinds[:layers]
        return sum(k in _SLIDING for k in listed), sum(k in _LINEAR for k in listed)
    if kinds := reading.listed("attn_type_list"):
        return 0, sum(kind == 0 for kind in kinds[:layers])
    if kinds := reading.listed("hybrid_layer_pattern"):
        return sum(kind == 1 for kind in kinds[:layers]), 0
    if interval := reading.number("full_attention_interval"):
        return 0, layers - layers // interval
    if reading.raw("attention_chunk_size") and (every := reading.number("no_rope_layer_interval")):
        rotated = reading.listed("no_rope_layers")
        return (sum(map(bool, rotated)) if rotated else layers - layers // every), 0
    return _windows(reading, family, layers), 0


def _windows(reading: Reading, family: Family, layers: int) -> int:
    """Layers with a window, told by the family."""
    if family.windows == "all":
        return layers
    if family.windows == "alternating":
        return (layers + 1) // 2
    if family.windows == "pattern":
        every = reading.number("sliding_window_pattern")
        return layers - layers // every if every else 0
    if family.windows == "upper" and reading.raw("use_sliding_window"):
        return max(layers - (reading.number("max_window_layers") or 0), 0)
    return 0


def expert_layers(
    reading: Reading, family: Family, layers: int, known: bool
) -> dict[str, int | None]:
    """`n_experts` and what goes with it; nothing for a dense model.

    Where the family is not `known`, the width of an expert is guessed rather than asked for.

    Raises:
        ConfigError: a key of a model with experts is missing or no whole number.
    """
    experts = reading.count("experts")
    if not experts or experts == 1:
        return {}
    width = reading.count("expert_width")
    if width is None and (family.experts_as_wide or not known):
        width = reading.count("width")
        if not known and width is not None:
            reading.assume("Experts are taken to be as wide as intermediate_size says.")
    if width is None:
        width = reading.needed("expert_width")
    first, interval = _places(reading, layers)
    return {
        "n_experts": experts,
        "experts_per_token": reading.needed("visited"),
        "moe_intermediate": width,
        "shared_experts": _shared(reading, width),
        "first_k_dense": first or None,
        "moe_layer_interval": interval if interval != 1 else None,
    }


def _shared(reading: Reading, width: int) -> int | None:
    """Shared experts as a number of experts of a routed one's width."""
    together = reading.count("shared_width")
    if together and width:
        if together % width:
            reading.assume(
                f"Its shared experts are {together:,} wide together; they are counted as "
                f"{-(-together // width)} of {width:,}."
            )
        return -(-together // width)
    return reading.count("shared") or None


def _places(reading: Reading, layers: int) -> tuple[int, int]:
    """Dense layers at the beginning, and every how manieth of the others has experts."""
    for key, with_experts in (("mlp_layer_types", "sparse"), ("moe_layer_freq", 1)):
        if kinds := reading.listed(key):
            has = [kind == with_experts for kind in kinds[:layers]]
            first = has.index(True) if True in has else layers
            return _regular(reading, first, sum(has), layers)
    if places := reading.listed("moe_layers"):
        return _regular(reading, 0, len(places), layers)
    interval = reading.number("interleave_moe_layer_step") or reading.number("decoder_sparse_step")
    if not interval and not reading.listed("moe_layer_freq"):
        interval = reading.number("moe_layer_freq")
    first = reading.number("first_k_dense_replace") or 0
    if dense := reading.listed("mlp_only_layers"):
        first = len(dense)
        if sorted(map(str, dense)) != sorted(map(str, range(len(dense)))):
            reading.assume(f"{len(dense)} dense layers are taken to stand at the beginning.")
    return min(first, layers), interval or 1


def _regular(reading: Reading, first: int, count: int, layers: int) -> tuple[int, int]:
    """Places in the words of a model sheet; what does not fit them is said."""
    if count and first + count == layers:
        return first, 1
    if count and layers // count * count <= layers and layers // (layers // count) == count:
        return 0, layers // count
    reading.assume(f"{count} of {layers} layers have experts; they are taken to stand at the end.")
    return layers - count, 1


def native_precision(document: Config, reading: Reading) -> str:
    """Precision of the published weights, as the catalogue writes it."""
    quantised = reading.raw("quantization_config") or document.get("compression_config")
    stored = str(reading.raw("dtype") or reading.raw("torch_dtype") or "").removeprefix("torch.")
    if not isinstance(quantised, Mapping):
        if stored not in {"bfloat16", "float16", "float32"}:
            reading.assume(
                f"Precision {shown(stored)} is not known; bfloat16 is assumed."
                if stored
                else "The file states no precision; bfloat16 is assumed."
            )
            return "bfloat16"
        return stored
    precision = _quantised(quantised)
    if not precision:
        method = shown(quantised.get("quant_method") or quantised.get("quant_algo"))
        reading.assume(f"Quantisation {method} is not known; 8-bit weights are assumed.")
        return "fp8"
    return precision


def _quantised(stated: Mapping[str, Any]) -> str:
    """Precision of quantised weights; empty where the words are not known."""
    method = str(stated.get("quant_method") or "").lower()
    bits = stated.get("bits") or stated.get("w_bit")
    if method == "mxfp4":
        return "mxfp4 (MoE) / bf16"
    if "fp8" in method:
        return "fp8"
    if method in {"awq", "gptq", "auto-round", "autoround"}:
        return "int8" if bits == 8 else "int4"
    if method == "bitsandbytes":
        return "int8" if stated.get("load_in_8bit") else "int4"
    algorithm = str(stated.get("quant_algo") or "").upper()
    if algorithm:
        for word, precision in (("NVFP4", "nvfp4"), ("FP8", "fp8"), ("INT4", "int4")):
            if word in algorithm:
                return precision
    return _grouped(stated)


_BITS: Mapping[str, str] = {
    "4 int": "int4",
    "4 float": "nvfp4",
    "8 int": "int8",
    "8 float": "fp8",
}
"""Bits and type of weights in the words of compressed-tensors, narrowest first."""


def _grouped(stated: Mapping[str, Any]) -> str:
    """Precision of the weights of compressed-tensors and ModelOpt, the narrowest of its groups."""
    groups = stated.get("config_groups")
    found = {}
    for group in groups.values() if isinstance(groups, Mapping) else ():
        weights = group.get("weights") if isinstance(group, Mapping) else None
        if isinstance(weights, Mapping):
            stored = f"{weights.get('num_bits')} {weights.get('type')}"
            found[stored] = str(group.get("format"))
    for stored, name in _BITS.items():
        if stored in found:
            return "mxfp4" if "mxfp4" in found[stored] else name
    return ""
