"""What a decision rests on, as a short hash: other facts give another one, other words do not."""

import hashlib
import json
from typing import Any

from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

WORDS = frozenset(
    {"note", "source", "url", "unit", "region", "as_of", "confidence", "template", "edition"}
)
"""Fields that say where a figure is from or what a reader should know."""


def fingerprint(plan: Plan, hybrid: str) -> str:
    """Hash of all that a decision on a hybrid rests on.

    Left out are the decision itself, other hybrids, and what people call or say of things. Options
    without a stated vendor count as one vendor where they bear the same name, so that which names
    are alike stays in.

    Args:
        plan: The plan.
        hybrid: Id of the hybrid that is decided on.
    """
    document = plan.model_dump(mode="json")
    for field in ("baseline", "name"):
        document.pop(field)
    if plan.catalogue is None:
        document.pop("catalogue")
    document["options"] = [
        option for stated, option in zip(plan.options, document["options"], strict=True)
        if not isinstance(stated, Hybrid) or stated.id == hybrid
    ]  # fmt: skip
    for option in document["options"]:
        if option["kind"] == "hybrid":
            for field in ("routes", "fleets", "decision"):
                option.pop(field)
    names = [option["name"] for option in document["options"]]
    document["alike"] = [names.index(name) for name in names]
    text = json.dumps(_facts(document), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _facts(value: Any) -> Any:  # noqa: ANN401 - a JSON document
    if isinstance(value, dict):
        return {
            key: _facts(inner) for key, inner in value.items()
            if key not in WORDS and (key != "name" or "id" not in value)
        }  # fmt: skip
    if isinstance(value, list):
        return [_facts(inner) for inner in value]
    return value
