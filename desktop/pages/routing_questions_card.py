"""One question with its answer: sentences and a small table."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.pages.routing_questions_asker import Asker
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.questions import Reply


class QuestionCard(Asker):
    """A question, its button, and its answer.

    Signals:
        opened: number of a row whose plan shall be shown.
        led: path of the field that a row is about.
    """

    opened = Signal(int)
    led = Signal(str)

    def __init__(
        self, theme: Theme, colours: OptionColours, title: str, hint: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(theme, colours, title, hint, parent)
        self.content: tuple[Any, ...] = ()
        self._paths: tuple[str, ...] = ()
        self._can_open = False
        self.sentences = QLabel()
        self.sentences.setWordWrap(True)
        self.sentences.setMinimumWidth(1)
        self.sentences.setTextFormat(Qt.TextFormat.PlainText)
        self.sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = EditTable(title, theme)
        self.look = QPushButton(self.tr("Show this plan"))
        self.column.addWidget(self.own)
        for widget in (self.sentences, self.table, self.look, self.proposal):
            self.column.addWidget(widget)
            widget.hide()
        self.column.setAlignment(self.look, Qt.AlignmentFlag.AlignLeft)
        self.table.cell_clicked.connect(self._lead)
        self.table.opened.connect(self.opened)
        self.look.clicked.connect(lambda: self.opened.emit(max(0, self.table.current)))

    def begin(self) -> None:
        """Show nothing of an older answer."""
        self.forget()

    def forget(self) -> None:
        """Have no answer."""
        super().forget()
        self.content, self._paths = (), ()
        for widget in (self.sentences, self.table, self.look):
            widget.hide()

    def stopped(self) -> None:
        """Say that there is no answer as the search was stopped."""
        if not self.content:
            self.sentences.setText(self.tr("Stopped before there was an answer."))
            self.sentences.show()

    def show_reply(self, reply: Reply, content: tuple[Any, ...]) -> None:
        """Show an answer, complete or growing; `content` is what stands behind the rows."""
        self.content, self._paths = content, reply.paths
        self.sentences.setText("\n".join(reply.sentences))
        self.sentences.setVisible(bool(reply.sentences))
        if reply.table is not None:
            self.table.show_rows(reply.table.columns, reply.table.rows)
        self.table.setVisible(reply.table is not None and bool(reply.table.rows))
        self.answered(True)
        self.look.setVisible(self._can_open and self.table.isVisibleTo(self))
        if self.look.isVisibleTo(self) and self.table.current < 0:
            self.table.choose(0)

    def let_open(self) -> None:
        """Rows are plans that can be shown."""
        self._can_open = True

    def _lead(self, row: int, column: int) -> None:
        if column == 0 and row < len(self._paths):
            self.led.emit(self._paths[row])
