"""Import of own benchmark points: what is wrong with the file, or what its points change."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.measurements_table import PointsTable
from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from desktop.viewmodels.measurements import (
    account,
    import_cells,
    import_headings,
    problems_text,
    software_name,
)
from desktop.work.newest import NewestWins
from pricing.catalogue import catalogue_for
from pricing.plan.plan import Plan
from pricing.plan.serving import Framework
from pricing.serving.measured.names import Names
from pricing.serving.measured.own import NAMELESS, OwnFile, names_of, read_own
from pricing.serving.measured.own_check import Held, Setup, hold, setups_of
from pricing.serving.measured.table import MeasurementError

SIZE: Final = (1120, 640)
SOFTWARE: Final[tuple[Framework, ...]] = ("vllm", "sglang", "tensorrt-llm", "other")


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was read, and what its points do to predictions."""

    file: OwnFile
    names: Names
    held: tuple[Held, ...]
    setups: tuple[Setup, ...]


class ImportMeasurementsDialog(LinesDialog):
    """Reads a file, shows its points beside predictions, and offers to add them.

    Signals:
        imported: the points, once the person has accepted them.
        other_wanted: the person wants to choose another file.
    """

    imported = Signal(object)
    other_wanted = Signal()

    def __init__(self, path: Path, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Import benchmark points"))
        self.resize(*SIZE)
        self.preview: Preview | None = None
        self._path, self._plan = path, plan
        self._work = NewestWins(self)
        self._work.finished.connect(self._show)
        self._work.failed.connect(self._failed)
        self._place()
        self.finished.connect(lambda _code: self._work.wait())
        self.accepted.connect(self._accept)
        self.read()

    def _place(self) -> None:
        title = QLabel(self._path.name)
        title.setObjectName("pageTitle")
        self.about = QLabel()
        self.about.setObjectName("hint")
        self.about.setWordWrap(True)
        self.software_label = QLabel(self.tr("Serving software, where a row names none"))
        self.software = ChoiceBox()
        self.software.setAccessibleName(self.software_label.text())
        self.software.addItem(self.tr("choose"), None)
        for code in SOFTWARE:
            self.software.addItem(software_name(code), code)
        self.software_label.setBuddy(self.software)
        self.software.activated.connect(lambda _index: self.read())
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.software_label)
        line.addWidget(self.software)
        line.addStretch(1)
        self.table = PointsTable(self.tr("Points of the file, in output tokens per second"))
        self.table.setSelectionMode(PointsTable.SelectionMode.SingleSelection)
        self.account = QTextBrowser()
        self.account.setOpenLinks(False)
        self.account.setAccessibleName(self.tr("What the points change"))
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.table)
        self.parts.addWidget(self.account)
        self.parts.setStretchFactor(0, 3)
        self.parts.setStretchFactor(1, 2)
        self.again = QPushButton(self.tr("Read again"))
        self.again.setToolTip(self.tr("After the file was corrected in another program"))
        self.again.clicked.connect(self.read)
        self.other = QPushButton(self.tr("Another file…"))
        self.other.clicked.connect(self._other)
        for button in (self.again, self.other):
            button.setAutoDefault(False)
            self.buttons.addButton(button, self.buttons.ButtonRole.ActionRole)
        self.column.addWidget(title)
        self.column.addWidget(self.about)
        self.column.addLayout(line)
        self.column.addWidget(self.parts, 1)
        self.finish_layout()
        self._ask_software(False)

    def read(self) -> None:
        """Read the file, as it is now."""
        self.preview = None
        self.need(self.tr("Reading…"))
        path, plan, software = self._path, self._plan, self.software.currentData()
        self._work.submit(lambda: preview_of(path, plan, software))

    def _show(self, preview: Preview) -> None:
        self.preview = preview
        found = preview.file
        new = len(found.points)
        self.table.setVisible(bool(new))
        self.table.show_rows(import_headings(), import_cells(preview.held, preview.names))
        self.account.setHtml(account(preview.setups, found.remarks))
        self.account.setVisible(bool(preview.setups or found.remarks))
        said = self.tr(
            "Output tokens per second of the whole system. Points pull the prediction for their "
            "model, accelerator and software: fully for their precision and parallelism, less "
            "for others."
        )
        if found.repeats:
            said += " " + self.tr("{n} rows are in the plan already and are left out.").format(
                n=found.repeats
            )
        self.about.setText(said)
        self.ok.setText(
            self.tr("Add 1 point") if new == 1 else self.tr("Add {n} points").format(n=new)
        )
        self.need("" if new else self.tr("Every point of the file is in the plan already."))

    def _failed(self, error: Exception) -> None:
        sentences = str(error).split("\n")
        columns: tuple[str, ...] = ()
        if isinstance(error, MeasurementError):
            columns = tuple(problem.column for problem in error.problems)
        elif isinstance(error, OSError):
            sentences = [f"{self._path.name}: {error.strerror or error}."]
        self.about.setText(self.tr("The plan is as it was."))
        self.account.setHtml(problems_text(sentences))
        self.account.show()
        self.table.hide()
        self.ok.setText(self.tr("Add"))
        if columns == (NAMELESS,):
            self._ask_software(True)
            self.need(self.tr("Choose the serving software of the file."))
        else:
            self.need(self.tr("Correct the file and read it again, or choose another one."))

    def _ask_software(self, shown: bool) -> None:
        self.software_label.setVisible(shown)
        self.software.setVisible(shown)

    def _other(self) -> None:
        self.reject()
        self.other_wanted.emit()

    def _accept(self) -> None:
        if self.preview is not None:
            self.imported.emit(self.preview.file.points)


def preview_of(path: Path, plan: Plan, software: Framework | None) -> Preview:
    """Read a file for a plan and hold its points against predictions.

    Raises:
        MeasurementError: the file cannot be used.
        OSError: it cannot be opened.
        CatalogueError: an entry of the catalogue is damaged.
    """
    names = names_of(plan, catalogue_for(plan))
    found = read_own(path, names, plan.measurements, software)
    return Preview(
        found,
        names,
        hold(found.points, names, plan.measurements),
        setups_of(found.points, names, plan.measurements),
    )
