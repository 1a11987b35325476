"""Writes the workbook in the background and says where it is."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.app.documents import Documents, file_name
from desktop.work.evaluator import Evaluator
from desktop.work.newest import NewestWins

SUFFIX: Final = ".xlsx"


class Exporter(QObject):
    """Exports the last good result.

    Signals:
        said: a short message for the status bar.
        written: path of a workbook that is complete.
    """

    said = Signal(str)
    written = Signal(object)

    def __init__(self, evaluator: Evaluator, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._evaluator, self._documents, self._window = evaluator, documents, window
        self._work = NewestWins(self)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)
        self._folder = ""

    def export(self) -> None:
        """Let the person choose a file and write the workbook there."""
        evaluation = self._evaluator.evaluation
        if evaluation is None:
            problem = self._evaluator.problem or self.tr("The plan is still being evaluated.")
            self._documents.tell(self.tr("There is nothing to export yet"), problem)
            return
        dialog = QFileDialog(
            self._window,
            self.tr("Export the workbook"),
            self._folder or self._documents.folder(),
            self.tr("Workbooks (*{suffix})").format(suffix=SUFFIX),
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(f"{file_name(evaluation.plan.name)}{SUFFIX}")
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        self._documents.show_dialog(dialog)

    def write(self, path: Path) -> None:
        """Write the workbook of the last good result to a path, in the background."""
        evaluation = self._evaluator.evaluation
        if evaluation is None:
            return
        self._folder = str(path.parent)
        self.said.emit(self.tr("Writing {name}…").format(name=path.name))

        def work() -> Path:
            from pricing.workbook import export_workbook

            export_workbook(evaluation, path)
            return path

        self._work.submit(work)

    def _finished(self, path: Path) -> None:
        self.said.emit(self.tr("Wrote {name}").format(name=path.name))
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Workbook written"))
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(self.tr("{name} is complete.").format(name=path.name))
        box.setInformativeText(
            self.tr("Every result in it is a live formula.\n{folder}").format(folder=path.parent)
        )
        show = box.addButton(self.tr("Show in folder"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.buttonClicked.connect(
            lambda button: self._show_folder(path) if button is show else None
        )
        self._documents.show_dialog(box)
        self.written.emit(path)

    def _show_folder(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
            self.said.emit(str(path.parent))

    def _failed(self, error: Exception) -> None:
        self._documents.tell(self.tr("The workbook was not written"), str(error))

    def wait(self) -> None:
        """Let a workbook being written become complete; for closing the window."""
        self._work.wait()
