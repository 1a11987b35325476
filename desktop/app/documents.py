"""What the File menu does: new, open, save, close, never losing work without asking."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from desktop.app.samples import is_sample
from desktop.app.session import Session
from desktop.app.settings import SettingsStore
from pricing.plan.file import PlanFileError

SUFFIX: Final = ".reckon"
Then = Callable[[], None]
_Button = QMessageBox.StandardButton


class Documents(QObject):
    """Opens and saves the session's document; asks with dialogs that do not block.

    Signals:
        said: a short message for the status bar.
        files_changed: the list of recent files changed.
    """

    said = Signal(str)
    files_changed = Signal()

    def __init__(self, session: Session, store: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._store, self._window = session, store, window
        self.dialog: QDialog | None = None

    # --- opening ------------------------------------------------------------------------------

    def choose_and_open(self) -> None:
        """Let the person choose a plan file."""
        dialog = QFileDialog(self._window, self.tr("Open a plan"), self.folder(), self._filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        self.show_dialog(dialog)

    def open(self, path: Path) -> None:
        """Open a file once the document before it is safe; a sample as an unnamed document."""
        self.when_safe(lambda: self._open(path))

    def _open(self, path: Path) -> None:
        sample = is_sample(path)
        try:
            if sample:
                self._session.open_copy(path)
            else:
                self._session.open(path)
        except PlanFileError as error:
            self.tell(self.tr("The file was not opened"), str(error))
            return
        if not sample:
            self._remember(path)

    # --- saving -------------------------------------------------------------------------------

    def save(self, then: Then | None = None) -> None:
        """Save where it was opened from; ask for a name where there is none."""
        if self._session.path is None:
            self.save_as(then)
        else:
            self._write(self._session.path, then)

    def save_as(self, then: Then | None = None) -> None:
        """Let the person choose where to save."""
        plan = self._session.plan
        if plan is None:
            return
        name = self._session.path.name if self._session.path else f"{file_name(plan.name)}{SUFFIX}"
        dialog = QFileDialog(self._window, self.tr("Save the plan"), self.folder(), self._filter())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self._write(Path(chosen), then))
        self.show_dialog(dialog)

    def _write(self, path: Path, then: Then | None = None) -> None:
        try:
            self._session.save(path)
        except PlanFileError as error:
            self.tell(self.tr("The plan was not saved"), str(error))
            return
        self._remember(path)
        self.said.emit(self.tr("Saved {name}").format(name=path.name))
        if then is not None:
            then()

    # --- not losing work ------------------------------------------------------------------------

    def when_safe(self, then: Then) -> None:
        """Go on at once where nothing would be lost; otherwise ask first."""
        if not self._session.modified:
            then()
            return
        plan = self._session.plan
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Unsaved changes"))
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(self.tr('Save the changes to "{name}"?').format(name=plan.name if plan else ""))
        box.setInformativeText(self.tr("Otherwise they are lost."))
        box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        box.setDefaultButton(_Button.Save)
        box.button(_Button.Save).setObjectName("primary")
        box.buttonClicked.connect(lambda button: self._answered(box.standardButton(button), then))
        self.show_dialog(box)

    def _answered(self, answer: QMessageBox.StandardButton, then: Then) -> None:
        if answer == _Button.Save:
            self.save(then)
        elif answer == _Button.Discard:
            then()

    # --- help ----------------------------------------------------------------------------------

    def tell(self, title: str, sentence: str) -> None:
        """Say in a dialog what could not be done."""
        box = QMessageBox(self._window)
        box.setWindowTitle(title)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(sentence)
        self.show_dialog(box)

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog without blocking; `dialog` names the one opened last."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    def _remember(self, path: Path) -> None:
        self._store.opened(path)
        self.files_changed.emit()

    def folder(self) -> str:
        """Where dialogs for files begin: beside the plan, else beside the last one opened."""
        if self._session.path is not None:
            return str(self._session.path.parent)
        recent = self._store.recent()
        return str(recent[0].parent) if recent else str(Path.home())

    def _filter(self) -> str:
        return self.tr("Plans (*{suffix})").format(suffix=SUFFIX)


def file_name(name: str) -> str:
    """A file name, without its ending, made from the name of a plan or a chart."""
    kept = "".join(c if c.isalnum() or c in " -_." else " " for c in name)
    return " ".join(kept.split())[:80] or "plan"
