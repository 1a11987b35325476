"""Ids of options beside a hybrid, and the range of a correlation."""

from typing import Any

import pytest
from pydantic import ValidationError

from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade
from tests.bill.sample import six_options


def _with_hybrid(identifier: str) -> dict[str, Any]:
    document = six_options().model_dump()
    api = dict(document["options"][0])
    other = {**api, "id": identifier, "name": "Another API"}
    hybrid = {"kind": "hybrid", "id": "mix", "name": "Mix"}
    return {**document, "options": [*document["options"], other, hybrid]}


def test_that_an_option_cannot_be_called_like_a_part_of_a_hybrid() -> None:
    with pytest.raises(ValidationError, match=r"mix\.api is what the part of api in mix is called"):
        Plan.model_validate(_with_hybrid("mix.api"))
    Plan.model_validate(_with_hybrid("mix.other"))


@pytest.mark.parametrize("value", [-1.0, -0.97, 0.0, 1.0])
def test_that_every_correlation_is_possible(value: float) -> None:
    recipe = {"small": "a", "large": "b", "accepts_right": 0.9, "accepts_wrong": 0.1}
    assert Cascade.model_validate({**recipe, "correlation": value}).correlation is not None
    with pytest.raises(ValidationError, match="correlation"):
        Cascade.model_validate({**recipe, "correlation": 1.01})
