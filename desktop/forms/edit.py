"""What an editor asks for: one field of the plan to become another value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One wanted change; edits of one gesture become one undo step."""

    path: str
    value: Any
    label: str
    """Name of the field in words, for the undo list."""
    gesture: int
    """Number of the gesture: typing in a field until it is left is one."""
