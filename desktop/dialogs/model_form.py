"""The shape of a model, entered field by field."""

from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.dialogs.sheet_fields import Entry, SheetFields, align
from desktop.forms.describe import describe
from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from pricing.catalogue.parameters import COUNTED, counted
from pricing.plan.labels import LABELS
from pricing.plan.problems import problems_of
from pricing.plan.sheets import ModelSheet

PRECISIONS = ("bfloat16", "float16", "fp8", "int8", "int4", "nvfp4", "mxfp4 (MoE) / bf16")
NEEDED = ("layers", "hidden", "n_heads", "vocab")
STATED_BY_THE_PUBLISHER = ("total_params_b", "active_params_b")


class ModelForm(QWidget):
    """Fields of a model's shape in three columns.

    Signals:
        changed: something was entered.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[str, Any] = {}
        every, experts, parameters, latent, windows = self._blocks()
        self.blocks = (every, experts, parameters, latent, windows)
        self.gated = QCheckBox(self.tr("with a gate (three matrices)"))
        self.gated.setToolTip(describe(ModelSheet, "gated_mlp").help)
        self.gated.setChecked(True)
        self.tied = QCheckBox(self.tr("same weights in and out"))
        self.tied.setToolTip(describe(ModelSheet, "tie_embeddings").help)
        self.precision = ChoiceBox()
        self.precision.addItems(PRECISIONS)
        every.add_line(self.tr("Feed-forward"), self.gated)
        every.add_line(self.tr("Embeddings"), self.tied)
        every.add_line(self.tr("Native precision"), self.precision)
        align(experts, parameters)
        align(latent, windows)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3 * GRID)
        for blocks in ((every,), (experts, parameters), (latent, windows)):
            column = QVBoxLayout()
            column.setSpacing(2 * GRID)
            for block in blocks:
                column.addWidget(block)
                block.changed.connect(self.changed)
            column.addStretch(1)
            line.addLayout(column, 1)
        self.gated.toggled.connect(lambda _on: self.changed.emit())
        self.tied.toggled.connect(lambda _on: self.changed.emit())
        self.precision.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _blocks(self) -> tuple[SheetFields, ...]:
        computed, none = self.tr("computed"), self.tr("none")
        return (
            SheetFields(
                self.tr("Every model"),
                ModelSheet,
                (
                    Entry("layers", self.tr("Layers")),
                    Entry("hidden", self.tr("Width (hidden)")),
                    Entry("n_heads", self.tr("Attention heads")),
                    Entry("n_kv_heads", self.tr("Key-value heads"), "", self.tr("as many")),
                    Entry("head_dim", self.tr("Width of a head"), "", computed),
                    Entry("intermediate", self.tr("Feed-forward width")),
                    Entry("vocab", self.tr("Vocabulary")),
                    Entry("max_context", self.tr("Longest context"), self.tr("tokens")),
                ),
            ),
            SheetFields(
                self.tr("Experts, if it has any"),
                ModelSheet,
                (
                    Entry("n_experts", self.tr("Experts"), "", none),
                    Entry("experts_per_token", self.tr("Per token")),
                    Entry("moe_intermediate", self.tr("Width of one")),
                    Entry("shared_experts", self.tr("Shared"), "", none),
                    Entry("first_k_dense", self.tr("Layers without, first"), "", none),
                    Entry("moe_layer_interval", self.tr("In every n-th layer"), "", "1"),
                ),
            ),
            SheetFields(
                self.tr("Parameters, if the shape does not tell"),
                ModelSheet,
                (
                    Entry("total_params_b", self.tr("All, in billions"), "", computed),
                    Entry("active_params_b", self.tr("Active, in billions"), "", computed),
                ),
            ),
            SheetFields(
                self.tr("Latent attention (MLA), if it has it"),
                ModelSheet,
                (
                    Entry("kv_lora_rank", self.tr("KV latent width"), "", none),
                    Entry("q_lora_rank", self.tr("Query latent width"), "", none),
                    Entry("qk_rope_dim", self.tr("Rotary head width")),
                    Entry("qk_nope_dim", self.tr("Other head width")),
                    Entry("v_head_dim", self.tr("Value head width")),
                ),
            ),
            SheetFields(
                self.tr("Layers that do not see it all"),
                ModelSheet,
                (
                    Entry("sliding_layers", self.tr("With a window"), self.tr("layers"), none),
                    Entry("sliding_window", self.tr("Its length"), self.tr("tokens")),
                    Entry("linear_layers", self.tr("Linear attention"), self.tr("layers"), none),
                ),
            ),
        )

    def show_sheet(self, sheet: ModelSheet) -> None:
        """Show a model; parameters computed from its shape stay computed."""
        values: dict[str, float | None] = {}
        for block in self.blocks:
            for name in block.fields:
                value = getattr(sheet, name)
                values[name] = value.value if name in STATED_BY_THE_PUBLISHER else value
        for name in STATED_BY_THE_PUBLISHER:
            if not _differs_from_its_shape(sheet, name):
                values[name] = None
        for block in self.blocks:
            block.show_values(values)
        self.gated.setChecked(sheet.gated_mlp)
        self.tied.setChecked(bool(sheet.tie_embeddings))
        if self.precision.findText(sheet.native_dtype) < 0:
            self.precision.addItem(sheet.native_dtype)
        self.precision.setCurrentText(sheet.native_dtype)
        self._kept = {
            "attention": sheet.attention,
            "full_attention_interval": sheet.full_attention_interval,
        }

    def read(self, about: dict[str, Any]) -> tuple[ModelSheet | None, str]:
        """The model with id, name and so on, or the sentence that says what is missing or wrong."""
        self._mark("")
        for block in self.blocks:
            if block.sentence:
                return None, block.sentence
        stated = {name: v for block in self.blocks for name, v in block.stated().items()}
        for name in NEEDED:
            if name not in stated:
                return None, self.tr('"{field}" is missing: {description}').format(
                    field=LABELS[name].lower(), description=describe(ModelSheet, name).help
                )
        shape: dict[str, Any] = {
            "n_kv_heads": stated["n_heads"],
            **stated,
            **{name: int(v) for name, v in stated.items() if name not in STATED_BY_THE_PUBLISHER},
            "gated_mlp": self.gated.isChecked(),
            "tie_embeddings": self.tied.isChecked(),
            "native_dtype": self.precision.currentText(),
            "attention": self._kept.get("attention") or _in_words(stated),
            "full_attention_interval": self._kept.get("full_attention_interval"),
            **about,
        }
        shape["n_kv_heads"] = int(shape["n_kv_heads"])
        for name in STATED_BY_THE_PUBLISHER:
            if name in stated:
                shape[name] = {"value": stated[name], "source": about.get("source", "")}
        try:
            return counted(shape), ""
        except ValidationError as error:
            problem = problems_of(error, shape, ModelSheet)[0]
            self._mark(problem.path.partition(".")[0])
            return None, problem.message

    def _mark(self, wrong: str) -> None:
        for block in self.blocks:
            block.mark(wrong)


def _in_words(stated: dict[str, float]) -> str:
    if stated.get("kv_lora_rank"):
        return "MLA"
    heads = stated["n_heads"]
    return "MHA" if stated.get("n_kv_heads", heads) == heads else "GQA"


def _differs_from_its_shape(sheet: ModelSheet, name: str) -> bool:
    """Whether a number of parameters is another one than the shape gives."""
    stated = getattr(sheet, name)
    try:
        shape = sheet.model_dump(exclude=set(STATED_BY_THE_PUBLISHER))
        computed = getattr(counted(shape), name).value
    except ValidationError:
        return True
    same = abs(stated.value - computed) <= 1e-5 * computed
    return not (same and stated.source == COUNTED)
