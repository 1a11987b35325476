"""Findings: what a reader must know about a bill, as a code and facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader must know; its sentence is made where it is shown."""

    code: str
    severity: Literal["error", "warning", "note"]
    path: str
    """Dotted path of the plan's field it is about, for example options.owned.price."""
    facts: Mapping[str, str | float] = field(default_factory=dict)
