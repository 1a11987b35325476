"""A config.json as typed values: each number under any of the names families give it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pricing.plan.typed import shown

Config = Mapping[str, Any]

INNER = ("text_config", "llm_config", "language_config")
"""Where models that also see or hear keep the shape of their language part."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "layers": ("num_hidden_layers", "n_layer", "num_layers", "n_layers"),
    "hidden": ("hidden_size", "n_embd", "d_model"),
    "heads": ("num_attention_heads", "n_head", "n_heads"),
    "kv_heads": ("num_key_value_heads", "num_kv_heads", "n_head_kv", "multi_query_group_num"),
    "head_dim": ("head_dim", "kv_channels"),
    "width": ("intermediate_size", "ffn_hidden_size", "n_inner", "ffn_dim"),
    "vocab": ("vocab_size", "padded_vocab_size"),
    "context": ("max_position_embeddings", "n_positions", "seq_length", "n_ctx"),
    "experts": ("n_routed_experts", "num_local_experts", "num_experts", "moe_num_experts"),
    "visited": (
        "num_experts_per_tok",
        "experts_per_token",
        "num_experts_per_token",
        "top_k_experts",
    ),
    "expert_width": ("moe_intermediate_size",),
    "shared": ("n_shared_experts", "num_shared_experts"),
    "shared_width": ("shared_expert_intermediate_size", "shared_intermediate_size"),
}
"""What is read, and the keys it stands under, the usual one first."""

WORDS: Mapping[str, str] = {
    "layers": "number of layers",
    "hidden": "width of the model",
    "heads": "number of attention heads",
    "vocab": "size of the vocabulary",
    "width": "width of the feed-forward block",
    "visited": "experts a token visits",
    "expert_width": "width of one expert",
}

_OTHER_FILES: Sequence[tuple[str, str, str]] = (
    ("weight_map", "model.safetensors.index.json", "the list of weight files"),
    ("peft_type", "adapter_config.json", "an adapter without the model it belongs to"),
    ("lora_alpha", "adapter_config.json", "an adapter without the model it belongs to"),
    ("added_tokens_decoder", "tokenizer_config.json", "the settings of a tokenizer"),
    ("tokenizer_class", "tokenizer_config.json", "the settings of a tokenizer"),
    ("producer", "hf_quant_config.json", "how the weights were quantised"),
    ("_diffusers_version", "model_index.json", "a model that makes pictures"),
    ("do_sample", "generation_config.json", "the defaults of generation"),
    ("max_new_tokens", "generation_config.json", "the defaults of generation"),
    ("temperature", "generation_config.json", "the defaults of generation"),
    ("top_p", "generation_config.json", "the defaults of generation"),
    ("n_layers", "params.json", "a model in Mistral's own words"),
)
"""A key, the file it tells, and what that file holds."""

_UNKNOWN_LAYERS = (
    "hybrid_override_pattern",
    "block_configs",
    "linear_attn_config",
    "attn_layer_period",
    "mamba_d_state",
    "mamba_num_heads",
    "ssm_cfg",
    "state_size",
    "compress_ratios",
)
"""Keys of layers whose memory and work this reader cannot tell."""

_ENCODERS = ("MaskedLM", "ForSequenceClassification", "BertModel", "RobertaModel")


LONGEST_TEXT = 5_000_000
"""Characters of a text above which it cannot be a config.json."""


class ConfigError(ValueError):
    """A text that gives no model; the message is one sentence for users."""


