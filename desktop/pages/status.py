"""The line at the bottom: age of the prices, speed, findings, offline."""

from datetime import date

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from pricing.evaluation import Evaluation


class StatusLine(QStatusBar):
    """Says how fresh the prices are and how the last evaluation went.

    Signals:
        findings_wanted: the count of findings was pressed.
        prices_wanted: the age of the prices was pressed.
    """

    findings_wanted = Signal()
    prices_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.speed, self.offline = QLabel(), QLabel(self.tr("offline"))
        self.offline.setToolTip(self.tr("Reckoner opens no network connection."))
        self.findings, self.prices = QToolButton(), QToolButton()
        self.findings.clicked.connect(self.findings_wanted)
        self.prices.clicked.connect(self.prices_wanted)
        self.prices.setToolTip(self.tr("Catalogue of this plan…"))
        for button in (self.findings, self.prices):
            button.setObjectName("statusButton")
        for widget in (self.prices, self.speed, self.findings, self.offline):
            self.addPermanentWidget(widget)
        self.prices.hide()

    def show_prices(self, day: date | None, today: date, newer: date | None = None) -> None:
        """Say of which day the prices are, and whether newer ones are installed."""
        self.prices.show()
        if day is None:
            self.prices.setText(self.tr("no price data"))
            return
        if newer is not None:
            text = self.tr("Prices of {day}, newer ones of {newer} installed")
            self.prices.setText(text.format(day=day.isoformat(), newer=newer.isoformat()))
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
