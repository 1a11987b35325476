"""The line at the bottom: age of the prices, speed, findings, offline."""

from datetime import date

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from pricing.evaluation import Evaluation


class StatusLine(QStatusBar):
    """Says how fresh the prices are and how the last evaluation went.

    Signals:
        findings_wanted: the count of findings was pressed.
    """

    findings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.prices, self.speed, self.offline = QLabel(), QLabel(), QLabel(self.tr("offline"))
        self.offline.setToolTip(self.tr("Reckoner opens no network connection."))
        self.findings = QToolButton()
        self.findings.setObjectName("statusButton")
        self.findings.clicked.connect(self.findings_wanted)
        for widget in (self.prices, self.speed, self.findings, self.offline):
            self.addPermanentWidget(widget)

    def show_prices(self, day: date | None, today: date) -> None:
        """Say of which day the shipped prices are."""
        if day is None:
            self.prices.setText(self.tr("no price data"))
            return
        age = (today - day).days
        if age <= 0:
            text = self.tr("Prices of {day} (today)")
        elif age == 1:
            text = self.tr("Prices of {day} (1 day old)")
        else:
            text = self.tr("Prices of {day} ({n} days old)")
        self.prices.setText(text.format(day=day.isoformat(), n=age))

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """Say how long the evaluation took and how many findings it has."""
        self.speed.setVisible(evaluation is not None)
        self.findings.setVisible(evaluation is not None)
        if evaluation is None:
            return
        milliseconds = QLocale().toString(evaluation.seconds * 1000, "f", 0)
        self.speed.setText(self.tr("evaluated in {n} ms").format(n=milliseconds))
        count = len(evaluation.findings)
        text = self.tr("1 finding") if count == 1 else self.tr("{n} findings").format(n=count)
        self.findings.setText(text if count else self.tr("no findings"))
