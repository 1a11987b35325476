"""A pasted config.json becomes a model, or a sentence that says why not."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.catalogue import Catalogue
from pricing.catalogue.config_json import ConfigError, model_from_config
from pricing.plan.sheets import ModelSheet
from tests.catalogue.config_examples import FP8, IN_CATALOGUE, PUBLISHED

LLAMA = IN_CATALOGUE["llama-3.1-8b"]


def read(config: dict[str, Any], **changes: object) -> ModelSheet:
    return model_from_config(json.dumps(config | changes), name="House model")


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in LLAMA.items() if key not in keys}


@pytest.mark.parametrize("identifier", IN_CATALOGUE)
def test_that_parameters_agree_with_the_catalogue_within_2_percent(
    catalogue: Catalogue, identifier: str
) -> None:
    known = catalogue.open_model(identifier)
    found = read(IN_CATALOGUE[identifier])
    assert found.total_params_b.value == pytest.approx(known.total_params_b.value, rel=0.02)
    assert found.total_params_b.source == "computed from the shape"


@pytest.mark.parametrize("identifier", IN_CATALOGUE)
def test_that_active_parameters_agree_with_the_catalogue_within_2_percent(
    catalogue: Catalogue, identifier: str
) -> None:
    known = catalogue.open_model(identifier)
    found = read(IN_CATALOGUE[identifier])
    assert found.active_params_b.value == pytest.approx(known.active_params_b.value, rel=0.02)


@pytest.mark.parametrize("identifier", IN_CATALOGUE)
def test_that_the_shape_agrees_with_the_catalogue(catalogue: Catalogue, identifier: str) -> None:
    known, found = catalogue.open_model(identifier), read(IN_CATALOGUE[identifier])
    for field in ("layers", "hidden", "n_heads", "n_kv_heads", "moe_layers", "gated_mlp"):
        assert getattr(found, field) == getattr(known, field), field
    for field in ("n_experts", "experts_per_token", "moe_intermediate", "linear_layers"):
        assert getattr(found, field) == getattr(known, field), field
    assert found.kv_values_per_layer == known.kv_values_per_layer
    assert (found.shared_experts or 0) == (known.shared_experts or 0)
    assert found.full_attention_layers == known.full_attention_layers


@pytest.mark.parametrize("model", PUBLISHED)
def test_that_parameters_agree_with_what_the_makers_publish(model: str) -> None:
    """Active parameters are published with neither, one or both embeddings, and rounded."""
    total, active, config = PUBLISHED[model]
    found = read(config)
    assert found.total_params_b.value == pytest.approx(total, rel=0.02)
    embedding = found.vocab * found.hidden / 1e9
    counted = found.active_params_b.value
    assert counted - embedding - 0.5 < active < counted + embedding + 0.5


def test_that_the_language_part_of_gemma_3_has_the_weights_keras_counts() -> None:
    """keras-hub's presets: 3,880,099,328 and 11,765,788,416 parameters, text only."""
    small, large = (read(IN_CATALOGUE[name]) for name in ("gemma-3-4b", "gemma-3-12b"))
    assert small.total_params_b.value == pytest.approx(3.880099328, rel=0.001)
    assert large.total_params_b.value == pytest.approx(11.765788416, rel=0.001)
    assert "Only the language part is counted" in small.note


def test_that_windows_are_told_by_family_list_and_switch() -> None:
    assert read(IN_CATALOGUE["gemma-3-12b"]).sliding_layers == 40
    assert read(IN_CATALOGUE["gemma-2-9b"]).sliding_layers == 21
    assert read(IN_CATALOGUE["gpt-oss-120b"]).sliding_layers == 18
    assert read(IN_CATALOGUE["phi-3-mini"]).sliding_layers == 32
    assert read(IN_CATALOGUE["qwen2.5-7b"]).sliding_layers is None
    scout = read(IN_CATALOGUE["llama-4-maverick"])
    assert (scout.sliding_layers, scout.sliding_window) == (36, 8192)
    upper = read(
        IN_CATALOGUE["qwen2.5-7b"],
        use_sliding_window=True,
        sliding_window=4096,
        max_window_layers=20,
    )
    assert upper.sliding_layers == 8
    as_long_as_the_context = read(IN_CATALOGUE["mistral-7b"], sliding_window=32768)
    assert as_long_as_the_context.sliding_layers is None


