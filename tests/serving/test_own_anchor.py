"""Own points pull the prediction of their stack towards what was measured."""

from dataclasses import replace
from math import exp, log, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.catalogue import load_catalogue
from pricing.plan.figure import PositiveAmount
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Serving
from pricing.plan.workload import RequestClass
from pricing.serving import Hardware, Prediction, Requests, predict, server_work
from pricing.serving.measured.own_check import Held, hold
from pricing.serving.parameters import Anchor, Measured, Parameters, load_parameters
from tests.bill.small import request_class
from tests.serving.points import names
from tests.serving.stacks import stack

BETWEEN, WITHIN, UNLIKE = 0.195, 0.20, 0.5
TEN_PER_CENT = 1.2815515655446004
"""Of the normal distribution, from a table."""
STACK = stack("llama-3.1-70b", "h100-sxm", precision="fp8", tensor=4)
REQUESTS = Requests(1000, 500)


def known(**changes: Any) -> Parameters:
    """The shipped parameters with an interval as wide as the spread of points makes it."""
    width = exp(TEN_PER_CENT * sqrt(BETWEEN**2 + WITHIN**2))
    return replace(
        load_parameters(),
        stacks={},
        intervals=dict.fromkeys(load_parameters().intervals, (1 / width, width)),
        anchor=Anchor(BETWEEN, WITHIN, UNLIKE, "a test"),
        **changes,
    )


def predicted(*points: OwnMeasurement, of: Any = STACK, **changes: Any) -> Prediction:
    return predict(of, REQUESTS, 64.0, measurements=points, parameters=known(**changes))


def point(ratio: float, concurrency: float = 64.0, **changes: Any) -> OwnMeasurement:
    """A point with `ratio` times the throughput that is predicted for what it ran."""
    blank = OwnMeasurement(
        model="llama-3.1-70b", accelerator="h100-sxm", precision="fp8", tensor_parallel=4,
        input_tokens=1000, output_tokens=500, concurrency=concurrency,
        output_tokens_per_second=1, source="bench.csv",
    ).model_copy(update=changes)  # fmt: skip
    (plain,) = hold([blank], names(), after=(), parameters=known())
    assert plain.before is not None
    return blank.model_copy(update={"output_tokens_per_second": ratio * plain.before.typical})


def points(*ratios: float, **changes: Any) -> list[OwnMeasurement]:
    """Points of one setup at different concurrencies."""
    return [point(ratio, 8.0 + 16 * n, **changes) for n, ratio in enumerate(ratios)]


@pytest.mark.parametrize("ratios", [(0.8,), (0.8, 0.85), (1.2, 1.3, 1.25, 1.2)])
def test_that_points_of_the_very_setup_count_by_the_formula(ratios: tuple[float, ...]) -> None:
    n, mean = len(ratios), sum(map(log, ratios)) / len(ratios)
    found = predicted(*points(*ratios)).correction
    share = n * BETWEEN**2 / (n * BETWEEN**2 + WITHIN**2)
    assert log(found.factor) == pytest.approx(share * mean)
    spread = sqrt(WITHIN**2 + BETWEEN**2 * (1 - share))
    assert log(found.high) == pytest.approx(TEN_PER_CENT * spread)
    assert log(found.low) == pytest.approx(-TEN_PER_CENT * spread)


def test_that_throughput_goes_with_the_factor() -> None:
    plain, found = predicted(), predicted(*points(0.8, 0.8))
    assert found.throughput.typical == pytest.approx(
        plain.throughput.typical * found.correction.factor
    )
    assert found.tpot.typical == pytest.approx(plain.tpot.typical / found.correction.factor)


def test_that_evidence_names_the_buyers_points() -> None:
    mixed = [*points(0.9, 0.9), point(0.9, 100, source="lab.csv")]
    found = predicted(*mixed).correction
    assert (found.evidence, found.own, found.rows) == ("measured", 3, 3)
    assert found.own_sources == found.sources == ("bench.csv", "lab.csv")
    published = {"llama-3.1-70b|h100-sxm|vllm_2025": Measured(1.1, 12, ("a page",))}
    both = predict(
        STACK, REQUESTS, measurements=mixed, parameters=replace(known(), stacks=published)
    ).correction
    assert (both.own, both.rows) == (3, 15)
    assert both.sources == ("bench.csv", "lab.csv", "a page")


def test_that_what_is_published_of_the_stack_is_not_counted_twice() -> None:
    published = {"llama-3.1-70b|h100-sxm|vllm_2025": Measured(0.8, 12, ())}
    with_it = replace(known(), stacks=published)
    agreeing = predict(STACK, REQUESTS, measurements=points(0.8), parameters=with_it)
    assert agreeing.correction.factor == pytest.approx(0.8)


@pytest.mark.parametrize(
    "changes",
    [{"model": "llama-3.1-8b"}, {"accelerator": "h200"}, {"framework": "sglang"}],
)
def test_that_points_of_another_stack_do_not_count(changes: dict[str, str]) -> None:
    assert predicted(*points(0.7, 0.7, **changes)).correction == predicted().correction


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({"precision": "bf16"}, UNLIKE),
        ({"tensor_parallel": 8}, UNLIKE),
        ({"pipeline_parallel": 2}, UNLIKE),
        ({"precision": "bf16", "tensor_parallel": 8}, UNLIKE**2),
    ],
)
def test_that_points_of_another_setup_count_less(changes: dict[str, Any], share: float) -> None:
    own = predicted(point(0.8)).correction
    found = predicted(point(0.8, **changes)).correction
    assert log(found.factor) == pytest.approx(share * log(own.factor))
    assert predicted().correction.low < found.low < own.low


