"""Import of a usage log: columns by meaning, reading in the background, an account of every row."""

import threading
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.log_account import LogAccount
from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox, TickBox
from desktop.work.log_header import LogHeader, read_header
from desktop.work.newest import NewestWins
from pricing.workload import ColumnMapping, LogReport, read_log

MEANINGS: Final = (
    "timestamp",
    "input_tokens",
    "output_tokens",
    "cached_tokens",
    "requests",
    "label",
)
REQUIRED: Final = ("timestamp", "input_tokens")


class Stopped(Exception):
    """The person closed the dialog while the log was being read."""


class ImportLogDialog(LinesDialog):
    """Maps columns, reads the log, shows what came of it.

    Signals:
        imported: the request classes, once the person has accepted them.
    """

    imported = Signal(object)
    progressed = Signal(float)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Import a usage log"))
        self.resize(900, 620)
        self.report: LogReport | None = None
        self._path = path
        self._header: LogHeader | None = None
        self._stop = threading.Event()
        self._work = NewestWins(self)
        self._work.finished.connect(self._answered)
        self._work.failed.connect(self._failed)
        self.progressed.connect(lambda share: self.progress.setValue(round(share * 1000)))
        self.boxes: dict[str, ChoiceBox] = {}
        self._place()
        self.finished.connect(lambda _code: self._end())
        self.accepted.connect(self._accept)
        self._work.submit(lambda: read_header(path))
        self.need(self.tr("Looking at the columns of {file}…").format(file=path.name))

    def _place(self) -> None:
        self.title = QLabel(self._path.name)
        self.title.setObjectName("pageTitle")
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._mapping_page())
        self.account = LogAccount()
        self.stack.addWidget(self.account)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.back = QPushButton(self.tr("Back to the columns"))
        self.back.clicked.connect(self._back)
        self.buttons.addButton(self.back, self.buttons.ButtonRole.ActionRole)
        self.back.hide()
        self.column.addWidget(self.title)
        self.column.addWidget(self.about)
        self.column.addWidget(self.stack, 1)
        self.column.addWidget(self.progress)
        self.finish_layout()
        self.buttons.accepted.disconnect()
        self.buttons.accepted.connect(self._go_on)
        self.ok.setText(self.tr("Read the log"))

    def _mapping_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnMinimumWidth(0, 168)
        grid.setColumnStretch(1, 1)
        names = {
            "timestamp": self.tr("Time"),
            "input_tokens": self.tr("Input tokens"),
            "output_tokens": self.tr("Output tokens"),
            "cached_tokens": self.tr("Cached tokens"),
            "requests": self.tr("Requests in the row"),
            "label": self.tr("Split into classes by"),
        }
        for row, meaning in enumerate(MEANINGS):
            box = ChoiceBox()
            box.setEnabled(False)
            box.setAccessibleName(names[meaning])
            box.currentIndexChanged.connect(lambda _index: self._check())
            self.boxes[meaning] = box
            grid.addWidget(QLabel(names[meaning]), row, 0)
            grid.addWidget(box, row, 1)
        self.time_format = QLineEdit()
        self.time_format.setPlaceholderText(self.tr("found by itself; else as %d/%m/%Y %H:%M"))
        self.offset = NumberField(
            Limits(low=-14, high=14, optional=True), self.tr("hours ahead of UTC")
        )
        self.offset.setPlaceholderText(self.tr("hours as written"))
        self.idle = TickBox(self.tr("Rows without tokens are idle time, not damage"))
        self._hours: float | None = None
        self.offset.entered.connect(self._set_offset)
        for row, (label, widget) in enumerate(
            (
                (self.tr("Time format"), self.time_format),
                (self.tr("Your clock"), self.offset),
                ("", self.idle),
            ),
            len(MEANINGS),
        ):
            grid.addWidget(QLabel(label), row, 0)
            grid.addWidget(widget, row, 1)
            if label:
                widget.setAccessibleName(label)
        column.addLayout(grid)
        column.addStretch(1)
        return page

    def _set_offset(self, hours: float | None) -> None:
        self._hours = hours

    # --- columns --------------------------------------------------------------------------------

    def _show_header(self, header: LogHeader) -> None:
        self._header = header
        found = header.recognition.mapping
        known = header.recognition.export
        self.about.setText(
            self.tr("Recognised: {name}.").format(name=known)
            if known
            else header.recognition.why_not
            or self.tr("Say which column means what; time and input tokens are needed.")
        )
        for meaning, box in self.boxes.items():
            box.clear()
            box.addItem(self.tr("choose a column") if meaning in REQUIRED else self.tr("none"), ())
            for column in header.recognition.columns:
                box.addItem(column, (column,))
            box.setEnabled(True)
            self._preset(box, meaning, found)
        label = header.recognition.label_column
        if label is not None:
            self.boxes["label"].setCurrentIndex(max(0, self.boxes["label"].findText(label)))
        if found is not None:
            self.time_format.setText(found.time_format)
            self.idle.setChecked(found.rows_without_usage == "skipped")
        self._check()

    def _preset(self, box: ChoiceBox, meaning: str, found: ColumnMapping | None) -> None:
        """Choose the column recognised for a meaning; sums of columns are an entry of their own."""
        value = getattr(found, meaning, None) if found is not None else None
        columns: tuple[str, ...] = (value,) if isinstance(value, str) else tuple(value or ())
        if not columns:
            return
        index = next((i for i in range(box.count()) if box.itemData(i) == columns), -1)
        if index < 0:
            box.addItem(" + ".join(columns), columns)
            index = box.count() - 1
        box.setCurrentIndex(index)

    def mapping(self) -> ColumnMapping:
        """The columns as chosen; raises ValidationError."""
        chosen = {meaning: box.currentData() or () for meaning, box in self.boxes.items()}
        return ColumnMapping(
            timestamp=chosen["timestamp"][0] if chosen["timestamp"] else "",
            input_tokens=chosen["input_tokens"],
            output_tokens=chosen["output_tokens"],
            cached_tokens=chosen["cached_tokens"],
            requests=chosen["requests"][0] if chosen["requests"] else None,
            label=chosen["label"][0] if chosen["label"] else None,
            time_format=self.time_format.text().strip(),
            rows_without_usage="skipped" if self.idle.isChecked() else "bad",
        )

    def _check(self) -> None:
        if self._header is None:
            return
        if any(not self.boxes[meaning].currentData() for meaning in REQUIRED):
            self.need(self.tr("Choose the columns of time and input tokens."))
            return
        try:
            self.mapping()
        except ValidationError as error:
            self.need(str(error.errors()[0]["msg"]))
        else:
            self.need("")

    # --- reading --------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self.report is not None:
            self.accept()
            return
        mapping, path, stop, progressed = self.mapping(), self._path, self._stop, self.progressed
        hours = self._hours

        def progress(share: float) -> None:
            if stop.is_set():
                raise Stopped
            progressed.emit(share)

        self.progress.setValue(0)
        self.progress.show()
        self.need(self.tr("Reading…"))
        self._work.submit(
            lambda: read_log(path, mapping, progress=progress, utc_offset_hours=hours)
        )

    def _answered(self, outcome: LogHeader | LogReport) -> None:
        if isinstance(outcome, LogHeader):
            self._show_header(outcome)
            return
        self.report = outcome
        self.progress.hide()
        self.account.show_report(outcome)
        self.stack.setCurrentIndex(1)
        self.back.show()
        self.ok.setText(self.tr("Take these request classes"))
        self.need("")

    def _failed(self, error: Exception) -> None:
        self.progress.hide()
        self.need(str(error))
        self.missing.setObjectName("fieldError")
        self.missing.style().unpolish(self.missing)
        self.missing.style().polish(self.missing)
        self.ok.setEnabled(self._header is not None)

    def _back(self) -> None:
        self.report = None
        self.stack.setCurrentIndex(0)
        self.back.hide()
        self.ok.setText(self.tr("Read the log"))
        self._check()

    def _accept(self) -> None:
        if self.report is not None:
            self.imported.emit(self.account.report.classes)

    def _end(self) -> None:
        self._stop.set()
        self._work.wait()