def test_that_one_key_value_head_is_told_by_falcons_switch() -> None:
    small = {
        "model_type": "falcon",
        "num_hidden_layers": 32,
        "hidden_size": 4544,
        "num_attention_heads": 71,
        "multi_query": True,
        "new_decoder_architecture": False,
        "vocab_size": 65024,
    }
    found = read(small)
    assert found.n_kv_heads == 1
    assert found.total_params_b.value == pytest.approx(6.92, rel=0.01)
    assert "states no precision; bfloat16 is assumed" in found.note


def test_that_dense_layers_are_found_in_every_notation() -> None:
    sparse = _sparse()
    assert read(sparse, moe_layer_freq=[0, 0, *[1] * 46]).moe_layers == 46
    assert read(sparse, mlp_layer_types=[*["dense"] * 3, *["sparse"] * 45]).moe_layers == 45
    assert read(sparse, mlp_only_layers=[0]).moe_layers == 47
    assert read(sparse, decoder_sparse_step=2).moe_layers == 24
    scattered = read(sparse, moe_layer_freq=[1, 0, 1, *[1] * 45])
    assert scattered.moe_layers == 47
    assert "taken to stand at the end" in scattered.note


def _sparse() -> dict[str, Any]:
    return IN_CATALOGUE["qwen3-30b-a3b"]


@pytest.mark.parametrize(
    ("stated", "precision"),
    [
        (FP8, "fp8"),
        ({"quant_method": "awq", "bits": 4}, "int4"),
        ({"quant_method": "gptq", "bits": 8}, "int8"),
        ({"quant_method": "mxfp4"}, "mxfp4 (MoE) / bf16"),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, "int4"),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4"}, "nvfp4"),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {"group_0": {"weights": {"num_bits": 4, "type": "int"}}},
            },
            "int4",
        ),
        (
            {
                "quant_method": "modelopt",
                "config_groups": {
                    "group_0": {"weights": {"num_bits": 8, "type": "float"}},
                    "group_1": {"weights": {"num_bits": 4, "type": "float"}},
                },
            },
            "nvfp4",
        ),
    ],
)
def test_that_the_precision_of_quantised_weights_is_read(
    stated: dict[str, Any], precision: str
) -> None:
    assert read(LLAMA, quantization_config=stated).native_dtype == precision


def test_that_an_unknown_quantisation_is_assumed_and_said() -> None:
    found = read(LLAMA, quantization_config={"quant_method": "hqq"})
    assert found.native_dtype == "fp8"
    assert 'Quantisation "hqq" is not known; 8-bit weights are assumed.' in found.note


def test_that_an_unknown_kind_with_the_usual_keys_is_read_and_said() -> None:
    found = read(LLAMA, model_type="house_model_7")
    assert found.total_params_b.value == pytest.approx(8.03, rel=0.001)
    assert found.note.startswith(
        'The kind "house_model_7" is not known here; it is read like Llama'
    )
    experts = read(LLAMA, model_type="odd", num_local_experts=8, num_experts_per_tok=2)
    assert experts.moe_intermediate == 14336
    assert "Experts are taken to be as wide as intermediate_size says." in experts.note
    window = read(LLAMA, model_type="odd", sliding_window=4096)
    assert "A sliding window of 4,096 tokens is stated, not where" in window.note


def test_that_a_known_file_needs_no_assumption() -> None:
    assert read(LLAMA).note == ""


def test_that_the_name_comes_from_the_buyer_or_the_file() -> None:
    assert (read(LLAMA).id, read(LLAMA).name) == ("house-model", "House model")
    text = json.dumps(LLAMA | {"_name_or_path": "meta-llama/Meta-Llama-3.1-8B"})
    named = model_from_config(text)
    assert (named.id, named.name) == ("meta-llama-3.1-8b", "Meta-Llama-3.1-8B")
    assert named.hf_id == "meta-llama/Meta-Llama-3.1-8B"
    assert model_from_config(json.dumps(LLAMA)).name == "llama"
    assert model_from_config(text, identifier="own").id == "own"


