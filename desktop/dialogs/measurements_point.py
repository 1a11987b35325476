"""Enter one benchmark point, and see at once what is predicted for it."""

from typing import Any, Final

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.preview_panel import PreviewPanel
from desktop.dialogs.sheet_fields import Entry, SheetFields, align
from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from desktop.viewmodels.measurements import point_preview, software_name
from pricing import today as clock
from pricing.bill.errors import BillError
from pricing.bill.setup import Setup, setup_of
from pricing.catalogue import catalogue_for
from pricing.plan.figure import BUYER
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.problems import problems_of
from pricing.serving.measured.own import MOST, names_of
from pricing.serving.measured.own_check import hold, setups_of

SIZE: Final = (1040, 600)
PREVIEW: Final = 300
NEEDED: Final = ("input_tokens", "output_tokens", "output_tokens_per_second")
PRECISIONS: Final = ("bf16", "fp16", "fp8", "int8", "nvfp4", "mxfp4", "int4")
KV_PRECISIONS: Final = ("fp16", "fp8")
SOFTWARE: Final = ("vllm", "sglang", "tensorrt-llm", "other")


class PointDialog(LinesDialog):
    """Asks for one point.

    Signals:
        made: the point.
    """

    made = Signal(object)

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Add a benchmark point"))
        self.ok.setText(self.tr("Add"))
        self.resize(*SIZE)
        self._plan = plan
        self._names = names_of(plan, catalogue_for(plan))
        self.point: OwnMeasurement | None = None
        self.choices = {
            "model": self._choice([(m.name, m.id) for m in self._names.models.values()]),
            "accelerator": self._choice(
                [(a.name, a.id) for a in self._names.accelerators.values()]
            ),
            "framework": self._choice([(software_name(code), code) for code in SOFTWARE]),
            "precision": self._choice([(code.upper(), code) for code in PRECISIONS]),
            "kv_precision": self._choice([(code.upper(), code) for code in KV_PRECISIONS]),
        }
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("who measured it, with what"))
        self.day = QLineEdit(clock.today().isoformat())
        self.day.setPlaceholderText("2026-11-22")
        self.layout_, self.run, self.result_ = self._blocks()
        self.preview = PreviewPanel(self.tr("Beside the prediction"))
        self._place()
        self._preset()
        for box in self.choices.values():
            box.currentIndexChanged.connect(lambda _index: self._check())
        for text in (self.source, self.day):
            text.textChanged.connect(lambda _text: self._check())
        for block in (self.layout_, self.run, self.result_):
            block.changed.connect(self._check)
        self.accepted.connect(lambda: self.made.emit(self.point))
        self._check()

    def _choice(self, entries: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox()
        for name, code in entries:
            box.addItem(name, code)
        return box

    def _blocks(self) -> tuple[SheetFields, SheetFields, SheetFields]:
        one, tokens = "1", self.tr("tokens")
        return (
            SheetFields(
                self.tr("Parallelism"),
                OwnMeasurement,
                (
                    Entry("tensor_parallel", self.tr("Tensor parallel"), "", one),
                    Entry("pipeline_parallel", self.tr("Pipeline parallel"), "", one),
                    Entry("data_parallel", self.tr("Attention data parallel"), "", one),
                    Entry("replicas", self.tr("Replicas measured together"), "", one),
                ),
            ),
            SheetFields(
                self.tr("What it answered"),
                OwnMeasurement,
                (
                    Entry("input_tokens", self.tr("Mean input"), tokens),
                    Entry("output_tokens", self.tr("Mean output"), tokens),
                    Entry(
                        "concurrency", self.tr("Requests at once"), "", self.tr("as many as fit")
                    ),
                ),
            ),
            SheetFields(
                self.tr("What came out"),
                OwnMeasurement,
                (
                    Entry("output_tokens_per_second", self.tr("Output, all together"), "tokens/s"),
                    Entry("ttft_ms", self.tr("Mean time to first token"), "ms", "–"),
                    Entry("tpot_ms", self.tr("Mean time per token"), "ms", "–"),
                ),
            ),
        )

    def _place(self) -> None:
        self.add_line(self.tr("Model"), self.choices["model"])
        self.add_line(self.tr("Accelerator"), self.choices["accelerator"])
        line = QHBoxLayout()
        line.setSpacing(GRID)
        names = {
            "framework": self.tr("Serving software"),
            "precision": self.tr("Weights"),
            "kv_precision": self.tr("KV cache"),
        }
        for name, label in names.items():
            if name != "framework":
                line.addWidget(QLabel(label))
            line.addWidget(self.choices[name], 1)
            self.choices[name].setAccessibleName(label)
        self.lines.addRow(names["framework"], line)
        origin = QHBoxLayout()
        origin.setSpacing(GRID)
        origin.addWidget(self.source, 3)
        origin.addWidget(QLabel(self.tr("Day")))
        origin.addWidget(self.day, 1)
        self.source.setAccessibleName(self.tr("Source"))
        self.day.setAccessibleName(self.tr("Day"))
        self.lines.addRow(self.tr("Source"), origin)
        align(self.run, self.result_)
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        right.addWidget(self.run)
        right.addWidget(self.result_)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.layout_)
        left.addStretch(1)
        self.preview.setFixedWidth(PREVIEW)
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        middle.addLayout(left, 1)
        middle.addLayout(right, 1)
        middle.addWidget(self.preview)
        self.column.addLayout(middle, 1)
        self.finish_layout()

    def _preset(self) -> None:
        """Start from what the first predicted option runs."""
        setup = _first_setup(self._plan)
        if setup is None:
            return
        serving = setup.serving
        chosen = {
            "model": setup.model.id,
            "accelerator": setup.hardware.accelerator.id,
            "framework": serving.framework,
            "precision": serving.precision,
            "kv_precision": serving.kv_precision,
        }
        for name, box in self.choices.items():
            box.setCurrentIndex(max(0, box.findData(chosen[name])))
        self.layout_.show_values(
            {
                "tensor_parallel": serving.tensor_parallel,
                "pipeline_parallel": serving.pipeline_parallel,
                "data_parallel": serving.data_parallel,
            }
        )

    def _check(self) -> None:
        self.point, wrong = self._read()
        if self.point is None:
            self.preview.show_lines((), self.tr("Nothing yet: the point is not complete."))
        else:
            known = self._plan.measurements
            (held,) = hold([self.point], self._names, known)
            setups = setups_of([self.point], self._names, known)
            self.preview.show_lines(point_preview(held, setups))
        self.need(wrong)

    def _read(self) -> tuple[OwnMeasurement | None, str]:
        """The point, or the sentence that says what is missing or wrong."""
        blocks = (self.layout_, self.run, self.result_)
        self._mark("")
        wrong = next((block.sentence for block in blocks if block.sentence), "")
        if wrong:
            return None, wrong
        if len(self._plan.measurements) >= MOST:
            return None, self.tr("The plan has {n} points, as many as it takes.").format(n=MOST)
        stated = {name: value for block in blocks for name, value in block.stated().items()}
        if any(name not in stated for name in NEEDED):
            return None, self.tr(
                "Enter mean input and output tokens, and the output tokens per second."
            )
        document = self._document(stated)
        try:
            return OwnMeasurement.model_validate(document), ""
        except ValidationError as error:
            problem = problems_of(error, document, OwnMeasurement)[0]
            self._mark(problem.path.partition(".")[0])
            return None, problem.message

    def _document(self, stated: dict[str, float]) -> dict[str, Any]:
        chosen = {name: box.currentData() for name, box in self.choices.items()}
        whole = {name: int(stated[name]) for name in self.layout_.fields if name in stated}
        return {
            **chosen,
            **stated,
            **whole,
            "source": self.source.text().strip() or BUYER,
            "as_of": self.day.text().strip() or None,
        }

    def _mark(self, wrong: str) -> None:
        for block in (self.layout_, self.run, self.result_):
            block.mark(wrong)


def _first_setup(plan: Plan) -> Setup | None:
    """What the first option whose work can be predicted runs."""
    for option in plan.options:
        if isinstance(option, SelfHosted) and option.serving is not None:
            try:
                return setup_of(option, plan, catalogue_for(plan))
            except BillError:
                continue
    return None
