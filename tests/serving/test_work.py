"""Work of one server under a service level."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.catalogue import load_catalogue
from pricing.plan.figure import Amount, PositiveAmount, Share
from pricing.plan.serving import Serving, Targets
from pricing.plan.workload import PeakToAverage, RequestClass
from pricing.serving import Hardware, Requests, ServerWork, ServingError, predict, server_work
from pricing.serving.work_figures import FEW, confidence_of


def request_class(name: str = "chat", **fields: Any) -> RequestClass:
    values: dict[str, Any] = {
        "id": name,
        "name": name,
        "requests": 10_000,
        "input_tokens": 1500,
        "output_tokens": 400,
        "profile": PeakToAverage(),
        **fields,
    }
    return RequestClass(**values)


def work(
    *classes: RequestClass,
    model: str = "llama-3.1-70b",
    accelerator: str = "h100-sxm",
    accelerators: int = 8,
    ttft: float | None = 2,
    tpot: float | None = 50,
    **fields: Any,
) -> ServerWork:
    catalogue = load_catalogue()
    serving = Serving(
        model=model,
        precision=fields.pop("precision", "fp8"),
        targets=Targets(
            ttft_seconds=None if ttft is None else PositiveAmount(value=ttft),
            tpot_milliseconds=None if tpot is None else PositiveAmount(value=tpot),
            percentile=fields.pop("percentile", 95),
        ),
        **fields,
    )
    hardware = Hardware(catalogue.accelerator(accelerator), accelerators)
    return server_work(
        serving, hardware, catalogue.open_model(model), classes or (request_class(),)
    )


def planned(of: ServerWork, name: str = "chat") -> float:
    """Server-seconds that must be planned for one request."""
    return of.seconds[name].value / of.usable_share.value


def test_that_the_chosen_batch_keeps_the_time_per_token_with_nothing_to_spare() -> None:
    chosen = work().classes["chat"].sweep.chosen
    assert 0.045 < float(chosen.tpot_at) <= 0.05


def test_that_server_seconds_are_those_of_the_replicas_at_the_chosen_batch() -> None:
    of = work()
    operation = of.classes["chat"].operation
    requests = Requests(1500, 400, output_variation=1.23)
    replica = predict(of.stack, requests, float(operation.batch))
    per_second = replica.throughput.typical / 400 * of.replicas
    assert of.seconds["chat"].value == pytest.approx(1 / per_second)
    assert of.replicas * of.stack.accelerators == 8


def test_that_the_interval_of_the_prediction_travels_with_the_figure() -> None:
    of = work(ttft=None, tpot=None)
    seconds = of.seconds["chat"]
    assert seconds.low is not None
    assert seconds.high is not None
    assert seconds.low < seconds.value < seconds.high
    assert seconds.high / seconds.value == pytest.approx(1 / of.correction.low)
    assert "measurements" in seconds.source
    assert seconds.as_of is not None


def test_that_a_slower_server_must_also_be_loaded_less_to_keep_its_targets() -> None:
    """Planning with an end of the interval plans what a server of that speed really keeps."""
    of = work(tensor_parallel=4)
    seconds = of.seconds["chat"]
    for end, speed in ((seconds.high, of.correction.low), (seconds.low, of.correction.high)):
        really = work(tensor_parallel=4, efficiency=PositiveAmount(value=speed))
        assert end is not None
        assert end / of.usable_share.value == pytest.approx(planned(really), rel=0.002)
    assert seconds.high is not None
    assert seconds.high / seconds.value > 1.05 / of.correction.low


def test_that_the_ends_plan_what_a_mix_of_classes_needs_there() -> None:
    mix = (
        request_class("chat"),
        request_class("documents", input_tokens=9000),
        request_class("nightly", urgency="batch"),
    )
    of = work(*mix, tensor_parallel=4)
    for end, speed in (("high", of.correction.low), ("low", of.correction.high)):
        really = work(*mix, tensor_parallel=4, efficiency=PositiveAmount(value=speed))
        told = sum(getattr(of.seconds[c.id], end) for c in mix) / of.usable_share.value
        assert told == pytest.approx(sum(planned(really, c.id) for c in mix), rel=0.005)


def test_that_targets_that_slow_hardware_cannot_keep_are_told() -> None:
    slowest = next(tpot for tpot in range(5, 60) if _possible(tpot))
    of = work(ttft=None, tpot=slowest, tensor_parallel=4)
    assert not of.classes["chat"].ends.keeps
    assert "no batch keeps the targets" in of.seconds["chat"].note
    assert of.seconds["chat"].high == pytest.approx(of.seconds["chat"].value / of.correction.low)
    easy = work(ttft=None, tpot=4 * slowest, tensor_parallel=4)
    assert easy.classes["chat"].ends.keeps
    assert "no batch keeps" not in easy.seconds["chat"].note


def _possible(tpot: float) -> bool:
    try:
        work(ttft=None, tpot=tpot, tensor_parallel=4)
    except ServingError:
        return False
    return True


@settings(max_examples=30)
@given(
    ttft=st.floats(0.3, 10),
    tpot=st.floats(15, 200),
    looser=st.tuples(st.floats(1, 4), st.floats(1, 4)),
)
def test_that_looser_targets_never_need_more_servers(
    ttft: float, tpot: float, looser: tuple[float, float]
) -> None:
    try:
        strict = work(ttft=ttft, tpot=tpot, tensor_parallel=4)
    except ServingError:
        return
    loose = work(ttft=ttft * looser[0], tpot=tpot * looser[1], tensor_parallel=4)
    assert planned(loose) <= planned(strict) * (1 + 1e-9)


def test_that_a_stricter_percentile_never_needs_fewer_servers() -> None:
    needs = [planned(work(percentile=p)) for p in (50, 90, 95, 99)]
    assert needs == sorted(needs)


def test_that_work_that_can_wait_has_no_targets() -> None:
    of = work(request_class(urgency="batch"), ttft=0.001, tpot=0.001)
    assert float(of.classes["chat"].operation.tpot_at) > 0.02


def test_that_the_layout_left_open_is_the_one_that_needs_fewest_servers() -> None:
    needs = {n: planned(work(tensor_parallel=n)) for n in (2, 4, 8)}
    chosen = work()
    assert chosen.stack.tensor == min(needs, key=lambda n: needs[n])
    assert planned(chosen) == pytest.approx(min(needs.values()))


def test_that_long_requests_take_server_time_of_their_own_size() -> None:
    """A5: a document of 30,000 tokens costs far more than its share of a mean request."""
    of = work(
        request_class("chat"),
        request_class("document", input_tokens=30_000, urgency="asynchronous"),
    )
    assert of.seconds["document"].value > 8 * of.seconds["chat"].value
    more = work(
        request_class("chat"),
        request_class("document", input_tokens=30_000, urgency="asynchronous"),
        memory_overhead=Amount(value=0.35),
    )
    assert more.seconds["document"].value > of.seconds["document"].value


def test_that_efficiency_divides_server_time_where_nothing_else_limits_it() -> None:
    """A11: kernels that are 18 % faster."""
    plain = work(ttft=None, tpot=None)
    faster = work(ttft=None, tpot=None, efficiency=PositiveAmount(value=1.18))
    assert plain.seconds["chat"].value / faster.seconds["chat"].value == pytest.approx(1.18)


def test_that_a_cached_prefix_makes_requests_cheaper() -> None:
    cached = request_class(cacheable_share=Share(value=0.8), cache_hit_rate=Share(value=0.9))
    assert planned(work(cached)) < planned(work())


def test_that_the_class_that_bears_least_load_decides_for_all_of_a_server() -> None:
    short = request_class("short", input_tokens=200, output_tokens=100)
    long = request_class("long", input_tokens=12_000)
    together = work(short, long, ttft=3, tensor_parallel=4)
    alone = [work(c, ttft=3, tensor_parallel=4).usable_share.value for c in (short, long)]
    assert together.usable_share.value == min(alone)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"tpot": 1}, "targets.tpot_milliseconds", "ms per output token"),
        ({"ttft": 0.001}, "targets.ttft_seconds", "allow more"),
        ({"tensor_parallel": 16}, "tensor_parallel", "one server has 8"),
        ({"accelerators": 1}, "accelerator", "weights"),
        ({"pipeline_parallel": 100}, "tensor_parallel", "one server has 8"),
    ],
)
def test_that_what_cannot_work_names_the_field_and_the_way_out(
    fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ServingError, match=words) as error:
        work(precision="bf16", **fields)
    assert error.value.field == field


def test_that_the_time_per_token_told_as_needed_is_never_the_target_itself() -> None:
    with pytest.raises(ServingError) as error:
        work(tpot=1)
    needed = float(error.value.args[0].partition("at least ")[2].split()[0])
    just_less = needed - 0.2
    with pytest.raises(ServingError, match=rf"at least {needed:g} ms .* is {just_less:.3g} ms"):
        work(tpot=just_less)


def test_that_a_time_per_token_only_an_idle_server_keeps_is_not_blamed_on_the_first_token() -> None:
    with pytest.raises(ServingError) as error:
        work(tpot=1)
    needed = float(error.value.args[0].partition("at least ")[2].split()[0])
    with pytest.raises(ServingError, match="only as long as nothing else is asked") as error:
        work(tpot=needed)
    assert error.value.field == "targets.tpot_milliseconds"
    assert work(tpot=needed * 1.3)


def test_that_few_measurements_or_reaching_beyond_them_lower_the_confidence() -> None:
    def confidence(*classes: RequestClass, **fields: Any) -> str:
        return work(*classes, **fields).seconds["chat"].confidence

    well_known = {"model": "llama-3.1-70b", "accelerator": "h100-sxm"}
    assert confidence(**well_known, framework="tensorrt-llm") in ("high", "medium")
    beyond = request_class(cacheable_share=Share(value=0.5))
    order = ("high", "medium", "low", "assumption")
    for accelerator in ("h100-sxm", "l40s", "ascend-910b"):
        plain, lower = (
            confidence(c, accelerator=accelerator, ttft=None, tpot=None, precision="fp8")
            for c in (request_class(), beyond)
        )
        assert order.index(lower) == min(order.index(plain) + 1, 2) or plain == "assumption"
    correction = work().correction
    one = replace(correction, evidence="measured", rows=1)
    many = replace(correction, evidence="measured", rows=FEW)
    assert confidence_of(one, beyond=False) == "medium"
    assert confidence_of(many, beyond=False) == "high"
