"""A block of labelled number fields for a model or an accelerator, under one heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.entry.number_field import NumberField
from desktop.forms.describe import describe
from desktop.forms.editors import mark_invalid
from desktop.theme.tokens import GRID


@dataclass(frozen=True, slots=True)
class Entry:
    """One number to be asked for."""

    name: str
    """Name of the field in the sheet."""
    label: str
    unit: str = ""
    placeholder: str = ""


class SheetFields(QWidget):
    """Number fields by the names of a sheet's fields; an empty one states nothing.

    Signals:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        model: type[BaseModel],
        entries: Sequence[Entry],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values: dict[str, float | None] = {}
        self._labels: dict[str, str] = {}
        self.fields: dict[str, NumberField] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(GRID)
        self.grid.setVerticalSpacing(GRID // 2)
        self.grid.setColumnStretch(1, 1)
        heading = QLabel(title)
        heading.setObjectName("question")
        self.grid.addWidget(heading, 0, 0, 1, 2)
        for entry in entries:
            known = describe(model, entry.name)
            field = NumberField(replace(known.limits, optional=True), entry.unit)
            field.setPlaceholderText(entry.placeholder)
            field.setMinimumWidth(104)
            field.setToolTip(known.help)
            field.setAccessibleDescription(known.help)
            field.entered.connect(lambda value, name=entry.name: self._entered(name, value))
            field.refused.connect(lambda _sentence: self.changed.emit())
            self._values[entry.name] = None
            self._labels[entry.name] = entry.label
            self.fields[entry.name] = field
            self.add_line(entry.label, field)

    def add_line(self, label: str, widget: QWidget) -> None:
        """Put another labelled widget below."""
        words = QLabel(label)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words.setToolTip(widget.toolTip())
        widget.setAccessibleName(label)
        row = self.grid.rowCount()
        self.grid.addWidget(words, row, 0)
        self.grid.addWidget(widget, row, 1)

    def _entered(self, name: str, value: float | None) -> None:
        self._values[name] = value
        self.changed.emit()

    @property
    def label_width(self) -> int:
        """Room the widest label takes."""
        items = (self.grid.itemAtPosition(row, 0) for row in range(1, self.grid.rowCount()))
        return max(item.sizeHint().width() for item in items if item is not None)

    @property
    def sentence(self) -> str:
        """What is wrong with the first wrong entry; empty when nothing is."""
        for name, field in self.fields.items():
            if field.sentence:
                return f"{self._labels[name]}: {field.sentence}"
        return ""

    def stated(self) -> dict[str, float]:
        """What was entered, by name."""
        return {name: value for name, value in self._values.items() if value is not None}

    def mark(self, wrong: str) -> None:
        """Draw the field of that name as wrong and all others as right."""
        for name, field in self.fields.items():
            mark_invalid(field, name == wrong or bool(field.sentence))

    def show_values(self, values: Mapping[str, float | None]) -> None:
        """Show what is known already."""
        for name, field in self.fields.items():
            self._values[name] = values.get(name)
            field.show_stored(self._values[name])


def align(*blocks: SheetFields) -> None:
    """Let the fields of blocks that stand below each other begin at the same place."""
    width = max(block.label_width for block in blocks)
    for block in blocks:
        block.grid.setColumnMinimumWidth(0, width)
