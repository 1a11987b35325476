"""The serving model against a second implementation, over the whole catalogue."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.catalogue import load_catalogue
from pricing.plan.figure import Share
from pricing.plan.serving import Speculative
from pricing.serving import Prediction, Requests, ServingError, Stack, predict
from pricing.serving.memory import memory_of
from pricing.serving.software import STACKS
from pricing.serving.stack import check_parallelism, point_of
from tests.serving.oracle import replica

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
