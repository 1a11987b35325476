"""Add an accelerator of one's own from its data sheet."""

from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.preview_panel import PreviewPanel
from desktop.dialogs.sheet_fields import Entry, SheetFields, align
from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from desktop.viewmodels.sheet_preview import accelerator_preview
from pricing import today as clock
from pricing.plan.figure import BUYER
from pricing.plan.problems import problems_of
from pricing.plan.sheets import AcceleratorSheet

SIZE = (1000, 560)
PREVIEW = 260
OLDEST = 2010
"""First year of release that can be chosen."""
NEEDED = ("memory_gb", "bandwidth_gb_s", "bf16_tflops")
"""Without these nothing can be predicted."""
UNITS = {
    "memory_gb": "GB",
    "bandwidth_gb_s": "GB/s",
    "bf16_tflops": "TFLOP/s",
    "fp8_tflops": "TFLOP/s",
    "int8_tops": "TOP/s",
    "fp4_tflops": "TFLOP/s",
    "interconnect_gb_s": "GB/s",
    "tdp_w": "W",
    "all_in_kw": "kW",
}


class OwnAcceleratorDialog(LinesDialog):
    """Asks for a data sheet and shows what its figures amount to.

    Signals:
        made: the accelerator sheet.
    """

    made = Signal(object)

    def __init__(
        self, identifier: str, sheet: AcceleratorSheet | None = None, parent: QWidget | None = None
    ) -> None:
        """Ask for an accelerator; `sheet` is one to change."""
        super().__init__("", "", parent)
        title = self.tr("Change an accelerator") if sheet else self.tr("Add an accelerator")
        self.setWindowTitle(title)
        self.ok.setText(self.tr("Change") if sheet else self.tr("Add"))
        self.resize(*SIZE)
        self._identifier, self._old = identifier, sheet
        self.sheet: AcceleratorSheet | None = None
        self.texts = {
            "name": QLineEdit(),
            "vendor": QLineEdit(),
            "architecture": QLineEdit(),
            "interconnect": QLineEdit(),
            "source": QLineEdit(),
        }
        self.compute, self.links, self.power = self._blocks()
        self.year = ChoiceBox()
        self.year.addItem(self.tr("not known"), None)
        for year in range(clock.today().year + 1, OLDEST - 1, -1):
            self.year.addItem(str(year), year)
        self.power.add_line(self.tr("Year of release"), self.year)
        align(self.links, self.power)
        self.preview = PreviewPanel(self.tr("What follows from it"))
        self._place()
        if sheet is not None:
            self._show(sheet)
        for text in self.texts.values():
            text.textChanged.connect(lambda _text: self._check())
        for block in (self.compute, self.links, self.power):
            block.changed.connect(self._check)
        self.year.currentIndexChanged.connect(lambda _index: self._check())
        self.accepted.connect(lambda: self.made.emit(self.sheet))
        self._check()
        self.texts["name"].setFocus()

    def _blocks(self) -> tuple[SheetFields, SheetFields, SheetFields]:
        none = self.tr("none")

        def entry(name: str, label: str, placeholder: str = "") -> Entry:
            return Entry(name, label, UNITS.get(name, ""), placeholder)

        return (
            SheetFields(
                self.tr("Memory and dense throughput"),
                AcceleratorSheet,
                (
                    entry("memory_gb", self.tr("Memory")),
                    entry("bandwidth_gb_s", self.tr("Bandwidth")),
                    entry("bf16_tflops", self.tr("16-bit")),
                    entry("fp8_tflops", self.tr("8-bit float"), none),
                    entry("int8_tops", self.tr("8-bit integer"), none),
                    entry("fp4_tflops", self.tr("4-bit float"), none),
                ),
            ),
            SheetFields(
                self.tr("Links between accelerators"),
                AcceleratorSheet,
                (
                    entry("interconnect_gb_s", self.tr("Each, one way")),
                    entry("max_scale_up", self.tr("In one fast domain")),
                ),
            ),
            SheetFields(
                self.tr("Power and age"),
                AcceleratorSheet,
                (
                    entry("tdp_w", self.tr("Design power")),
                    entry("all_in_kw", self.tr("With its share of host")),
                ),
            ),
        )

    def _place(self) -> None:
        texts = self.texts
        texts["name"].setPlaceholderText(self.tr("what it is called: H100 SXM"))
        texts["vendor"].setPlaceholderText(self.tr("who makes it"))
        texts["architecture"].setPlaceholderText(self.tr("its generation: Hopper"))
        texts["interconnect"].setPlaceholderText(self.tr("NVLink 4, PCIe 5 x16"))
        texts["source"].setPlaceholderText(self.tr("data sheet, quote: entered by you"))
        self.add_line(self.tr("Name"), texts["name"])
        for left, middle_label, right in (
            ("vendor", self.tr("Generation"), "architecture"),
            ("interconnect", self.tr("Source"), "source"),
        ):
            line = QHBoxLayout()
            line.setSpacing(GRID)
            line.addWidget(texts[left], 1)
            label = QLabel(middle_label)
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(self.tr("Generation")))
            line.addWidget(label)
            line.addWidget(texts[right], 1)
            texts[right].setAccessibleName(middle_label)
            name = self.tr("Vendor") if left == "vendor" else self.tr("Kind of link")
            texts[left].setAccessibleName(name)
            self.lines.addRow(name, line)
        right_column = QVBoxLayout()
        right_column.setSpacing(2 * GRID)
        right_column.addWidget(self.links)
        right_column.addWidget(self.power)
        right_column.addStretch(1)
        left_column = QVBoxLayout()
        left_column.addWidget(self.compute)
        left_column.addStretch(1)
        self.preview.setFixedWidth(PREVIEW)
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        middle.addLayout(left_column, 1)
        middle.addLayout(right_column, 1)
        middle.addWidget(self.preview)
        self.column.addLayout(middle, 1)
        self.finish_layout()

    def _show(self, sheet: AcceleratorSheet) -> None:
        for name, text in self.texts.items():
            value = getattr(sheet, name)
            text.setText("" if value == BUYER else value)
            text.setCursorPosition(0)
        for block in (self.compute, self.links, self.power):
            values = {name: getattr(sheet, name) for name in block.fields}
            block.show_values(
                {
                    name: value.value if name in UNITS and value is not None else value
                    for name, value in values.items()
                }
            )

        self.year.setCurrentIndex(max(self.year.findData(sheet.release_year), 0))

    def _check(self) -> None:
        self.sheet, wrong = self._read()
        self.preview.show_lines(
            accelerator_preview(self.sheet) if self.sheet is not None else (),
            self.tr("Nothing yet: the data sheet is not complete."),
        )
        self.need(wrong)

    def _read(self) -> tuple[AcceleratorSheet | None, str]:
        """The data sheet, or the sentence that says what is missing or wrong."""
        blocks = (self.compute, self.links, self.power)
        self._mark("")
        wrong = next((block.sentence for block in blocks if block.sentence), "")
        if wrong:
            return None, wrong
        if not self.texts["name"].text().strip():
            return None, self.tr("Give it a name.")
        stated = {name: value for block in blocks for name, value in block.stated().items()}
        if any(name not in stated for name in NEEDED):
            return None, self.tr(
                "Enter memory, bandwidth and 16-bit throughput; nothing can be predicted without "
                "them."
            )
        document = self._document(stated)
        try:
            return AcceleratorSheet.model_validate(document), ""
        except ValidationError as error:
            problem = problems_of(error, document, AcceleratorSheet)[0]
            self._mark(problem.path.partition(".")[0])
            return None, problem.message

    def _mark(self, wrong: str) -> None:
        for block in (self.compute, self.links, self.power):
            block.mark(wrong)

    def _document(self, stated: dict[str, float]) -> dict[str, Any]:
        texts = {name: text.text().strip() for name, text in self.texts.items()}
        source, day = texts["source"] or BUYER, clock.today()
        figures = {
            name: self._figure(name, value, source)
            for name, value in stated.items()
            if name in UNITS
        }
        return {
            **texts,
            **figures,
            "max_scale_up": int(stated["max_scale_up"]) if "max_scale_up" in stated else None,
            "release_year": self.year.currentData(),
            "id": self._identifier or "own",
            "name": texts["name"][:120],
            "source": source,
            "as_of": day,
            "note": self._old.note if self._old is not None else "",
            "unverified": self._still_unverified(stated),
        }

    def _still_unverified(self, stated: dict[str, float]) -> tuple[str, ...]:
        """Figures nobody checked and the buyer left as they were."""
        old = self._old
        if old is None:
            return ()
        figures = {name: getattr(old, name, None) for name in old.unverified}
        return tuple(
            name
            for name, figure in figures.items()
            if figure is not None and getattr(figure, "value", None) == stated.get(name)
        )

    def _figure(self, name: str, value: float, source: str) -> dict[str, Any]:
        """A figure with the buyer's origin; one left as it was keeps its own."""
        old = getattr(self._old, name) if self._old is not None else None
        if old is not None and old.value == value and old.source == source:
            kept: dict[str, Any] = old.model_dump()
            return kept
        return {"value": value, "unit": UNITS[name], "source": source, "as_of": clock.today()}
