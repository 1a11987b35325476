"""Writes a chart as a picture in the background and says where it is."""

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.documents import Documents, file_name
from desktop.charts.files import FORMATS, write_chart
from desktop.charts.spec import Spec
from desktop.pages.chart_view import ChartView, ink_of
from desktop.theme.tokens import LIGHT
from desktop.work.newest import NewestWins


class ChartSaver(QObject):
    """Saves the charts of a window; files are in the light scheme, for paper.

    Signals:
        said: a short message for the status bar.
        written: path of a picture that is complete.
    """

    said = Signal(str)
    written = Signal(object)

    def __init__(self, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._window = documents, window
        self._work = NewestWins(self)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)
        self._folder = ""
        for view in window.findChildren(ChartView):
            self._offer_on(view)

    def _offer_on(self, view: ChartView) -> None:
        """Let a right click on a chart save it."""
        action = QAction(self.tr("Save chart…"), view)
        action.triggered.connect(lambda _on=False: self.save(view))
        view.addAction(action)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def save_shown(self) -> None:
        """Save the first chart that can be seen."""
        views = (view for view in self._window.findChildren(ChartView) if view.isVisible())
        shown = next((view for view in views if view.spec is not None), None)
        if shown is None:
            self.said.emit(self.tr("There is no chart on this page."))
            return
        self.save(shown)

    def save(self, view: ChartView) -> None:
        """Let the person choose a file and write the chart there."""
        spec, size = view.spec, view.size()
        if spec is None:
            return
        dialog = QFileDialog(
            self._window, self.tr("Save the chart"), self._folder or self._documents.folder()
        )
        filters = {
            self.tr("{format} picture (*.{ending})").format(format=e.upper(), ending=e): e
            for e in FORMATS
        }
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix(FORMATS[0])
        # the name has its ending from the start: Qt takes what follows a dot in a title for one
        dialog.selectFile(f"{file_name(spec.title)}.{FORMATS[0]}")
        dialog.filterSelected.connect(lambda chosen: _rename(dialog, filters[chosen]))
        dialog.fileSelected.connect(lambda chosen: self.write(spec, Path(chosen), size))
        self._documents.show_dialog(dialog)

    def write(self, spec: Spec, path: Path, size: QSize) -> None:
        """Write a chart to a path, in the background; its ending tells the format."""
        if path.suffix.lower().lstrip(".") not in FORMATS:
            endings = ", ".join(f".{ending}" for ending in FORMATS)
            self._failed(
                ValueError(
                    self.tr("{name} ends in none of {endings}; choose one of them.").format(
                        name=path.name, endings=endings
                    )
                )
            )
            return
        self._folder = str(path.parent)
        self.said.emit(self.tr("Writing {name}…").format(name=path.name))

        def work() -> Path:
            write_chart(spec, ink_of(LIGHT), path, (size.width(), size.height()))
            return path

        self._work.submit(work)

    def _finished(self, path: Path) -> None:
        self.said.emit(self.tr("Wrote {name}").format(name=path))
        self.written.emit(path)

    def _failed(self, error: Exception) -> None:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self._documents.tell(self.tr("The chart was not written"), told)

    def wait(self) -> None:
        """Let a picture being written become complete; for closing the window."""
        self._work.wait()


def _rename(dialog: QFileDialog, ending: str) -> None:
    """Give the file another ending, for another format."""
    dialog.setDefaultSuffix(ending)
    for name in dialog.selectedFiles()[:1]:
        path = Path(name)
        known = path.suffix.lower().lstrip(".") in FORMATS
        dialog.selectFile(f"{path.stem if known else path.name}.{ending}")
