"""A name that points nowhere, and what was changed so that none does."""

from collections.abc import Mapping
from dataclasses import dataclass

Way = tuple[str | int, ...]
"""Keys and indexes that lead to a field of a plan's document."""


@dataclass(frozen=True, slots=True)
class BrokenReference:
    """A name that points nowhere: the code of its sentence, the way to it and the facts."""

    code: str
    at: Way
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Repair:
    """A reference that was changed so that the plan stays whole."""

    code: str
    at: Way
    name: str = ""


def listed(names: set[str]) -> str:
    """Names for a sentence, in order."""
    return ", ".join(sorted(names)) or "none"
