"""Keeps a copy of unsaved work and offers what a crash left behind."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from desktop.app.documents import Documents
from desktop.app.session import Session
from pricing.plan.file import PlanFileError
from pricing.plan.recovery import Recovered, Recovery

PAUSE_MS: Final = 2000
"""A copy is kept at most so long after a change."""


class Guard(QObject):
    """Follows a session; one file per running window.

    Signals:
        said: a short message for the status bar.
    """

    said = Signal(str)

    def __init__(
        self, session: Session, documents: Documents, folder: Path, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._documents, self._window = session, documents, window
        self._recovery = Recovery(folder / "recovery")
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        session.plan_changed.connect(self._timer.start)
        session.file_changed.connect(self._timer.start)

    @property
    def file(self) -> Path:
        """Where the copy lies while there is unsaved work."""
        return self._recovery.file

    def keep(self) -> None:
        """Keep a copy of unsaved work; forget the copy of saved work."""
        self._timer.stop()
        plan = self._session.plan
        if plan is None or not self._session.modified:
            self._recovery.clear()
            return
        try:
            self._recovery.keep(plan, self._session.path)
        except PlanFileError as error:
            if not self._told:
                self.said.emit(str(error))
            self._told = True

    def finish(self) -> None:
        """Forget the copy: the work was saved or given up on purpose."""
        self._timer.stop()
        self._recovery.clear()

    def offer_rescue(self) -> None:
        """Offer the newest work that was left behind, if there is any."""
        left = self._recovery.left_over()
        if left:
            self._offer(left[0])

    def _offer(self, found: Recovered) -> None:
        try:
            plan = found.plan()
        except PlanFileError:
            return
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Unsaved work"))
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(self.tr('"{name}" was not saved when Reckoner ended.').format(name=plan.name))
        when = found.kept_at.astimezone().strftime("%Y-%m-%d %H:%M")
        where = str(found.original) if found.original else self.tr("It was never saved to a file.")
        box.setInformativeText(self.tr("Last kept {when}.\n{where}").format(when=when, where=where))
        rescue = box.addButton(self.tr("Open it"), QMessageBox.ButtonRole.AcceptRole)
        rescue.setObjectName("primary")
        later = box.addButton(self.tr("Ask again later"), QMessageBox.ButtonRole.RejectRole)
        discard = box.addButton(self.tr("Discard it"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(rescue)
        box.setEscapeButton(later)

        def answered(button: QAbstractButton) -> None:
            if button is rescue:
                self._documents.when_safe(lambda: self._rescue(found))
            elif button is discard:
                self._recovery.discard(found)
                QTimer.singleShot(0, self, self.offer_rescue)

        box.buttonClicked.connect(answered)
        self._documents.show_dialog(box)

    def _rescue(self, found: Recovered) -> None:
        self._session.start(found.plan(), found.original, unsaved=True)
        self.keep()
        if self._recovery.file.exists():
            self._recovery.discard(found)
