"""The first page: what to open."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.pages.page import ScrollPage
from desktop.theme.tokens import GRID


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample plan: where it is, its name and what situation it shows."""

    path: Path
    name: str
    note: str


class StartPage(ScrollPage):
    """New plan, open, recent files, samples.

    Signals:
        new_wanted, open_wanted, log_wanted: the buttons of those names.
        file_wanted: a recent file was chosen.
        sample_wanted: a sample was chosen.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    log_wanted = Signal()
    file_wanted = Signal(object)
    sample_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Start"))
        self.body.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        title = QLabel(self.tr("What does each way to serve it cost?"))
        title.setObjectName("finding")
        lead = QLabel(
            self.tr(
                "The full bill of every way to serve a large language model, month by month. "
                "Everything stays on this computer."
            )
        )
        lead.setWordWrap(True)
        self.body.addWidget(title)
        self.body.addWidget(lead)
        self.body.addSpacing(GRID)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        self.new = QPushButton(self.tr("New plan…"))
        self.new.setObjectName("primary")
        self.open = QPushButton(self.tr("Open…"))
        self.log = QPushButton(self.tr("Start from a usage log…"))
        for button, signal in (
            (self.new, self.new_wanted),
            (self.open, self.open_wanted),
            (self.log, self.log_wanted),
        ):
            button.clicked.connect(signal)
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addSpacing(2 * GRID)
        columns = QHBoxLayout()
        columns.setSpacing(5 * GRID)
        self._samples = self._column(columns, self.tr("Sample plans"))
        self._recent = self._column(columns, self.tr("Recent"))
        self.body.addLayout(columns)

    def _column(self, columns: QHBoxLayout, title: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        label = QLabel(title)
        label.setObjectName("question")
        column.addWidget(label)
        entries = QVBoxLayout()
        entries.setSpacing(GRID)
        column.addLayout(entries)
        columns.addLayout(column, 1)
        return entries

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        """List the sample plans."""
        _clear(self._samples)
        for sample in samples:
            card = StartItem(sample.name, sample.note)
            card.clicked.connect(lambda path=sample.path: self.sample_wanted.emit(path))
            self._samples.addWidget(card)

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """List the recent files, or say that there are none."""
        _clear(self._recent)
        for path in paths:
            card = StartItem(path.name, str(path.parent))
            card.clicked.connect(lambda path=path: self.file_wanted.emit(path))
            self._recent.addWidget(card)
        if not paths:
            none = QLabel(self.tr("Plans you open or save are listed here."))
            none.setObjectName("hint")
            self._recent.addWidget(none)


class StartItem(QFrame):
    """A name with a quiet line, as one thing to click.

    Signals:
        clicked: it was chosen by mouse or keyboard.
    """

    clicked = Signal()

    def __init__(self, name: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startCard")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(2)
        self.button = QPushButton(name)
        self.button.setObjectName("link")
        self.button.clicked.connect(self.clicked)
        self.button.setAccessibleDescription(note)
        column.addWidget(self.button)
        quiet = QLabel(note)
        quiet.setObjectName("hint")
        quiet.setIndent(2)
        quiet.setWordWrap(True)
        quiet.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(quiet)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, _event: object) -> None:
        """A click anywhere counts."""
        self.clicked.emit()


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