class Reading:
    """The language part of a config.json, with what had to be assumed.

    Attributes:
        config: keys and values of the language part.
        notes: sentences about what was assumed.
    """

    def __init__(self, config: Config, defaults: Mapping[str, Any]) -> None:
        self.config = config
        self.notes: list[str] = []
        self._defaults = defaults

    def raw(self, key: str) -> Any:  # noqa: ANN401
        """A key as it stands; where it does not, what the family takes it to be."""
        value = self.config.get(key)
        return self._defaults.get(key) if value is None else value

    def count(self, what: str) -> int | None:
        """A whole number under any of its names; none where it is not stated.

        Raises:
            ConfigError: something else than a whole number stands there.
        """
        for stated in (self.config, self._defaults):
            for key in NAMES[what]:
                value = stated.get(key)
                if value is not None:
                    return whole(key, value)
        return None

    def needed(self, what: str) -> int:
        """A whole number that must be stated.

        Raises:
            ConfigError: it is not; the message names the usual key.
        """
        value = self.count(what)
        if value is None:
            raise ConfigError(
                f'The key "{NAMES[what][0]}" ({WORDS[what]}) is missing; paste the whole '
                "config.json, or fill in the form instead."
            )
        return value

    def number(self, key: str) -> int | None:
        """A whole number under one key; none where it is not stated. Raises ConfigError."""
        value = self.raw(key)
        return None if value is None else whole(key, value)

    def listed(self, key: str) -> list[Any] | None:
        """A list; none where there is none."""
        value = self.raw(key)
        return value if isinstance(value, list) and value else None

    def assume(self, sentence: str) -> None:
        """Keep a sentence about what was assumed."""
        if sentence not in self.notes:
            self.notes.append(sentence)


def whole(key: str, value: object) -> int:
    """A count as stated.

    Raises:
        ConfigError: it is no whole number, or negative.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ConfigError(f'"{key}" is {shown(value)}; a whole number of 0 or more belongs there.')
    return value


def parsed(text: str) -> dict[str, Any]:
    """The whole document of a config.json.

    Raises:
        ConfigError: it is not JSON, not an object, or another file than config.json.
    """
    if len(text) > LONGEST_TEXT:
        raise ConfigError(
            f"The text is {len(text) / 1e6:.0f} million characters long; a config.json has a few "
            "thousand."
        )
    if not text.strip():
        raise ConfigError("Nothing was pasted; copy the whole text of the model's config.json.")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(
            f"The text is not JSON (line {error.lineno}, column {error.colno}); copy the whole "
            "config.json, from the first brace to the last."
        ) from None
    except (RecursionError, ValueError):
        raise ConfigError(
            "The text cannot be read as a config.json; copy the whole file from the model's page."
        ) from None
    if not isinstance(document, dict):
        raise ConfigError(
            f"A config.json is one object in braces, this is {shown(document)}; copy the file."
        )
    return document


def language_part(document: Config) -> Config:
    """The part of a config.json that describes the language model.

    Raises:
        ConfigError: there is none, or it generates no text.
    """
    config: Config = document
    for key in INNER:
        inner = document.get(key)
        if isinstance(inner, Mapping):
            shared = {name: document[name] for name in _SHARED if name in document}
            config = {**shared, **inner}
            break
    _refuse_other_files(config)
    _refuse_other_models(document, config)
    return config


_SHARED = ("tie_word_embeddings", "torch_dtype", "dtype", "quantization_config")
"""Keys of the whole that hold for its language part too."""


def _refuse_other_files(config: Config) -> None:
    if any(key in config for key in (*NAMES["hidden"], "model_type")):
        return
    for key, file, content in _OTHER_FILES:
        if key in config:
            raise ConfigError(
                f"This looks like {file} ({content}); open config.json of the same model and "
                "paste that."
            )
    known = ", ".join(sorted(map(str, config))[:5]) or "none"
    raise ConfigError(
        f"This describes no model: neither model_type nor hidden_size is among its keys ({known})."
    )


def _refuse_other_models(document: Config, config: Config) -> None:
    kind = shown(document.get("model_type") or config.get("model_type"))
    if document.get("is_encoder_decoder") or config.get("is_encoder_decoder"):
        raise ConfigError(
            f"{kind} is an encoder with a decoder; only models that generate text by a decoder "
            "alone can be computed here."
        )
    stated = document.get("architectures")
    architectures = " ".join(map(str, stated)) if isinstance(stated, list) else ""
    if any(word in architectures for word in _ENCODERS):
        raise ConfigError(f"{kind} ({architectures}) reads text and generates none.")
    seeing = "patch_size" in config or "image_size" in config or "vision_config" in config
    if seeing and not any(key in config for key in NAMES["vocab"]):
        raise ConfigError(
            f"{kind} describes how pictures are seen, not a language model; paste the config.json "
            'that holds its "text_config".'
        )
    for key in _UNKNOWN_LAYERS:
        if config.get(key) is not None:
            raise ConfigError(
                f'{kind} has layers of a kind this reader does not know ("{key}"); fill in the '
                "form instead."
            )
