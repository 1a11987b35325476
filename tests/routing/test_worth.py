import pytest

from pricing.routing.worth import cheapest_nearly_best
from tests.routing.published import published


@pytest.mark.parametrize(
    ("cost", "quality", "place"),
    [
        ([3.0, 1.0, 0.1], [0.90, 0.89, 0.50], 1),
        ([3.0, 1.0, 0.1], [0.90, 0.88, 0.50], 0),
        ([1.0, 1.0], [0.890, 0.895], 1),
        ([2.0], [0.3], 0),
    ],
)
def test_that_the_plain_choice_is_the_cheapest_within_a_point_of_the_best(
    cost: list[float], quality: list[float], place: int
) -> None:
    assert cheapest_nearly_best(cost, quality) == place


def test_that_the_plain_choice_on_routerbench_is_its_best_model_as_no_other_comes_near() -> None:
    models = published("routerbench")["models"]
    cost, quality = [m["cost"] for m in models], [m["quality"] for m in models]
    assert models[cheapest_nearly_best(cost, quality)]["name"] == "GPT-4"
    assert models[cheapest_nearly_best(cost, quality, within=0.15)]["name"] == "Yi 34B"
