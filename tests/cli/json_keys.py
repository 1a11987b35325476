"""The keys of a JSON document, and those that a help file describes."""

import re
from typing import Any

from pricing.resources import resource


def described(name: str) -> set[str]:
    """The keys that a help file describes."""
    text = resource("help", name).read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


OPAQUE = ("recipe", "hybrids[].routes", "hybrids[].servers", "hybrids[].rules", "hybrids[].advice")
"""Described elsewhere."""


OPEN = {
    "facts": "<fact>", "asked_for": "<fact>", "work": "<option>", "servers": "<option>",
    "starts": "<option>",
}  # fmt: skip
"""Objects whose keys are names of the plan, and what stands for these."""


def paths(value: Any, at: str = "") -> set[str]:
    """The keys of a document as its description writes them."""
    found = {at} if at else set()
    if at.endswith(OPAQUE):
        return found
    if isinstance(value, dict):
        for key, inner in value.items():
            name = OPEN.get(at.rpartition(".")[2], key)
            found |= paths(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for inner in value:
            found |= {path for path in paths(inner, f"{at}[]") if not path.endswith("[]")}
    return found
