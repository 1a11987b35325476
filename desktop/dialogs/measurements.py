"""The plan's own benchmark points: look, import, add one, remove."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.dialogs.own_list import OwnListDialog
from desktop.viewmodels.measurements import list_cells, list_headings
from pricing.catalogue import catalogue_for
from pricing.serving.measured.own import names_of
from pricing.serving.measured.own_check import hold

if TYPE_CHECKING:
    from desktop.app.own_points import OwnPoints

SIZE: Final = (1120, 600)


class MeasurementsDialog(OwnListDialog):
    """Own points in a table, and buttons for what can be done with them."""

    def __init__(self, points: "OwnPoints", parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Own benchmark points"),
            self.tr("Own benchmark points, in output tokens per second"),
            SIZE,
            points.session,
            parent,
        )
        self._points = points
        self.read = QPushButton(self.tr("Import benchmark points…"))
        self.add = QPushButton(self.tr("Add a point…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.read.clicked.connect(lambda: points.choose_file(self))
        self.add.clicked.connect(lambda: points.add(self))
        self.remove.clicked.connect(lambda: points.remove(self.table.chosen()))
        self.finish(self.read, self.add, self.remove)

    def show_plan(self) -> None:
        """Fill the table from the plan."""
        plan = self._points.session.plan
        if plan is None:
            return
        names = names_of(plan, catalogue_for(plan))
        held = hold(plan.measurements, names, after=plan.measurements)
        self.table.show_rows(list_headings(), list_cells(held, names))
        self.about.setText(
            self.tr(
                "Output tokens per second of the whole system, beside what is predicted with these "
                "points. Points pull the prediction for their model, accelerator and software: "
                "fully for their precision and parallelism, less for others."
            )
            if held
            else self.tr(
                "No points yet. A few measured on your own servers bring predictions closer to "
                "what they really do; import them from a CSV file, or enter one."
            )
        )
        self.choose()

    def choose(self) -> None:
        """Let buttons follow the rows that are chosen."""
        self.remove.setEnabled(bool(self.table.chosen()))
