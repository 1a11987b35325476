"""Documents of plans with entries replaced, and what is said of them."""

import json
from typing import Any

import pytest

from pricing.plan.document import validate_document
from pricing.plan.file import plan_text
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError, Problem


def replaced(text: str, way: str, value: object) -> dict[str, Any]:
    """The document of a plan file with one entry replaced.

    Args:
        text: The plan file.
        way: Keys and places down to the entry, with slashes; "+" is a new last one of a list.
        value: The new entry; `...` removes it.
    """
    document: dict[str, Any] = json.loads(text)
    node: Any = document
    *parents, leaf = way.split("/")
    for step in parents:
        node = node[int(step) if isinstance(node, list) else step]
    if value is ...:
        del node[leaf]
    elif leaf == "+":
        node.append(value)
    else:
        node[int(leaf) if isinstance(node, list) else leaf] = value
    return document


def refused(document: dict[str, Any]) -> tuple[Problem, ...]:
    """Why a document is no plan."""
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    return caught.value.problems


def said_of(plan: Plan, **entries: object) -> list[str]:
    """What is said of a plan when these top entries of it are others."""
    return [problem.message for problem in refused(json.loads(plan_text(plan)) | entries)]
