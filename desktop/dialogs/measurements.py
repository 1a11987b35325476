"""The plan's own benchmark points: look, import, add one, remove."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.dialogs.measurements_table import PointsTable
from desktop.theme.tokens import GRID
from desktop.viewmodels.measurements import list_cells, list_headings
from pricing.catalogue import load_catalogue
from pricing.serving.measured.own import names_of
from pricing.serving.measured.own_check import hold

if TYPE_CHECKING:
    from desktop.app.own_points import OwnPoints

SIZE: Final = (1120, 600)


class MeasurementsDialog(QDialog):
    """Own points in a table, and buttons for what can be done with them."""

    def __init__(self, points: "OwnPoints", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Own benchmark points"))
        self.resize(*SIZE)
        self._points = points
        self.about = QLabel()
        self.about.setObjectName("hint")
        self.about.setWordWrap(True)
        self.table = PointsTable(self.tr("Own benchmark points, in output tokens per second"))
        self.read = QPushButton(self.tr("Import benchmark points…"))
        self.add = QPushButton(self.tr("Add a point…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.close_ = QPushButton(self.tr("Close"))
        self.close_.setObjectName("primary")
        self.close_.setDefault(True)
        self._place()
        self.read.clicked.connect(lambda: points.choose_file(self))
        self.add.clicked.connect(lambda: points.add(self))
        self.remove.clicked.connect(lambda: points.remove(self.table.chosen()))
        self.close_.clicked.connect(self.accept)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        points.session.plan_changed.connect(self._show)
        self._show()

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (self.read, self.add, self.remove):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.about)
        column.addWidget(self.table, 1)
        column.addLayout(line)

    def _show(self) -> None:
        plan = self._points.session.plan
        if plan is None:
            return
        names = names_of(plan, load_catalogue())
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
        self._choose()

    def _choose(self) -> None:
        self.remove.setEnabled(bool(self.table.chosen()))
