"""Time of a step: by hand, and what must hold for every stack."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.plan.figure import Share
from pricing.plan.serving import Speculative
from pricing.serving import Requests, predict
from pricing.serving.columns import numbers
from pricing.serving.counts import counts_of, experts_touched
from pricing.serving.stack import point_of
from tests.serving.stacks import stack

SHORT = Requests(1000, 1000)


def test_that_a_batch_touches_as_many_experts_as_throwing_dice_does() -> None:
    source = random.Random(3)
    for experts, chosen, tokens in [(256, 8, 1), (256, 8, 32), (8, 2, 4), (128, 4, 100)]:
        seen = sum(
            len({e for _ in range(tokens) for e in source.sample(range(experts), chosen)})
            for _ in range(1500)
        )
        expected = float(experts_touched(numbers(experts), numbers(chosen), numbers(tokens)))
        assert expected == pytest.approx(seen / 1500, rel=0.02)


def test_that_a_dense_model_touches_no_experts() -> None:
    assert float(experts_touched(numbers(1), numbers(0), numbers(50))) == 0


@pytest.mark.parametrize("model", ["llama-3.1-8b", "mixtral-8x7b", "qwen3-235b-a22b", "phi-2"])
def test_that_a_token_costs_two_operations_per_active_parameter(model: str) -> None:
    of = stack(model, "h200")
    counts = counts_of(point_of(of, SHORT.traffic()), numbers(1))
    flops = float(counts.weights_flops + counts.experts_flops)
    assert flops == pytest.approx(2e9 * of.model.active_params_b.value, rel=0.03)


def test_that_one_sequence_reads_every_weight_of_a_dense_model_once() -> None:
    counts = counts_of(point_of(stack("llama-3.1-8b", "h200"), SHORT.traffic()), numbers(1))
    # 8.03 B parameters, of which the input embedding of 0.525 B is only looked up
    assert float(counts.weights_read) == pytest.approx(2 * (8.03e9 - 0.525e9), rel=0.005)


def test_that_sharing_layers_divides_reading_and_adds_calls() -> None:
    one, four = (
        counts_of(point_of(stack("llama-3.1-70b", "h200", tensor=n), SHORT.traffic()), numbers(16))
        for n in (1, 4)
    )
    assert float(four.weights_read) == pytest.approx(float(one.weights_read) / 4)
    assert float(four.kv_read) == pytest.approx(float(one.kv_read) / 4)
    assert (float(one.calls), float(four.calls)) == (0, 160)


def test_that_a_pipeline_keeps_the_time_of_a_token_and_multiplies_the_work_done() -> None:
    one = predict(stack("llama-3.1-70b", "h200", precision="fp8"), SHORT, 8.0)
    two = predict(stack("llama-3.1-70b", "h200", precision="fp8", pipeline=2), SHORT, 16.0)
    assert float(two.run.step.weights) == pytest.approx(float(one.run.step.weights))
    assert two.throughput.typical == pytest.approx(2 * one.throughput.typical, rel=0.1)


def test_that_eight_bits_save_reading_everywhere_and_arithmetic_where_it_exists() -> None:
    def step(accelerator: str, precision: str) -> tuple[float, float]:
        of = stack("llama-3.1-8b", accelerator, precision=precision)
        at = predict(of, SHORT, 64.0).run.step
        return float(at.weights), float(at.compute)

    for accelerator in ("a100-sxm-80gb", "h100-sxm"):
        # the output head stays in 16 bit
        assert step(accelerator, "fp8")[0] < 0.56 * step(accelerator, "bf16")[0]
    assert step("a100-sxm-80gb", "fp8")[1] == step("a100-sxm-80gb", "bf16")[1]
    assert step("h100-sxm", "fp8")[1] < step("h100-sxm", "bf16")[1]


def test_that_weight_only_quantisation_leaves_the_arithmetic_in_16_bit() -> None:
    four, sixteen = (
        predict(stack("llama-3.1-70b", "h200", precision=p, tensor=2), SHORT, 64.0).run.step
        for p in ("int4", "bf16")
    )
    assert float(four.compute) == float(sixteen.compute)
    assert float(four.weights) < 0.3 * float(sixteen.weights)


def test_that_a_cached_prefix_saves_the_prefill_of_its_tokens_but_not_its_memory() -> None:
    plain = predict(stack("llama-3.1-8b", "h100-sxm"), Requests(8000, 200), 16.0)
    cached = predict(stack("llama-3.1-8b", "h100-sxm"), Requests(8000, 200, cached=0.75), 16.0)
    assert 0.2 < float(cached.run.step.prefill / plain.run.step.prefill) < 0.45
    assert float(cached.memory.sequences) == float(plain.memory.sequences)
    assert cached.throughput.typical > plain.throughput.typical


@given(draft=st.integers(1, 8), acceptance=st.floats(0, 1))
def test_that_speculation_gains_the_tokens_that_chance_lets_it_keep(
    draft: int, acceptance: float
) -> None:
    speculative = Speculative(draft_tokens=draft, acceptance=Share(value=acceptance))
    traffic = Requests(100, 100, speculative=speculative).traffic()
    # the model's own token, and each draft token while all before it were kept
    expected = math.fsum(acceptance**n for n in range(draft + 1))
    assert float(traffic.accepted) == pytest.approx(expected, rel=1e-9)


def test_that_speculation_helps_a_small_batch_and_not_a_full_one() -> None:
    speculative = Speculative(draft_tokens=3, acceptance=Share(value=0.7))
    of = stack("llama-3.1-70b", "h100-sxm", precision="fp8", tensor=4)

    def gain(concurrency: float) -> float:
        plain = predict(of, Requests(500, 500), concurrency)
        drafted = predict(of, Requests(500, 500, speculative=speculative), concurrency)
        return drafted.throughput.typical / plain.throughput.typical

    assert gain(1) > 1.5
    assert gain(1) > gain(64) > gain(512)


MODELS = ("llama-3.1-8b", "mixtral-8x7b", "deepseek-r1", "gemma-3-27b", "gpt-oss-120b")


@given(
    model=st.sampled_from(MODELS),
    accelerator=st.sampled_from(("h200", "mi300x", "b200")),
    first=st.floats(1, 200),
    ratio=st.floats(1, 8),
    lengths=st.tuples(st.floats(1, 4000), st.floats(1, 3000)),
)
def test_that_more_concurrency_never_does_less_and_never_answers_faster(
    model: str, accelerator: str, first: float, ratio: float, lengths: tuple[float, float]
) -> None:
    of = stack(model, accelerator, precision="fp8", tensor=8)
    few, many = (predict(of, Requests(*lengths), n) for n in (first, first * ratio))
    assert many.throughput.typical >= few.throughput.typical * (1 - 1e-9)
    assert many.tpot.typical >= few.tpot.typical * (1 - 1e-9)
    assert few.throughput.low < few.throughput.typical < few.throughput.high


@given(st.floats(0.3, 3), st.floats(1, 100))
def test_that_speed_is_a_factor_on_everything(speed: float, concurrency: float) -> None:
    of = stack("qwen3-32b", "h100-sxm", tensor=2)
    plain, other = (predict(of, SHORT, concurrency, speed=s) for s in (1.0, speed))
    assert other.throughput.typical == pytest.approx(plain.throughput.typical * speed)
    assert other.tpot.typical == pytest.approx(plain.tpot.typical / speed)


def test_that_many_points_at_once_equal_one_at_a_time() -> None:
    of = stack("deepseek-r1", "h200", precision="fp8", tensor=8)
    batches = np.array([1.0, 7.0, 50.0, 300.0])
    together = predict(of, SHORT, batches).run.steady.output_tokens
    alone = [predict(of, SHORT, batch).throughput.typical for batch in batches]
    assert together == pytest.approx(alone)


def test_that_requests_without_an_answer_cost_their_prefill_alone() -> None:
    reading = predict(stack("llama-3.1-8b", "h100-sxm"), Requests(2000, 0), 32.0)
    assert float(reading.run.steady.requests * reading.run.step.prefill) == pytest.approx(1)


def test_that_energy_is_power_over_throughput() -> None:
    at = predict(stack("llama-3.1-70b", "h100-sxm", precision="fp8", tensor=4), SHORT, 64.0)
    # 1.37 kW per H100 with its share of the server, as the catalogue has it
    assert float(at.joules_per_token) == pytest.approx(4 * 1370 / at.throughput.typical)
