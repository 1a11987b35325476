"""Small hybrids for examples worked by hand."""

from typing import Any

import numpy as np

from pricing.bill.hybrid import HybridLines
from pricing.evaluation import Evaluation
from tests.bill.small import rented


def direct(option: str, **changes: Any) -> dict[str, Any]:
    """A route of all requests of the small plan's class to one option."""
    return route({"kind": "direct", "option": option}, **changes)


def route(recipe: dict[str, Any], share: float = 1.0, **changes: Any) -> dict[str, Any]:
    """A route of a share of the small plan's class."""
    return {"request_class": "use", "recipe": recipe, "shares": [{"share": share}], **changes}


def mix(*routes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A hybrid of these routes."""
    return {"kind": "hybrid", "id": "mix", "name": "Mix", "routes": list(routes), **changes}


def fleet(option: str, servers: int, from_month: int = 1) -> dict[str, Any]:
    """So many servers of an option from a month on."""
    return {"option": option, "servers": [{"from_month": from_month, "servers": servers}]}


def lines_of(evaluation: Evaluation, hybrid: str = "mix") -> HybridLines:
    """The lines of a hybrid by what they mean."""
    found = next(b.hybrid for b in evaluation.bill.options if b.option.id == hybrid)
    assert found is not None
    return found


def monthly(evaluation: Evaluation, key: str) -> np.ndarray:
    """A line of the hybrid month by month."""
    return evaluation.values.monthly(evaluation.line(f"option.mix.{key}"))


def category(evaluation: Evaluation, name: str, option: str = "mix") -> np.ndarray:
    """A category of the hybrid's bill; zeros where it has none."""
    found = evaluation.bill_of(option).categories.get(name)
    return np.zeros(evaluation.plan.months) if found is None else found.values


def check(evaluation: Evaluation, code: str) -> list[bool]:
    """Whether rules of a hybrid are kept, in every month."""
    return [
        bool(evaluation.values.monthly(found.kept).all())
        for found in lines_of(evaluation).checks
        if found.code == code
    ]


def cascade(**changes: Any) -> dict[str, Any]:
    """Of 0.6 and 0.8, both right 0.5: 0.1 × 0.6 + 0.8 × 0.4 = 0.38 of the answers go on."""
    return {"kind": "cascade", "small": "small", "large": "large", "accepts_right": 0.9,
            "accepts_wrong": 0.2, "both_right": 0.5, **changes}  # fmt: skip


def scored(*scores: tuple[str, float]) -> list[dict[str, Any]]:
    """Scores of models."""
    return [{"model": model, "score": score} for model, score in scores]


def cluster(identifier: str, **changes: Any) -> dict[str, Any]:
    """A rented server of 10 USD an hour that does 100 requests an hour, with a model."""
    return rented(id=identifier, name=identifier, serves_model=identifier, **changes)
