"""Which request classes an option serves: one tick for each."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.forms.editors import RowEditor, TickBox
from desktop.forms.row import Row


class ClassBox(TickBox):
    """A tick with a name that may be longer than the room; the tip has all of it."""

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(120, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()


class ClassesEditor(RowEditor):
    """A tick per class; all ticked is written as none named, so that later classes are served."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        holder = QWidget(parent)
        super().__init__(holder, row)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.boxes: dict[str, TickBox] = {}
        for choice in row.choices:
            box = ClassBox(holder)
            box.setText(choice.label)
            box.setToolTip(choice.label)
            box.clicked.connect(self._ticked)
            column.addWidget(box)
            self.boxes[choice.value] = box
        self.show_row(row)

    def focus_widget(self) -> QWidget:
        return next(iter(self.boxes.values()))

    def mark(self, sentence: str) -> None:
        """Ticks have no wrong state of their own; the sentence below says what is wrong."""

    def _ticked(self) -> None:
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        if not chosen:
            self.show_row(self._row)
            self.refused.emit(self.tr("An option serves at least one request class."))
            return
        self.refused.emit("")
        self._want(() if len(chosen) == len(self.boxes) else chosen, finished=True)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        self.boxes = {
            choice.value: box for choice, box in zip(row.choices, self.boxes.values(), strict=True)
        }
        for name, box in self.boxes.items():
            box.setChecked(not row.value or name in row.value)