BAD: list[tuple[object, str]] = [
    ("", "Nothing was pasted; copy the whole text"),
    ("{", "The text is not JSON (line 1, column 2); copy the whole config.json"),
    ([LLAMA], "A config.json is one object in braces, this is a list"),
    ({"do_sample": True, "temperature": 0.6, "top_p": 0.9}, "looks like generation_config.json"),
    ({"weight_map": {}, "metadata": {}}, "looks like model.safetensors.index.json"),
    ({"peft_type": "LORA", "r": 8}, "looks like adapter_config.json"),
    ({"tokenizer_class": "LlamaTokenizer"}, "looks like tokenizer_config.json"),
    ({"producer": {}, "quantization": {}}, "looks like hf_quant_config.json"),
    ({"colour": "red"}, "neither model_type nor hidden_size is among its keys (colour)"),
    (
        {"model_type": "siglip_vision_model", "hidden_size": 1152, "patch_size": 14},
        '"siglip_vision_model" describes how pictures are seen, not a language model',
    ),
    (
        {"model_type": "t5", "d_model": 512, "is_encoder_decoder": True, "vocab_size": 32128},
        '"t5" is an encoder with a decoder',
    ),
    (LLAMA | {"architectures": ["BertForMaskedLM"]}, "reads text and generates none"),
    (
        LLAMA | {"model_type": "nemotron_h", "hybrid_override_pattern": "M-M*"},
        '"nemotron_h" has layers of a kind this reader does not know ("hybrid_override_pattern")',
    ),
    (
        LLAMA | {"layer_types": ["mamba"] * 32},
        '"layer_types" names "mamba", a kind of layer this reader does not know',
    ),
    (without("num_hidden_layers"), 'The key "num_hidden_layers" (number of layers) is missing'),
    (without("hidden_size"), 'The key "hidden_size" (width of the model) is missing'),
    (without("vocab_size"), 'The key "vocab_size" (size of the vocabulary) is missing'),
    (without("intermediate_size"), 'The key "intermediate_size" (width of the feed-forward'),
    (
        LLAMA | {"model_type": "deepseek_v3", "n_routed_experts": 8, "num_experts_per_tok": 2},
        'The key "moe_intermediate_size" (width of one expert) is missing',
    ),
    (
        LLAMA | {"model_type": "mixtral", "num_local_experts": 8},
        'The key "num_experts_per_tok" (experts a token visits) is missing',
    ),
    (
        LLAMA | {"num_hidden_layers": "32"},
        '"num_hidden_layers" is "32"; a whole number of 0 or more belongs there.',
    ),
    (LLAMA | {"hidden_size": -1}, '"hidden_size" is -1; a whole number of 0 or more'),
    (LLAMA | {"num_hidden_layers": 0}, "Layers: 0 is too small; layers between 1 and 10000"),
    (
        LLAMA | {"num_key_value_heads": 5},
        "Key-value heads: 5 key-value heads cannot be shared evenly by 32 attention heads",
    ),
    (
        IN_CATALOGUE["mixtral-8x7b"] | {"num_experts_per_tok": 9},
        "Experts per token: 9 experts per token are more than the 8 experts of a layer.",
    ),
    (
        LLAMA | {"kv_lora_rank": 512},
        "Rotary head width: missing; latent attention (kv_lora_rank) also needs",
    ),
]


@pytest.mark.parametrize(("pasted", "sentence"), BAD, ids=[words[:40] for _, words in BAD])
def test_that_what_cannot_be_read_is_explained(pasted: object, sentence: str) -> None:
    text = pasted if isinstance(pasted, str) else json.dumps(pasted)
    with pytest.raises(ConfigError) as caught:
        model_from_config(text, name="x")
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


def test_that_an_endless_text_is_refused_at_once() -> None:
    with pytest.raises(ConfigError, match="6 million characters long"):
        model_from_config("x" * 6_000_000)


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
EXAMPLES = [*IN_CATALOGUE.values(), *(config for _, _, config in PUBLISHED.values())]
KEYS = sorted({key for config in EXAMPLES for key in (*config, *config.get("text_config", ()))})


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_any_file_is_a_possible_model_or_explained(data: st.DataObject) -> None:
    config = deepcopy(data.draw(st.sampled_from(EXAMPLES)))
    part = config.get("text_config", config)
    for key in data.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3)):
        part[key] = data.draw(values | st.sampled_from([0, 1, 10**6, 10**30]))
    found = model_or_sentence(json.dumps(config))
    if isinstance(found, str):
        assert "pydantic" not in found
        assert found.endswith(".")
    else:
        assert ModelSheet.model_validate(found.model_dump()) == found


def model_or_sentence(text: str) -> ModelSheet | str:
    try:
        return model_from_config(text)
    except ConfigError as error:
        return str(error)
