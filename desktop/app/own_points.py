"""Benchmark points of the buyer's own: imported, added and removed as undoable edits."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.documents import Documents
from desktop.app.own_entries import OwnEntries
from desktop.app.session import Session
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.plan import Plan
from pricing.serving.measured.own import with_points, without_points

if TYPE_CHECKING:
    from desktop.window import MainWindow


class OwnPoints(OwnEntries):
    """Benchmark points of setups that were measured."""

    def __init__(self, session: Session, documents: Documents, window: "MainWindow") -> None:
        super().__init__(session, documents, window)
        self._folder = Path.home()

    def browse(self) -> None:
        """Show the points of the plan."""
        from desktop.dialogs.measurements import MeasurementsDialog

        if self.session.plan is not None:
            self._documents.show_dialog(MeasurementsDialog(self, self._window))

    def choose_file(self, parent: QWidget | None = None) -> None:
        """Ask for a file of points, then show what is in it."""
        above = parent or self._window
        dialog = QFileDialog(
            above,
            self.tr("Choose benchmark points"),
            str(self._folder),
            self.tr("Benchmark points (*.csv *.tsv *.txt);;All files (*)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name), above))
        self._documents.show_dialog(dialog)

    def read(self, path: Path, parent: QWidget | None = None) -> None:
        """Show the points of a file, and offer to add them."""
        from desktop.dialogs.measurements_import import ImportMeasurementsDialog

        plan = self.session.plan
        if plan is None:
            return
        self._folder = path.parent
        dialog = ImportMeasurementsDialog(path, plan, parent or self._window)
        dialog.imported.connect(self._keep)
        dialog.other_wanted.connect(lambda: self.choose_file(parent))
        self._documents.show_dialog(dialog)

    def add(self, parent: QWidget | None = None) -> None:
        """Ask for a single point."""
        from desktop.dialogs.measurements_point import PointDialog

        plan = self.session.plan
        if plan is None:
            return
        dialog = PointDialog(plan, parent or self._window)
        dialog.made.connect(lambda point: self._keep((point,)))
        self._documents.show_dialog(dialog)

    def remove(self, places: Sequence[int]) -> None:
        """Take points out of the plan, by their places in its list."""
        if not places:
            return
        label = self.tr("Remove a benchmark point")
        if len(places) > 1:
            label = self.tr("Remove {n} benchmark points").format(n=len(places))
        self._change(label, lambda plan: without_points(plan, places), -len(places))

    def _keep(self, points: Sequence[OwnMeasurement]) -> None:
        label = self.tr("Add a benchmark point")
        if len(points) > 1:
            label = self.tr("Import {n} benchmark points").format(n=len(points))
        self._change(label, lambda plan: with_points(plan, points), len(points))

    def _change(self, label: str, change: Callable[[Plan], Plan], more: int) -> None:
        """Make an edit by which so many points come, or go if negative."""
        count = abs(more)
        if more > 0:
            said = (
                self.tr("1 benchmark point added")
                if count == 1
                else self.tr("{n} benchmark points added")
            )
        else:
            said = (
                self.tr("1 benchmark point removed")
                if count == 1
                else self.tr("{n} benchmark points removed")
            )
        self._apply(label, change, said.format(n=count))
