"""The button that looks for the best decision, with a menu of how."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.work.deciding import Effort

ARROW_WIDTH = 26


class OptimiseButton(QWidget):
    """Starts with the way chosen last; the small button beside it offers the others.

    Signals:
        wanted: how to search.
        lock_wanted: whether purchases shall stay when the optimiser runs again.
    """

    wanted = Signal(str)
    lock_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._effort: Effort = "quick"
        self.run = QPushButton(self.tr("Optimise"))
        self.run.setObjectName("primary")
        self.more = QPushButton("▾")
        self.more.setObjectName("primary")
        self.more.setFixedWidth(ARROW_WIDTH)
        self.more.setStyleSheet("padding: 0;")
        self.more.setAccessibleName(self.tr("How to optimise"))
        self.more.setToolTip(self.tr("How to optimise"))
        self.menu = QMenu(self)
        self.actions_: dict[Effort, QAction] = {
            "quick": self.menu.addAction(self.tr("Quick: to 0.5 %, at most 20 s")),
            "thorough": self.menu.addAction(self.tr("Thorough: to 0.1 %, at most 60 s")),
            "reroute": self.menu.addAction(self.tr("Keep the servers, only re-route")),
        }
        self.menu.addSeparator()
        self.lock = self.menu.addAction(self.tr("Lock the servers of this decision"))
        self.lock.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.run)
        row.addWidget(self.more)
        self.run.clicked.connect(lambda _on=False: self.wanted.emit(self._effort))
        self.more.clicked.connect(lambda _on=False: self._open())
        for effort, action in self.actions_.items():
            action.triggered.connect(lambda _on=False, effort=effort: self._choose(effort))
        self.lock.triggered.connect(self.lock_wanted)
        self._tell()

    @property
    def effort(self) -> Effort:
        """How it searches when it is pressed."""
        return self._effort

    def _open(self) -> None:
        corner = self.mapToGlobal(QPoint(self.width(), self.height() + 2))
        self.menu.popup(QPoint(corner.x() - self.menu.sizeHint().width(), corner.y()))

    def _choose(self, effort: Effort) -> None:
        if effort != "reroute":
            self._effort = effort
            self._tell()
        self.wanted.emit(effort)

    def _tell(self) -> None:
        text = {
            "quick": self.tr("Finds the cheapest purchases and routes within the rules: to within "
                             "0.5 % of the best possible, or what 20 s bring (Ctrl+Return)"),
            "thorough": self.tr("Finds the cheapest purchases and routes within the rules: to "
                                "within 0.1 % of the best possible, or what 60 s bring "
                                "(Ctrl+Return)"),
        }[self._effort]  # fmt: skip
        self.run.setToolTip(text)

    def show_state(self, *, busy: bool, servers: bool, decided: bool, locked: bool) -> None:
        """Let the button and its menu offer what is possible.

        Args:
            busy: Whether something runs already.
            servers: Whether the hybrid has servers that could be kept.
            decided: Whether there is a decision that can be locked.
            locked: Whether it is.
        """
        for widget in (self.run, self.more):
            widget.setEnabled(not busy)
        self.actions_["reroute"].setEnabled(servers)
        self.lock.setEnabled(decided)
        self.lock.setChecked(locked)
