"""What a form shows, as values: rows in groups, each group the answer to one question."""

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from desktop.entry.limits import Limits

Editor = Literal[
    "figure",
    "number",
    "choice",
    "text",
    "switch",
    "reference",
    "hours",
    "weights",
    "note",
    "classes",
    "steps",
    "prices",
    "link",
]


class _Required:
    """Marks a row whose field has no default."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a drop-down and the value it writes."""

    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the plan as a form shows it."""

    path: str
    """Dotted path in the plan, for example workload.chat.requests."""
    label: str
    editor: Editor
    value: Any
    default: Any = REQUIRED
    limits: Limits = field(default_factory=Limits)
    unit: str = ""
    help: str = ""
    hint: str = ""
    """Quiet second line where the row has no source of its own, or what holds while it is empty."""
    stale: bool = False
    """Whether the quiet line tells of something out of date or missing."""
    placeholder: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: int = -1
    default_choice: int = -1
    """Index of the choice that is the default; -1 where there is none."""
    currencies: tuple[str, ...] = ()
    """Currencies to choose from, the plan's own first; empty where the value is no money."""
    listing: str = ""
    """Which part of the catalogue a reference row picks from; of steps, the field of the number."""
    problem: str = ""
    """Why what the field says cannot be, where only a calculation with other fields shows it."""

    target: str = ""
    """Path that is written where it is another one: that of a whole of which the row is a part."""

    @property
    def is_default(self) -> bool:
        """Whether the value is what a new plan would have; required fields count as default."""
        if self.editor == "choice":
            return self.default_choice < 0 or self.chosen == self.default_choice
        return self.default is REQUIRED or self.value == self.default

    def shape(self) -> "Row":
        """The row without what may change while the widget stays."""
        labels = tuple(Choice(choice.label, None) for choice in self.choices)
        return replace(
            self,
            value=None,
            default=None,
            hint="",
            stale=False,
            problem="",
            chosen=-1,
            placeholder="",
            choices=labels,
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that answer one question."""

    question: str
    rows: tuple[Row, ...]

    def shape(self) -> tuple[str, tuple[Row, ...]]:
        """What must stay the same for the widgets to be kept."""
        return self.question, tuple(row.shape() for row in self.rows)
