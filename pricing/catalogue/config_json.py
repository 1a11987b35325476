"""A model read from the config.json that stands beside its weights on the Hugging Face hub."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from pricing.catalogue.config_families import Family, family_of
from pricing.catalogue.config_layers import attention_layers, expert_layers, native_precision
from pricing.catalogue.config_reading import Config, ConfigError, Reading, language_part, parsed
from pricing.catalogue.parameters import Extra, counted
from pricing.plan.problems import problems_of
from pricing.plan.sheets import ModelSheet
from pricing.plan.typed import shown

__all__ = ["ConfigError", "model_from_config"]

SOURCE = "config.json, pasted by the buyer"
_LONGEST = 60


def model_from_config(text: str, *, name: str = "", identifier: str = "") -> ModelSheet:
    """The model a config.json describes; what had to be assumed stands in its note.

    Args:
        text: the file's whole text.
        name: what the model is called; empty takes the file's own name for it or its kind.
        identifier: its id in the plan; empty makes one of the name.

    Raises:
        ConfigError: the text gives no model; the message is one sentence for users.
    """
    document = parsed(text)
    config = language_part(document)
    kind = str(config.get("model_type") or document.get("model_type") or "")
    family, known = family_of(kind)
    reading = Reading(config, family.defaults)
    called = name.strip() or _own_name(document, config) or kind or "Model"
    shape, extra = _shape(reading, family, known)
    shape["native_dtype"] = native_precision(document, reading)
    if not known:
        reading.notes.insert(
            0,
            f"The kind {shown(kind)} is not known here; it is read like Llama, with gated "
            "feed-forward blocks. Compare the parameters with the model's page.",
        )
    elif "vision_config" in document or "audio_config" in document:
        reading.assume("Only the language part is counted, not what sees or hears.")
    hub = str(document.get("_name_or_path") or "")
    shape |= {
        "id": identifier or _identifier(called),
        "name": called[:120],
        "hf_id": hub if re.fullmatch(r"[\w.-]+/[\w.-]+", hub) else "",
        "source": SOURCE,
        "note": " ".join(reading.notes),
    }
    try:
        return counted(shape, extra)
    except ValidationError as error:
        raise ConfigError(problems_of(error, shape, ModelSheet)[0].message) from None


def _shape(reading: Reading, family: Family, known: bool) -> tuple[dict[str, Any], Extra]:
    """The fields of a model sheet, and weights it has no field for."""
    layers, hidden = reading.needed("layers"), reading.needed("hidden")
    heads = reading.needed("heads")
    experts = expert_layers(reading, family, layers, known)
    tied = reading.raw("tie_word_embeddings")
    shape: dict[str, Any] = {
        "layers": layers,
        "hidden": hidden,
        "n_heads": heads,
        "n_kv_heads": _kv_heads(reading, heads),
        "head_dim": _head_width(reading, hidden, heads),
        "vocab": reading.needed("vocab"),
        "gated_mlp": family.gated,
        "tie_embeddings": tied if isinstance(tied, bool) else family.tied,
        "max_context": reading.count("context"),
        **experts,
        **_latent(reading),
        **attention_layers(reading, family, layers),
    }
    shape["intermediate"] = _width(reading, family, hidden, bool(experts))
    shape["attention"] = _in_words(shape)
    return shape, Extra(_more(reading, shape), _linear(reading, shape))


def _kv_heads(reading: Reading, heads: int) -> int:
    """Key-value heads; Falcon says it by switches (one head, or as many as stated)."""
    if reading.config.get("multi_query") and not reading.config.get("new_decoder_architecture"):
        return 1
    return reading.count("kv_heads") or heads


def _head_width(reading: Reading, hidden: int, heads: int) -> int | None:
    """Width of one head; hidden over heads where it is not stated and comes out even."""
    stated = reading.count("head_dim")
    return stated or (hidden // heads if heads and hidden % heads == 0 else None)


def _width(reading: Reading, family: Family, hidden: int, experts: bool) -> int | None:
    """Width of an ordinary feed-forward block."""
    for key in ("intermediate_size_mlp", "dense_intermediate_size"):
        if reading.raw(key):
            return reading.number(key)
    width = reading.count("width")
    if width is None and not experts:
        return 4 * hidden if not family.gated else reading.needed("width")
    return width


def _latent(reading: Reading) -> dict[str, int | None]:
    """The widths of latent attention; nothing for ordinary attention."""
    if not reading.number("kv_lora_rank"):
        return {}
    return {
        "kv_lora_rank": reading.number("kv_lora_rank"),
        "q_lora_rank": reading.number("q_lora_rank"),
        "qk_rope_dim": reading.number("qk_rope_head_dim"),
        "qk_nope_dim": reading.number("qk_nope_head_dim"),
        "v_head_dim": reading.number("v_head_dim"),
        "head_dim": None,
    }


def _more(reading: Reading, shape: Mapping[str, Any]) -> int:
    """Weights of an output gate (Qwen3-Next) and of a sparse attention's index (DeepSeek-V3.2)."""
    hidden: int = shape["hidden"]
    heads: int = shape["n_heads"]
    more = 0
    if reading.raw("attn_output_gate"):
        more += hidden * heads * (shape["head_dim"] or 0)
    index_heads, index_width = reading.number("index_n_heads"), reading.number("index_head_dim")
    if index_heads and index_width:
        queries = shape.get("q_lora_rank") or hidden
        more += queries * index_heads * index_width + hidden * (index_width + index_heads)
    return more


def _linear(reading: Reading, shape: Mapping[str, Any]) -> int:
    """Weights of a layer with linear attention.

    Gated delta net (Qwen3-Next): queries, keys, values and gate; two numbers per value head; a
    short convolution; the output. Lightning attention (MiniMax-01): the same without grouping.
    """
    if not shape["linear_layers"]:
        return 0
    hidden: int = shape["hidden"]
    value_heads, key_heads = (
        reading.number(f"linear_num_{what}_heads") for what in ("value", "key")
    )
    if value_heads and key_heads:
        keys = key_heads * (reading.number("linear_key_head_dim") or 0)
        values = value_heads * (reading.number("linear_value_head_dim") or 0)
        kernel = reading.number("linear_conv_kernel_dim") or 0
        projected = hidden * (2 * keys + 2 * values + 2 * value_heads)
        return projected + kernel * (2 * keys + values) + values * hidden
    width: int = shape["n_heads"] * (shape["head_dim"] or 0)
    return 5 * hidden * width


def _in_words(shape: Mapping[str, Any]) -> str:
    """How the model attends, as the catalogue says it."""
    if shape.get("kv_lora_rank"):
        kind = "MLA"
    else:
        kind = "MHA" if shape["n_kv_heads"] == shape["n_heads"] else "GQA"
    layers = shape["layers"]
    if shape["linear_layers"]:
        return f"hybrid: linear attention in {shape['linear_layers']} of {layers} layers, {kind}"
    if shape["sliding_layers"]:
        window = f"sliding window {shape['sliding_window']}"
        return f"{kind}, {window} in {shape['sliding_layers']} of {layers} layers"
    return kind


def _own_name(document: Config, config: Config) -> str:
    for stated in (document, config):
        path = stated.get("_name_or_path")
        if isinstance(path, str) and path.strip(" /."):
            return path.rstrip("/").rpartition("/")[2][:120]
    return ""


def _identifier(name: str) -> str:
    plain = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
    return plain[:_LONGEST].rstrip("-.") or "model"
