"""What fits into memory, and the reason when it does not."""

import math
import random

import pytest

from pricing.serving import Requests, ServingError, predict
from pricing.serving.memory import mean_context, memory_of
from pricing.serving.stack import point_of
from tests.serving.stacks import stack


@pytest.mark.parametrize(
    ("model", "accelerator", "precision", "tensor", "fits"),
    [
        # published: 405B in bf16 needs two nodes of 8 x 80 GB; fp8 runs on one
        ("llama-3.1-405b", "h100-sxm", "bf16", 8, False),
        ("llama-3.1-405b", "h100-sxm", "fp8", 8, True),
        ("llama-3.1-405b", "h200", "bf16", 8, True),
        ("llama-3.1-70b", "h100-sxm", "bf16", 1, False),
        ("llama-3.1-70b", "h100-sxm", "bf16", 4, True),
        # DeepSeek-R1 in its native fp8 needs 8 x H200 rather than 8 x H100
        ("deepseek-r1", "h100-sxm", "fp8", 8, False),
        ("deepseek-r1", "h200", "fp8", 8, True),
        # gpt-oss-120b is made to run on one 80 GB accelerator
        ("gpt-oss-120b", "h100-sxm", "mxfp4", 1, True),
        ("llama-3.1-8b", "rtx4090", "bf16", 1, True),
    ],
)
def test_that_models_fit_where_they_are_known_to(
    model: str, accelerator: str, precision: str, tensor: int, fits: bool
) -> None:
    of = stack(model, accelerator, precision=precision, tensor=tensor)
    memory = memory_of(point_of(of, Requests(1000, 1000).traffic()))
    assert bool(memory.fits) is fits


def test_that_parts_of_the_memory_add_up() -> None:
    of = stack("llama-3.1-70b", "h100-sxm", precision="fp8", tensor=4)
    memory = memory_of(point_of(of, Requests(2000, 500).traffic()))
    cache = float(memory.sequences * memory.per_sequence)
    used = float(memory.weights + memory.activations) + cache
    assert used == pytest.approx(float(memory.budget))
    assert float(memory.budget) < float(memory.total)


def test_that_a_longer_answer_is_seen_more_often_at_a_random_moment() -> None:
    """The mean context of a running sequence, against a simulation of renewals."""
    source = random.Random(7)
    prompt, answer, variation = 300.0, 200.0, 1.2
    sigma = math.sqrt(math.log(1 + variation**2))
    lengths = [
        max(1, round(source.lognormvariate(math.log(answer) - sigma**2 / 2, sigma)))
        for _ in range(60_000)
    ]
    held = sum(prompt * n + n * (n + 1) / 2 for n in lengths) / sum(lengths)
    traffic = Requests(prompt, answer, output_variation=variation).traffic()
    expected = float(mean_context(point_of(stack("llama-3.1-8b", "h100-sxm"), traffic)))
    assert expected == pytest.approx(held, rel=0.05)


def test_that_memory_overhead_leaves_room_for_fewer_sequences() -> None:
    requests = Requests(8000, 1000).traffic()
    plain = memory_of(point_of(stack("llama-3.1-8b", "l40s"), requests))
    more = memory_of(point_of(stack("llama-3.1-8b", "l40s", memory_overhead=0.35), requests))
    assert float(more.per_sequence) == pytest.approx(1.35 * float(plain.per_sequence))
    assert float(more.sequences) < float(plain.sequences) / 1.35


@pytest.mark.parametrize(
    ("of", "requests", "field", "words"),
    [
        (stack("llama-3.1-70b", "l40s"), Requests(100, 100), "accelerator", "more accelerators"),
        (
            stack("llama-3.1-8b", "rtx4090"),
            Requests(100_000, 10_000),
            "accelerator",
            "KV cache",
        ),
        (stack("llama-3.1-8b", "h200"), Requests(0, 10), "input_tokens", "enter 1 to"),
        (stack("llama-3.1-8b", "h200"), Requests(1e12, 10), "input_tokens", "enter 1 to"),
        (stack("llama-3.1-8b", "h200"), Requests(100, -1), "output_tokens", "enter 0 to"),
        (stack("llama-2-7b", "h200"), Requests(5000, 10), "input_tokens", "4,096 tokens"),
        (
            stack("llama-3.1-8b", "h200", tensor=3),
            Requests(100, 10),
            "tensor_parallel",
            "1, 2, 4, 8, 16, 32",
        ),
        (
            stack("llama-3.1-8b", "h200", tensor=16),
            Requests(100, 10),
            "tensor_parallel",
            "up to 8",
        ),
        (
            stack("llama-3.1-8b", "h200", pipeline=33),
            Requests(100, 10),
            "pipeline_parallel",
            "32 layers",
        ),
        (stack("llama-3.1-8b", "h200", data=2), Requests(100, 10), "data_parallel", "use 1"),
        (stack("llama-3.1-8b", "gb10-dgx-spark"), Requests(100, 10), "accelerator", "not known"),
    ],
)
def test_that_what_cannot_be_served_says_which_value_why_and_what_would_work(
    of: object, requests: Requests, field: str, words: str
) -> None:
    with pytest.raises(ServingError, match=words) as error:
        predict(of, requests)  # type: ignore[arg-type]
    assert error.value.field == field
