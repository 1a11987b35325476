"""What came of a usage log, and a shape for the hours it does not know."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from desktop.viewmodels.log_report import report_text
from pricing.workload import LogReport, WorkloadError, default_profiles, with_default_hours


class LogAccount(QWidget):
    """The account of a log; `report` is the one to take, with the hours chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: LogReport | None = None
        self._taken: LogReport | None = None
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("What the log says"))
        self.label = QLabel(self.tr("Hours of the day"))
        self.shape = ChoiceBox()
        self.shape.setAccessibleName(self.label.text())
        self.shape.addItem(self.tr("not known: only the peak inside the log"), "")
        for profile in default_profiles():
            self.shape.addItem(profile.name, profile.id)
        self.source = QLabel()
        self.source.setObjectName("hint")
        self.source.setWordWrap(True)
        self.label.setBuddy(self.shape)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.label)
        line.addWidget(self.shape, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.source)
        column.addWidget(self.text, 1)
        self.shape.currentIndexChanged.connect(lambda _index: self._shaped())

    @property
    def report(self) -> LogReport:
        """What is to be taken; raises AssertionError before a log was read."""
        assert self._taken is not None
        return self._taken

    def show_report(self, report: LogReport) -> None:
        """Show what was read; the hours can be chosen where the log does not know them."""
        self._read = report
        for widget in (self.label, self.shape, self.source):
            widget.setVisible(not report.coverage.hours_known)
        self.shape.setCurrentIndex(0)
        self._shaped()

    def _shaped(self) -> None:
        report = self._read
        if report is None:
            return
        chosen = str(self.shape.currentData())
        said = next((p.profile.source for p in default_profiles() if p.id == chosen), "")
        if chosen:
            try:
                report = with_default_hours(report, chosen)
            except WorkloadError as error:
                said = str(error)
        self._taken = report
        self.source.setText(said)
        self.source.setVisible(bool(said))
        self.text.setHtml(report_text(report))
