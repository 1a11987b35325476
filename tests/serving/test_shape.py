"""Shapes of models, against what their makers publish."""

import pytest

from pricing.catalogue import load_catalogue
from pricing.serving.columns import numbers
from pricing.serving.memory import kv_bytes, weight_bytes
from pricing.serving.requests import Requests
from pricing.serving.shape import shape_of
from pricing.serving.stack import point_of
from tests.serving.stacks import stack

MODELS = [line.id for line in load_catalogue().open_models()]


@pytest.mark.parametrize("model", MODELS)
def test_that_weights_add_up_to_the_published_parameters(model: str) -> None:
    sheet = load_catalogue().open_model(model)
    shape = shape_of(sheet)
    dense_layers = shape.layers - shape.moe_layers
    total = (
        shape.layers * shape.attention
        + dense_layers * shape.dense
        + shape.moe_layers * (shape.shared + shape.experts * shape.expert)
        + shape.vocabulary * shape.hidden * (1 if sheet.tie_embeddings else 2)
    )
    # vision towers, norms, biases, routers and linear-attention extras are not counted
    assert float(total) / 1e9 == pytest.approx(sheet.total_params_b.value, rel=0.06)


@pytest.mark.parametrize(
    ("model", "kib"),
    [
        # 2 x layers x KV heads x head size x 2 bytes, from the models' config.json
        ("llama-2-7b", 512),
        ("llama-3.1-8b", 128),
        ("llama-3.1-70b", 320),
        ("llama-3.1-405b", 504),
        ("qwen2.5-72b", 320),
        # 61 layers x (512 + 64) x 2 bytes: DeepSeek-V3 keeps one compressed vector per token
        ("deepseek-v3", 68.625),
    ],
)
def test_that_a_token_leaves_as_much_cache_as_its_config_says(model: str, kib: float) -> None:
    point = point_of(stack(model, "h200"), Requests(1000, 0).traffic())
    assert float(kv_bytes(point, numbers(1))) == kib * 1024


def test_that_latent_cache_is_kept_whole_on_every_accelerator_and_grouped_heads_are_split() -> None:
    traffic = Requests(1000, 0).traffic()

    def cache(model: str, tensor: int) -> float:
        return float(kv_bytes(point_of(stack(model, "h200", tensor=tensor), traffic), numbers(1)))

    assert cache("deepseek-v3", 8) == cache("deepseek-v3", 1)
    assert cache("llama-3.1-70b", 8) == cache("llama-3.1-70b", 1) / 8
    assert cache("llama-3.1-70b", 16) == cache("llama-3.1-70b", 8), "8 KV heads split 8 ways"


def test_that_layers_with_a_window_stop_growing() -> None:
    point = point_of(stack("gemma-3-27b", "h200"), Requests(1000, 0).traffic())
    first, long = (float(kv_bytes(point, numbers(n))) for n in (1, 100_000))
    # of 62 layers, 5 of 6 hold 1,024 tokens at most
    assert 100_000 / 7 < long / first < 100_000 / 5


@pytest.mark.parametrize(
    ("model", "precision", "gb"),
    [
        ("llama-3.1-70b", "bf16", 141),
        ("llama-3.1-70b", "fp8", 72.7),
        ("mixtral-8x7b", "bf16", 93.5),
    ],
)
def test_that_weights_take_the_size_of_the_published_checkpoint(
    model: str, precision: str, gb: float
) -> None:
    point = point_of(stack(model, "h200", precision=precision), Requests(1, 0).traffic())
    assert float(weight_bytes(point)) / 1e9 == pytest.approx(gb, rel=0.02)
