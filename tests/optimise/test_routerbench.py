"""The models of RouterBench: what reaches a mean score at the least cost is its published hull.

A class that may be split between models can have any point on the straight line between two of
them (Q. J. Hu et al., arXiv 2403.12031, 2024: the non-decreasing convex hull), so the least cost of
a mean score lies on the line through the models of the hull.
"""

from datetime import date

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import optimise
from tests.bill.small import api, plan, request_class
from tests.routing.published import published

MODELS = published("routerbench")["models"]
COST = np.array([model["cost"] for model in MODELS])
SCORE = np.array([model["quality"] for model in MODELS])
BEATEN = {"name": "Beaten", "cost": 0.002, "quality": 0.65}
"""Dearer than the mix of Yi 34B and GPT-4 with the same score."""


def test_that_the_hull_has_the_published_mean_quality() -> None:
    area = np.trapezoid(SCORE, COST) / (COST.max() - COST.min())
    assert area == pytest.approx(published("routerbench")["average_improvement"]["value"], abs=5e-5)


@pytest.mark.parametrize("floor", [0.306, 0.5, 0.62, 0.7, 0.7814])
def test_that_the_decision_costs_what_the_hull_of_routerbench_costs(
    floor: float, catalogue: Catalogue
) -> None:
    every = [*MODELS, BEATEN]
    offered = plan(
        *(
            api(
                id=f"o{place}", name=one["name"], model=f"m{place}",
                prices={"input": one["cost"] * 1e6, "output": 0},
            )
            for place, one in enumerate(every)
        ),
        # one token a request, so that a price per million tokens is one per million requests
        classes=[request_class(requests=1e9, input_tokens=1, output_tokens=0)],
        qualities=[
            {"model": f"m{place}", "score": one["quality"]} for place, one in enumerate(every)
        ],
        rules={"quality": floor},
    )  # fmt: skip
    found = optimise(
        offered, settings=Settings(gap=1e-6), catalogue=catalogue, today=date(2026, 11, 22)
    )
    bill = found.evaluation.bill_of(found.hybrid)
    assert bill.per_request.value == pytest.approx(np.interp(floor, SCORE, COST), rel=1e-3)
