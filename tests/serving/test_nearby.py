"""Measured points near a stack: which count as near, and how they are scaled."""

import math
from datetime import date

import pytest

from pricing.catalogue import load_catalogue
from pricing.plan.measurement import OwnMeasurement
from pricing.serving.measured.nearby import NearPoint, nearby
from pricing.serving.requests import Requests
from pricing.serving.stack import Stack

CATALOGUE = load_catalogue()


def stack(model: str = "llama-3.3-70b", accelerator: str = "h100-sxm") -> Stack:
    return Stack(
        model=CATALOGUE.open_model(model),
        accelerator=CATALOGUE.accelerator(accelerator),
        framework="vllm_2025",
        precision="fp8",
        kv_precision="fp16",
        tensor=4,
    )


def own(**changes: object) -> OwnMeasurement:
    values: dict[str, object] = {
        "model": "llama-3.3-70b", "accelerator": "h100-sxm", "tensor_parallel": 4,
        "input_tokens": 1000.0, "output_tokens": 200.0, "concurrency": 64.0,
        "output_tokens_per_second": 2000.0, "source": "our lab", "as_of": date(2026, 11, 1),
    }  # fmt: skip
    return OwnMeasurement.model_validate(values | changes)


def mine(points: tuple[NearPoint, ...]) -> list[NearPoint]:
    return [point for point in points if point.own]


def test_that_a_point_is_scaled_by_accelerators() -> None:
    """2,000 tokens/s on 4 accelerators are 4,000 on a server of 8."""
    points = nearby(stack(), Requests(1000, 200), 8, CATALOGUE, [own()])
    assert mine(points)[0].output_tokens == pytest.approx(4000)


def test_that_littles_law_gives_the_time_per_token_where_none_was_measured() -> None:
    """64 in flight at 2,000 tokens/s take 32 ms a token; 0.4 s to the first token is 2 ms of it."""
    plain, with_ttft = (
        mine(nearby(stack(), Requests(1000, 200), 8, CATALOGUE, [point]))[0]
        for point in (own(), own(ttft_ms=400.0))
    )
    assert plain.tpot == pytest.approx(0.032)
    assert with_ttft.tpot == pytest.approx(0.030)
    assert plain.derived
    assert with_ttft.derived


def test_that_a_measured_time_per_token_stands() -> None:
    point = mine(nearby(stack(), Requests(1000, 200), 8, CATALOGUE, [own(tpot_ms=41.0)]))[0]
    assert (point.tpot, point.derived) == (pytest.approx(0.041), False)


def test_that_full_load_without_latency_has_no_time_per_token() -> None:
    point = mine(nearby(stack(), Requests(1000, 200), 8, CATALOGUE, [own(concurrency=None)]))[0]
    assert math.isnan(point.tpot)


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({}, True),
        ({"input_tokens": 2000.0}, True),
        ({"input_tokens": 4000.0}, False),
        ({"output_tokens": 1000.0}, False),
        ({"accelerator": "h200"}, True),
        ({"accelerator": "mi300x"}, False),
        ({"model": "llama-3.1-8b"}, False),
    ],
)
def test_that_only_alike_work_on_the_same_family_is_near(
    changes: dict[str, object], near: bool
) -> None:
    points = nearby(stack(), Requests(1000, 200), 8, CATALOGUE, [own(**changes)])
    assert bool(mine(points)) is near


def test_that_shipped_points_of_a_model_of_the_same_shape_count() -> None:
    """Llama 3.1 and 3.3 of 70 billion weights do the same work."""
    points = nearby(stack(), Requests(1000, 200), 8, CATALOGUE)
    assert {point.model for point in points} >= {"Llama-3.1-70B"}
    assert all(point.source for point in points)


def test_that_an_accelerator_of_an_unmeasured_family_is_near_itself_only() -> None:
    gaudi = stack(accelerator="gaudi2")
    points = nearby(
        gaudi, Requests(1000, 200), 8, CATALOGUE,
        [own(accelerator="gaudi2"), own(accelerator="gaudi3")],
    )  # fmt: skip
    assert [point.accelerator for point in mine(points)] == ["Gaudi2"]
    assert mine(points)[0].same


def test_that_the_buyers_accelerator_goes_before_the_catalogues() -> None:
    renamed = CATALOGUE.accelerator("h100-sxm").model_copy(update={"name": "Our H100"})
    points = nearby(stack(), Requests(1000, 200), 8, CATALOGUE, [own()], [renamed])
    assert mine(points)[0].accelerator == "Our H100"
