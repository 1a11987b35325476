"""A list of what the buyer entered: words about it, a table, and what can be done with it."""

from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.app.session import Session
from desktop.dialogs.measurements_table import PointsTable
from desktop.theme.tokens import GRID

MARGIN: Final = 2 * GRID


class OwnListDialog(QDialog):
    """Lays out words, table and buttons, and follows the plan.

    Args:
        title: Of the window.
        table: Name of the table for screen readers.
        size: Width and height in logical pixels.
        session: Whose plan is shown.
    """

    def __init__(
        self,
        title: str,
        table: str,
        size: tuple[int, int],
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(*size)
        self._session = session
        self.about = QLabel()
        self.about.setObjectName("hint")
        self.about.setWordWrap(True)
        self.table = PointsTable(table)
        self.close_ = QPushButton(self.tr("Close"))
        self.close_.setObjectName("primary")
        self.close_.setDefault(True)
        self.close_.clicked.connect(self.accept)

    def finish(self, *buttons: QPushButton) -> None:
        """Place everything, with what can be done at the lower left, and show the plan."""
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in buttons:
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(self.about)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.choose())
        self._session.plan_changed.connect(self.show_plan)
        self.show_plan()

    def show_plan(self) -> None:
        """Fill the table from the plan."""
        raise NotImplementedError

    def choose(self) -> None:
        """Let buttons follow the rows that are chosen."""
        raise NotImplementedError
