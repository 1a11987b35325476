"""Predicted servers in hybrids: a class that a recipe makes is predicted as it is."""

import pytest

from pricing.bill import BillError
from pricing.evaluate import evaluate
from pricing.plan.plan import Plan
from tests.bill.hybrids import mix, monthly, route
from tests.bill.predicted import predicted, predicted_plan
from tests.bill.small import api, request_class

LAYERED = {"kind": "layered", "base": "api", "enhancement": "rented", "enhanced_share": 0.5}


def plan_of(input_tokens: float, output_tokens: float, cacheable: float = 0.0) -> Plan:
    served = request_class(
        input_tokens=input_tokens, output_tokens=output_tokens, cacheable_share=cacheable
    )
    return predicted_plan(predicted(), api(), mix(route(LAYERED)), classes=[served])


def test_that_an_enhancement_takes_as_long_as_a_class_of_its_length() -> None:
    """1,000 + 200 tokens in, of them the same 500 of prefix: 5/12 of 1,200 tokens."""
    enhanced = evaluate(plan_of(1000, 200, 0.5))
    seconds = monthly(enhanced, "rented.use.route_1.enhancement.seconds")
    alone = evaluate(plan_of(1200, 200, 500 / 1200))
    same = alone.values.monthly(alone.line("option.rented.use.seconds"))
    assert seconds == pytest.approx(same, rel=1e-6)


def test_that_an_enhancement_that_does_not_fit_names_the_option() -> None:
    """Request and answer fit into 131,072 tokens, both and a second answer do not."""
    with pytest.raises(BillError, match="enhancement") as told:
        evaluate(plan_of(120_000, 8000))
    assert told.value.path == "options.rented.serving"


def test_that_an_enhancement_runs_in_the_layout_that_suits_the_plan_s_classes() -> None:
    """Short questions want one accelerator a replica; a long rare class would want another."""
    short = request_class(input_tokens=200, output_tokens=100)
    rare = request_class(id="rare", name="Rare", requests=1, input_tokens=90_000, output_tokens=9)
    recipe = {**route(LAYERED), "request_class": "rare"}
    found = evaluate(
        predicted_plan(
            predicted({"tensor_parallel": None}, serves=["use"]), api(), mix(route(LAYERED)),
            classes=[short],
        )
    )  # fmt: skip
    layout = found.bill.predictions["rented"].work.stack.tensor
    pinned = evaluate(
        predicted_plan(
            predicted({"tensor_parallel": layout}), api(), mix(route(LAYERED), recipe),
            classes=[short, rare],
        )
    )  # fmt: skip
    free = evaluate(
        predicted_plan(
            predicted({"tensor_parallel": None}), api(), mix(route(LAYERED), recipe),
            classes=[short, rare],
        )
    )  # fmt: skip
    assert free.bill.predictions["rented"].work.stack.tensor == layout
    for key in ("use.route_1", "rare.route_2"):
        line = f"rented.{key}.enhancement.seconds"
        assert monthly(free, line) == pytest.approx(monthly(pinned, line))
