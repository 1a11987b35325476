"""Cells that can say two things, be explained, and some of them be changed in place."""

from dataclasses import dataclass
from typing import Literal

from desktop.entry.limits import Limits

Tone = Literal["plain", "quiet", "caution", "broken", "good"]


@dataclass(frozen=True, slots=True)
class EditCell:
    """One cell of a table."""

    text: str
    second: str = ""
    """A quiet line below."""
    third: str = ""
    """What is to be minded, below that."""
    tone: Tone = "plain"
    second_tone: Tone = "quiet"
    third_tone: Tone = "caution"
    key: str = ""
    """Ledger key to explain; empty where the figure has no line of its own."""
    month: int | None = None
    edit: Limits | None = None
    """What may be typed; none where it is only shown."""
    value: float | None = None
    """The number that is edited, as stored."""
    tip: str = ""
    right: bool = False
    """Whether it stands at the right, as numbers do."""
    colour: str = ""
    """Of a bar at the left: that of an option."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class EditColumn:
    """One column."""

    heading: str
    right: bool = False
    width: int = 0
    """In logical pixels; 0 takes what its cells need, -1 what room is left."""
    gives_way: bool = False
    """Whether it is hidden where the column that takes the rest has too little."""
    roomy: int = 0
    """The width where the column that takes the rest keeps enough."""
    tip: str = ""
