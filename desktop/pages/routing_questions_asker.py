"""What frontier and questions have in common: a button, a strip while it runs, a proposal."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.pages.routing_progress import ProgressStrip
from desktop.pages.routing_proposal import ProposalPanel
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID


class Asker(QFrame):
    """A title, a button that asks, and what came out below.

    Signals:
        asked: the button was pressed.
        stop_wanted: the search shall end with what it has.
    """

    asked = Signal()
    stop_wanted = Signal()

    def __init__(
        self, theme: Theme, colours: OptionColours, title: str, hint: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self.is_outdated = False
        self._answered = False
        self.title, self.hint, self.outdated = QLabel(title), QLabel(hint), QLabel()
        self.own = QLabel()
        self.own.setObjectName("extra")
        self.own.hide()
        self.title.setObjectName("question")
        self.hint.setObjectName("cardTitle")
        self.outdated.setObjectName("caveat")
        self.outdated.setText(self.tr("The plan has changed since: this is outdated."))
        for label in (self.title, self.hint, self.outdated, self.own):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.outdated.hide()
        self.ask = QPushButton(self.tr("Find out"))
        self.strip = ProgressStrip(theme)
        self.proposal = ProposalPanel(colours)
        told = QVBoxLayout()
        told.setSpacing(2)
        for label in (self.title, self.hint, self.outdated):
            told.addWidget(label)
        self.top = QHBoxLayout()
        self.top.setSpacing(2 * GRID)
        self.top.addLayout(told, 1)
        self.top.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GRID + 4, GRID + 2, GRID + 4, GRID + 2)
        self.column.setSpacing(GRID)
        self.column.addLayout(self.top)
        self.column.addWidget(self.strip)
        self.ask.clicked.connect(self.asked)
        self.strip.stop_wanted.connect(self.stop_wanted)

    def set_running(self, running: bool, *, busy: bool) -> None:
        """Let the button work when nothing runs; `running` says that this is what runs."""
        asked, stopped = self.ask.hasFocus(), self.strip.stop.hasFocus()
        self.ask.setEnabled(not busy)
        self.ask.setToolTip(
            self.tr("Something else is being worked out") if busy and not running else ""
        )
        if not running:
            self.strip.hide()
            if stopped:
                self.ask.setFocus()
        elif asked:  # a button that is out of use would pass the keys to whatever comes next
            self.strip.show()
            self.strip.stop.setFocus()

    def answered(self, there: bool) -> None:
        """Say on the button whether it asks for the first time."""
        self._answered = there
        self.ask.setText(self.tr("Ask again") if there else self.tr("Find out"))

    def tell_own(self, text: str) -> None:
        """Say beside an answer that the plan's decision is another one than the best found."""
        self.own.setText(text)
        self.own.setVisible(bool(text) and self._answered)

    def outdate(self) -> None:
        """The plan is another one than that of the answer."""
        self.mark_outdated(True)

    def mark_outdated(self, old: bool) -> None:
        """Say whether the answer is of an older plan."""
        self.is_outdated = old and self._answered
        self.outdated.setVisible(self.is_outdated)

    def forget(self) -> None:
        """Have no answer."""
        self.answered(False)
        self.mark_outdated(False)
        self.own.hide()
        self.proposal.hide()
