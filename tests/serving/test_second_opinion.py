"""The serving model against a second implementation, over the whole catalogue."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.catalogue import load_catalogue
from pricing.ledger import Input
from pricing.messages import sentence
from pricing.plan.figure import Share
from pricing.plan.serving import Precision, Speculative
from pricing.serving import Prediction, Requests, ServingError, Stack, predict
from pricing.serving.chip import chip_of
from pricing.serving.columns import numbers
from pricing.serving.counts import counts_of
from pricing.serving.extrapolation import (
    LONGEST_INPUT,
    LONGEST_OUTPUT,
    WIDEST,
    beyond_measurements,
)
from pricing.serving.measured.names import Names
from pricing.serving.measured.shipped import shipped_measurements
from pricing.serving.memory import kv_bytes, memory_of, state_bytes, weight_bytes
from pricing.serving.software import STACKS
from pricing.serving.stack import check_parallelism, point_of
from tests.bill.predicted import bill, predicted, work_of
from tests.bill.small import request_class
from tests.serving.oracle import replica
from tests.serving.stacks import stack

CATALOGUE = load_catalogue()
MODELS = [CATALOGUE.open_model(line.id) for line in CATALOGUE.open_models()]
ACCELERATORS = [
    sheet
    for sheet in (CATALOGUE.accelerator(line.id) for line in CATALOGUE.accelerators())
    if sheet.memory_gb and sheet.bandwidth_gb_s and sheet.bf16_tflops
]
POWERS = st.sampled_from((1, 2, 4, 8))


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    """Any model on any accelerator in any way that software can do."""
    model = draw(st.sampled_from(MODELS))
    of = Stack(
        model=model,
        accelerator=draw(st.sampled_from(ACCELERATORS)),
        framework=draw(st.sampled_from((*STACKS, ""))),
        precision=draw(st.sampled_from(("bf16", "fp16", "fp8", "int8", "nvfp4", "mxfp4", "int4"))),
        kv_precision=draw(st.sampled_from(("fp16", "fp8"))),
        tensor=draw(POWERS),
        data=draw(POWERS) if model.n_experts else 1,
        pipeline=draw(st.sampled_from((1, 2, 3, 4))),
        memory_overhead=draw(st.sampled_from((0.0, 0.35))),
    )
    try:
        check_parallelism(of)
    except ServingError:
        return Stack(
            of.model, of.accelerator, of.framework, of.precision, of.kv_precision, pipeline=4
        )
    return of


@st.composite
def requests(draw: st.DrawFn) -> Requests:
    """Any lengths, from one token to a context of a million."""
    speculative = draw(
        st.none()
        | st.builds(
            Speculative,
            draft_tokens=st.integers(1, 16),
            acceptance=st.floats(0, 1).map(lambda value: Share(value=value)),
            draft_cost=st.floats(0, 0.3).map(lambda value: Share(value=value)),
        )
    )
    return Requests(
        input=round(math.exp(draw(st.floats(0, math.log(1e6))))),
        output=round(math.exp(draw(st.floats(0, math.log(5e4))))) - 1,
        input_variation=draw(st.floats(0, 3)),
        output_variation=draw(st.floats(0, 3)),
        cached=draw(st.floats(0, 1)),
        speculative=speculative,
    )


def same(ours: float, theirs: float) -> bool:
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-15)


@settings(max_examples=400)
@given(
    of=stacks(),
    lengths=requests(),
    concurrency=st.sampled_from((1.0, 2.0, 3.0, 17.0, 64.0, 1000.0, math.inf)),
    speed=st.floats(0.3, 3),
)
def test_that_a_second_implementation_predicts_the_same(
    of: Stack, lengths: Requests, concurrency: float, speed: float
) -> None:
    expected = replica(of, lengths, concurrency, speed)
    memory = memory_of(point_of(of, lengths.traffic()))
    for name, told in {
        "weights": memory.weights,
        "buffers": memory.activations,
        "per_sequence": memory.per_sequence,
        "sequences": memory.sequences,
    }.items():
        assert same(float(told), getattr(expected, name)), name
    try:
        found = predict(of, lengths, concurrency, speed=speed)
    except ServingError:
        whole = lengths.input + lengths.output
        assert expected.sequences < 1 or whole > (of.model.max_context or math.inf)
        return
    for name, value in _told(found).items():
        assert same(value, getattr(expected, name)), name
    assert _ends(found) == pytest.approx((expected.low, expected.high))


def _told(found: Prediction) -> dict[str, float]:
    step, steady = found.run.step, found.run.steady
    watts = found.stack.accelerator.all_in_kw or found.stack.accelerator.tdp_w
    energy = watts and found.requests.output
    return {
        "reading": float(step.weights),
        "cache": float(step.kv),
        "arithmetic": float(step.compute),
        "communication": float(step.communication),
        "software": float(step.overhead),
        "step": float(step.decode),
        "prefill": float(step.prefill),
        "hidden": float(step.hidden),
        "requests": float(steady.requests),
        "output_tokens": float(steady.output_tokens),
        "tpot": float(steady.tpot),
        "tpot_in_step": float(steady.tpot_in_step),
        "ttft": float(steady.ttft),
        **({"joules": float(found.joules_per_token)} if energy else {}),
    }


def _ends(found: Prediction) -> tuple[float, float]:
    if not found.requests.output:
        return found.correction.low, found.correction.high
    of = found.throughput
    return of.low / of.typical, of.high / of.typical


@settings(max_examples=200)
@given(of=stacks(), lengths=requests(), concurrency=st.sampled_from((1.0, 64.0, math.inf)))
def test_that_nothing_goes_faster_than_the_data_sheet(
    of: Stack, lengths: Requests, concurrency: float
) -> None:
    try:
        found = predict(of, lengths, concurrency)
    except ServingError:
        return
    assert all(math.isfinite(value) and value >= 0 for value in _told(found).values())
    point = point_of(of, lengths.traffic())
    counts = counts_of(point, found.run.steady.batch)
    step, traffic = found.run.step, point.traffic
    read = counts.weights_read + counts.experts_read + counts.kv_read
    assert float(step.decode * traffic.accepted) >= float(read / point.chip.bandwidth)
    computed = (
        counts.prefill_flops / point.layout.attention_flops
        + counts.prefill_experts_flops / point.layout.flops
        + counts.prefill_attention_flops / point.chip.flops_16
    )
    assert float(step.prefill) >= float(computed)


@pytest.mark.parametrize(
    ("model", "kilobytes"),
    [
        # DeepSeek-AI, "Insights into DeepSeek-V3" (arXiv 2505.09343), table 1: bf16, decimal kB
        ("deepseek-v3", 70.272),
        ("qwen2.5-72b", 327.680),
        ("llama-3.1-405b", 516.096),
        # config.json: 94 layers x 2 x 4 heads x 128 x 2 bytes; 15 of 60 layers x 2 x 2 x 256 x 2
        ("qwen3-235b-a22b", 192.512),
        ("qwen3.5-397b-a17b", 30.720),
        # 36 layers x 2 x 8 x 64 x 2 bytes while the windows of 128 tokens are not full
        ("gpt-oss-120b", 73.728),
    ],
)
def test_that_a_token_caches_what_its_makers_publish(model: str, kilobytes: float) -> None:
    of = _of(model, "h200")
    assert float(kv_bytes(point_of(of, Requests(1, 0).traffic()), numbers(1))) == kilobytes * 1000


def test_that_linear_attention_keeps_a_matrix_per_head_and_not_nothing() -> None:
    """45 layers x 64 heads x 128 x 128 x 4 bytes of Qwen3.5-397B: as much as 6,144 cached tokens.

    Shape and 32 bit: linear_num_value_heads and mamba_ssm_dtype of its config.json.
    """
    point = point_of(_of("qwen3.5-397b-a17b", "h200", tensor=2), Requests(1, 0).traffic())
    assert float(state_bytes(point)) == 45 * 64 * 128 * 128 * 4 / 2
    assert float(state_bytes(point_of(_of("qwen3-8b", "h200"), Requests(1, 0).traffic()))) == 0


@pytest.mark.parametrize(
    ("model", "precision", "gb"),
    [
        # OpenAI, gpt-oss model card, table 1: checkpoints of 60.8 and 12.8 GiB
        ("gpt-oss-120b", "mxfp4", 60.8 * 1.073741824),
        ("gpt-oss-20b", "mxfp4", 12.8 * 1.073741824),
        # 671 B weights in 8 bit, embedding and head (0.93 B each) in 16
        ("deepseek-r1", "fp8", 672.9),
        ("llama-3.1-405b", "bf16", 811.7),
    ],
)
def test_that_weights_take_the_memory_of_the_published_checkpoint(
    model: str, precision: Precision, gb: float
) -> None:
    point = point_of(_of(model, "b300", precision=precision), Requests(1, 0).traffic())
    assert float(weight_bytes(point)) / 1e9 == pytest.approx(gb, rel=0.015)


@pytest.mark.parametrize(
    ("model", "full", "windowed", "window"),
    [
        # layers that see everything, layers that see a window, and its tokens, from config.json
        ("gpt-oss-120b", 18, 18, 128),
        ("gemma-3-27b", 10, 52, 1024),
        ("llama-4-scout", 12, 36, 8192),
    ],
)
def test_that_a_long_context_fills_only_the_layers_that_see_it(
    model: str, full: int, windowed: int, window: int
) -> None:
    of = _of(model, "h200")
    sheet, tokens = of.model, 100_000
    per_layer = 2 * sheet.n_kv_heads * sheet.head_size * 2
    found = kv_bytes(point_of(of, Requests(1, 0).traffic()), numbers(tokens))
    assert float(found) == pytest.approx(per_layer * (full * tokens + windowed * window))


def test_that_a_request_must_fit_into_one_group() -> None:
    """Two groups with half of what a request needs do not hold one between them."""
    of = _of("deepseek-r1", "h200", precision="fp8", data=8)
    long = Requests(150_000, 10_000)
    one = float(memory_of(point_of(of, long.traffic())).sequences) / 8
    share = next(
        n / 100
        for n in range(90, 0, -1)
        if memory_of(point_of(replace(of, memory_share=n / 100), long.traffic())).sequences < 1
    )
    whole = memory_of(point_of(replace(of, memory_share=share + 0.01), long.traffic()))
    assert one > 1
    assert float(whole.sequences) >= 8, "each of the groups holds one as soon as one does"


@pytest.mark.parametrize("accelerator", ["tpu-v7", "trainium2"])
def test_that_a_link_nobody_states_is_a_bus_and_not_a_trickle(accelerator: str) -> None:
    of = _of("llama-3.1-8b", accelerator, tensor=8)
    assert of.accelerator.interconnect_gb_s is None
    step = predict(of, Requests(1000, 200), 8.0).run.step
    assert float(step.communication) < 0.02


def test_that_four_bits_on_ampere_save_reading_alone() -> None:
    four, sixteen = (
        predict(_of("llama-3.1-8b", "a100-sxm-80gb", precision=p), Requests(1000, 200), 8.0)
        for p in ("nvfp4", "bf16")
    )
    assert float(four.run.step.compute) == float(sixteen.run.step.compute)
    assert float(four.run.step.prefill) == float(sixteen.run.step.prefill)
    assert float(four.run.step.weights) < 0.4 * float(sixteen.run.step.weights)


def test_that_arithmetic_slower_than_16_bit_is_left_alone() -> None:
    """B300 has 154 TOP/s of integers and 2,250 TFLOP/s in 16 bit: weights are unpacked instead."""
    eight, sixteen = (
        predict(_of("llama-3.1-8b", "b300", precision=p), Requests(1000, 200), 64.0).run.step
        for p in ("int8", "bf16")
    )
    assert float(eight.compute) == float(sixteen.compute)
    assert float(eight.weights) < 0.6 * float(sixteen.weights)


@pytest.mark.parametrize(
    ("accelerator", "mib"),
    [
        # memory.total of nvidia-smi, reported to github.com/modal-labs/modal-client/pull/2797
        ("h100-sxm", 81_559),
        ("a100-sxm-80gb", 81_920),
        ("a100-sxm-40gb", 40_960),
        ("a10", 23_028),
        ("l40s", 46_068),
        ("l4", 23_034),
        ("t4", 15_360),
    ],
)
def test_that_memory_is_what_the_driver_tells(accelerator: str, mib: int) -> None:
    found = float(chip_of(CATALOGUE.accelerator(accelerator)).memory) / 2**20
    assert found == pytest.approx(mib, rel=0.006)


def test_that_a_prompt_alone_passes_every_stage_of_a_pipeline() -> None:
    """Stages share the work of many prompts, not that of one."""
    requests = Requests(4000, 200)
    one, four = (
        predict(_of("llama-3.1-8b", "h100-sxm", pipeline=n), requests, 4.0) for n in (1, 4)
    )
    assert float(four.run.step.prefill) < 0.3 * float(one.run.step.prefill)
    assert four.ttft.typical == pytest.approx(one.ttft.typical, rel=0.05)
    long = Requests(120_000, 200)
    one, four = (predict(_of("llama-3.1-8b", "h100-sxm", pipeline=n), long, 1.0) for n in (1, 4))
    assert four.ttft.typical < 0.4 * one.ttft.typical, "its chunks follow each other"


def test_that_reaching_beyond_what_was_measured_is_told() -> None:
    points = list(shipped_measurements(Names.of(CATALOGUE)))
    assert max(point.input_tokens for point in points) <= LONGEST_INPUT
    assert max(point.output_tokens for point in points) <= LONGEST_OUTPUT
    assert max(point.tensor for point in points) <= WIDEST
    assert "int8" not in {point.precision for point in points}
    assert not any(CATALOGUE.open_model(p.model).linear_layers for p in points if p.model)
    assert sum(p.pipeline > 1 or p.data > 1 for p in points) < len(points) / 100
    plain = _of("llama-3.1-70b", "h200", tensor=8)
    assert beyond_measurements(plain, [Requests(32_000, 8_000)]) == ()
    told = beyond_measurements(
        _of("qwen3.5-397b-a17b", "h200", "int8", tensor=4, pipeline=2),
        [Requests(1000, 100), Requests(100_000, 9_000, cached=0.5)],
    )
    assert [what.split()[0] for what in told] == [
        "inputs", "outputs", "prefix", "layers", "weights", "pipeline",
    ]  # fmt: skip
    evaluation = bill(predicted(), classes=[request_class(input_tokens=50_000)])
    (finding,) = [f for f in evaluation.findings if f.code == "serving.beyond_measurements"]
    assert "has inputs of more than 32,000 tokens;" in sentence(finding)


def test_that_a_bill_is_the_second_implementation_times_hand_arithmetic() -> None:
    """400 requests a second, one spare server, four hours of maintenance in months of 730."""
    flat = {"requests": 730 * 3600 * 400, "output_variation": 0.5}
    targets = {"ttft_seconds": 1.5, "tpot_milliseconds": 30}
    option = predicted({"targets": targets}, spare_servers=1, maintenance_hours=4)
    evaluation = bill(option, classes=[request_class(**flat)])
    work = work_of(evaluation.plan, "rented")
    operation = work.classes["use"].operation
    assert work.classes["use"].level.tpot == 0.030
    lengths = Requests(1000, 200, output_variation=0.5)
    one = replica(work.stack, lengths, float(operation.batch))
    seconds = 1 / (8 * one.requests)
    busy = 400 * seconds
    units = busy / (work.usable_share.value * (1 - 4 / 730))
    servers = math.ceil(units) + 1
    option_bill = evaluation.bill_of("rented")
    assert option_bill.servers is not None
    assert option_bill.mean_utilisation is not None
    assert option_bill.servers.values == pytest.approx([servers] * 12)
    assert option_bill.mean_utilisation.value == pytest.approx(busy / servers)
    assert option_bill.tco.value == pytest.approx(servers * 10 * 730 * 12)
    entry = evaluation.ledger.find("option.rented.use.predicted")
    assert isinstance(entry, Input)
    assert entry.value == pytest.approx(seconds)
    origin = entry.provenance
    assert origin.low is not None
    assert origin.high is not None
    assert origin.low <= seconds / one.high, "few seconds are much throughput"
    assert origin.high >= seconds / one.low


def _of(model: str, accelerator: str, precision: Precision = "bf16", **ways: int) -> Stack:
    return stack(model, accelerator, precision=precision, **ways)