def test_that_the_same_configuration_run_often_is_one_observation() -> None:
    once = predicted(point(0.8)).correction
    often = predicted(point(0.8), point(0.79), point(0.81), point(0.8)).correction
    assert often.factor == pytest.approx(once.factor)
    assert often.low == pytest.approx(once.low)
    assert often.own == 4


def test_that_one_wild_point_among_three_does_not_count() -> None:
    fine = predicted(*points(0.9, 0.92)).correction
    found = predicted(*points(0.9, 0.92, 10.0)).correction
    assert found.factor == pytest.approx(fine.factor)
    assert found.own == 2


def test_that_a_lone_wild_point_is_held_back() -> None:
    most = exp(2 * sqrt(BETWEEN**2 + WITHIN**2))
    assert predicted(point(100.0)).correction.factor == pytest.approx(
        predicted(point(most)).correction.factor
    )


def test_that_many_points_that_agree_are_believed_however_far_they_are() -> None:
    far = predicted(*points(*[0.3] * 12)).correction
    assert far.factor == pytest.approx(0.3, rel=0.15)


def test_that_two_camps_of_points_leave_one_standing() -> None:
    assert predicted(*points(0.2, 0.2, 5.0, 5.0)).correction.own == 2


def test_that_an_unsure_stack_is_pulled_further_and_a_sure_one_less() -> None:
    def factor(width: float) -> float:
        wide = dict.fromkeys(load_parameters().intervals, (1 / width, width))
        return predict(
            STACK, REQUESTS, measurements=[point(0.8)], parameters=replace(known(), intervals=wide)
        ).correction.factor

    assert 0.8 < factor(2.0) < factor(1.43) < factor(1.2) + 1e-9 < 1


def test_that_an_interval_to_one_side_comes_to_lie_around_what_was_measured() -> None:
    lopsided = dict.fromkeys(load_parameters().intervals, (0.31, 1.6))
    like = replace(known(), intervals=lopsided)
    found = [
        predict(STACK, REQUESTS, measurements=points(*[0.9] * n), parameters=like).correction
        for n in (1, 3, 30)
    ]
    skews = [log(item.low * item.high) for item in found]
    assert log(0.31 * 1.6) < skews[0] < skews[1] < skews[2] < 0
    assert skews[2] == pytest.approx(0, abs=0.01)
    for item in found:
        assert 0.31 < item.low < 1 < item.high < 1.6


def test_that_a_point_which_does_not_fit_by_our_count_does_not_count() -> None:
    tight = point(0.8).model_copy(update={"tensor_parallel": 1, "precision": "bf16"})
    assert predicted(tight).correction == predicted().correction
    (held,) = hold([tight], names(), parameters=known())
    assert held.before is None
    assert "does not fit on 1 x H100-SXM" in held.reason


@given(st.lists(st.floats(0.3, 3), min_size=1, max_size=6), st.randoms())
def test_that_the_order_of_points_does_not_matter(ratios: list[float], random: Any) -> None:
    mixed = points(*ratios)
    first = predicted(*mixed).correction
    random.shuffle(mixed)
    again = predicted(*mixed).correction
    assert again.factor == pytest.approx(first.factor)
    assert (again.low, again.own) == (pytest.approx(first.low), first.own)


@given(st.lists(st.floats(0.75, 1.3), min_size=1, max_size=8))
def test_that_the_prediction_moves_towards_the_points_but_never_beyond(
    ratios: list[float],
) -> None:
    factor = predicted(*points(*ratios)).correction.factor
    assert min(1, *ratios) - 1e-9 <= factor <= max(1, *ratios) + 1e-9


def test_that_a_point_is_told_before_and_after() -> None:
    new = points(0.8, 0.8, 0.8)
    held = hold(new, names(), parameters=known())
    factor = predicted(*new).correction.factor
    for item in held:
        assert item.error == pytest.approx(1 / 0.8 - 1)
        assert item.error_after == pytest.approx(factor / 0.8 - 1)
        assert (item.far, item.wild) == (False, False)
    later = hold(points(1.0), names(), before=new, parameters=known())
    assert later[0].error == pytest.approx(factor - 1)


def test_that_points_far_off_are_marked() -> None:
    held = hold(points(0.9, 0.9, 9.0), names(), parameters=known())
    assert [item.far for item in held] == [False, False, True]
    assert [item.wild for item in held] == [False, False, True]


def test_that_a_point_without_a_data_sheet_says_so() -> None:
    lost = point(1.0).model_copy(update={"model": "gone"})
    (held,) = hold([lost], names(), parameters=known())
    assert isinstance(held, Held)
    assert "no model 'gone'" in held.reason


def server(*own: OwnMeasurement) -> PositiveAmount:
    """Server time of a request on eight accelerators."""
    serving = Serving(
        model="llama-3.1-70b", accelerator="h100-sxm", precision="fp8", tensor_parallel=4
    )
    hardware = Hardware(load_catalogue().accelerator("h100-sxm"), 8)
    model = load_catalogue().open_model("llama-3.1-70b")
    classes = [RequestClass.model_validate(request_class())]
    return server_work(serving, hardware, model, classes, own, known()).seconds["use"]


def test_that_the_figures_of_a_server_name_the_buyers_file() -> None:
    plain, figure = server(), server(*points(0.8, 0.8, 0.8))
    assert "anchored on 3 measurements of your own (bench.csv)" in figure.source
    assert "of your own" not in plain.source
    assert figure.value > plain.value
    assert figure.confidence == "high"
    assert figure.note.endswith("80 % interval, measured")


def test_that_many_files_are_told_by_three_names_and_a_number() -> None:
    many = [point(0.9, 8.0 + n, source=f"{n}.csv") for n in range(5)]
    assert "5 measurements of your own (0.csv, 1.csv, 2.csv and 2 more)" in server(*many).source
