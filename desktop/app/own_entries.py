"""What lists of the buyer's own entries share: their place in the window, and undoable edits."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.app.documents import Documents
from desktop.app.session import Session
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from desktop.window import MainWindow


class OwnEntries(QObject):
    """Opens the dialogs of a list of the plan; dialogs are imported when first needed.

    Signals:
        said: a short message for the status bar.
    """

    said = Signal(str)

    def __init__(self, session: Session, documents: Documents, window: "MainWindow") -> None:
        super().__init__(window)
        self.session = session
        self._documents, self._window = documents, window

    def _apply(self, label: str, change: Callable[[Plan], Plan], said: str) -> None:
        """Make an edit and say so, or say why the plan is as it was."""
        wrong = self.session.apply(label, change)
        if wrong:
            self._documents.tell(self.tr("The plan is as it was"), wrong)
        else:
            self.said.emit(said)
