"""The cheapest way to serve a load with each model that may serve."""

import math
from dataclasses import replace

import pytest

from pricing.catalogue import load_catalogue
from pricing.serving import Requests, ServingError
from pricing.serving.precision import FORMATS
from pricing.serving.search.candidates import Software
from pricing.serving.search.ranking import search
from pricing.serving.search.rightsizing import Needs, RightSizing, right_size
from tests.serving.markets import CHAT, SMALL, load, market, model, rented

NAMES = (
    "llama-3.1-8b", "llama-3.1-70b", "qwen3-32b", "qwen2.5-3b", "phi-2", "mistral-large-2",
    "deepseek-r1", "gpt-oss-120b",
)  # fmt: skip
SCORES = {"llama-3.1-8b": 0.6, "qwen3-32b": 0.78, "llama-3.1-70b": 0.8, "gpt-oss-120b": 0.82}


def sized(needs: Needs | None = None, **changes: object) -> RightSizing:
    options = {"models": [model(name) for name in NAMES], "market": SMALL, **changes}
    return right_size([CHAT], needs, **options)  # type: ignore[arg-type]


def ids(of: tuple[object, ...]) -> list[str]:
    return [item.model.id for item in of]  # type: ignore[attr-defined]


def test_that_the_cheapest_model_that_is_good_enough_comes_first() -> None:
    found = sized(Needs(floor=0.75, quality=SCORES))
    costs = [item.row.cost.typical for item in found.good_enough if item.row]
    assert set(ids(found.good_enough)) == {"qwen3-32b", "llama-3.1-70b", "gpt-oss-120b"}
    assert costs == sorted(costs)
    for item in found.good_enough:
        assert item.quality is not None
        assert item.quality >= 0.75


def test_that_a_model_below_the_floor_is_named_with_both_scores() -> None:
    (item,) = (
        item
        for item in sized(Needs(floor=0.75, quality=SCORES)).left_out
        if item.obstacle == "quality"
    )
    assert item.model.id == "llama-3.1-8b"
    assert "60 %" in item.reason
    assert "75 %" in item.reason


def test_that_without_scores_models_come_by_size_with_their_cost_and_no_score() -> None:
    found = sized()
    assert found.good_enough == ()
    sizes = [item.model.total_params_b.value for item in found.not_scored]
    assert sizes == sorted(sizes)
    for item in found.not_scored:
        assert item.quality is None
        best = search(item.model, [CHAT], market=SMALL).best
        assert item.row == best


def test_that_a_licence_without_commercial_use_keeps_a_model_out_unless_it_is_not_needed() -> None:
    barred = {item.model.id for item in sized().left_out if item.obstacle == "licence"}
    assert barred == {"qwen2.5-3b", "mistral-large-2"}
    research = sized(Needs(commercial=False))
    assert barred <= set(ids(research.not_scored))
    for item in sized().left_out:
        if item.obstacle == "licence":
            assert "does not allow commercial use" in item.reason


def test_that_requests_longer_than_the_context_keep_a_model_out() -> None:
    long = load(requests=Requests(20_000, 500, 0.5, 0.5), ttft=60.0)
    found = right_size([long], models=[model("phi-2"), model("llama-3.1-8b")], market=SMALL)
    (item,) = found.left_out
    assert (item.model.id, item.obstacle) == ("phi-2", "context")
    assert "2,048" in item.reason
    assert ids(found.not_scored) == ["llama-3.1-8b"]


def test_that_a_model_no_server_holds_or_serves_in_time_says_why() -> None:
    small = market(rented("h100-sxm", 1, 3), rented("l40s", 8, 8))
    found = sized(None, models=[model("kimi-k2"), model("llama-3.1-8b")], market=small)
    (item,) = found.left_out
    assert (item.model.id, item.obstacle) == ("kimi-k2", "servers")
    assert "No server on offer meets the targets with Kimi-K2" in item.reason
    assert "8 x L40S" in item.reason


def test_that_a_floor_allows_only_precisions_whose_effect_is_known() -> None:
    of = {"models": [model("llama-3.1-70b")], "market": SMALL}
    score = {"llama-3.1-70b": 0.8}
    busy = [load(rates=(40.0,))]
    free = right_size(busy, Needs(quality=score), **of).good_enough[0]  # type: ignore[arg-type]
    kept = right_size(busy, Needs(0.79, score), **of).good_enough[0]  # type: ignore[arg-type]
    assert free.row is not None
    assert kept.row is not None
    assert FORMATS[free.row.stack.precision].bytes <= 1
    assert kept.row.lossless
    assert kept.row.cost.typical >= free.row.cost.typical
    change = {"fp8": -0.005, "int8": -0.05}
    known = right_size(busy, Needs(0.79, score, change), **of).good_enough[0]  # type: ignore[arg-type]
    assert known.row is not None
    assert known.row.stack.precision in ("fp8", "bf16")
    assert known.quality == pytest.approx(0.795 if known.row.stack.precision == "fp8" else 0.8)


def test_that_precisions_of_the_software_stay_the_only_ones() -> None:
    found = sized(Needs(), software=Software(precisions=("fp8",)))
    for item in found.not_scored:
        assert item.row is not None
        assert item.row.stack.precision == "fp8"
    asked = {item.model.id: item.reason for item in found.left_out if item.obstacle == "servers"}
    assert "gpt-oss-120b" in asked


def test_that_every_model_of_the_catalogue_is_somewhere_once() -> None:
    found = right_size([replace(CHAT, level=replace(CHAT.level, tpot=math.inf))])
    everywhere = [*found.good_enough, *found.not_scored, *found.left_out]
    assert sorted(item.model.id for item in everywhere) == sorted(
        line.id for line in load_catalogue().open_models()
    )
    for item in everywhere:
        assert (item.row is None) == (item.obstacle is not None) == bool(item.reason)


def test_that_a_load_that_cannot_be_is_refused() -> None:
    with pytest.raises(ServingError, match="at least one request class"):
        right_size([])
