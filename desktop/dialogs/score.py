"""Enter what one model scores on the buyer's own test."""

from typing import Any, Final

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.dialogs.form_lines import LinesDialog
from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox
from desktop.viewmodels.scores import names_of_models
from pricing import today as clock
from pricing.catalogue import catalogue_for
from pricing.plan.figure import BUYER
from pricing.plan.plan import Plan
from pricing.plan.problems import problems_of
from pricing.plan.quality import ModelQuality

WIDTH: Final = 520


class ScoreDialog(LinesDialog):
    """Asks for one score; that of a model which has one for the same classes is replaced.

    Signals:
        made: the model and its score.
    """

    made = Signal(object)

    def __init__(
        self,
        plan: Plan,
        model: str = "",
        parent: QWidget | None = None,
        request_class: str | None = None,
    ) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Quality score"))
        self.ok.setText(self.tr("Enter"))
        self.resize(WIDTH, self.sizeHint().height())
        self._plan = plan
        self._value: float | None = None
        self.quality: ModelQuality | None = None
        self.model = ChoiceBox()
        for identifier, name in names_of_models(plan, catalogue_for(plan)).items():
            self.model.addItem(name, identifier)
        self.model.setCurrentIndex(max(0, self.model.findData(model or self._unscored())))
        self.request_class = ChoiceBox()
        self.request_class.addItem(self.tr("all request classes without one of their own"), None)
        for one in plan.workload:
            self.request_class.addItem(one.name, one.id)
        self.request_class.setCurrentIndex(max(0, self.request_class.findData(request_class)))
        self.score = NumberField(Limits(0, 1, percent=True, fractions=True, optional=True))
        self.score.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.score.setPlaceholderText(self.tr("0 to 100, such as 78"))
        self.day, self.source = QLineEdit(), QLineEdit()
        self.day.setPlaceholderText(self.tr("year-month-day, such as 2026-11-22"))
        self.source.setPlaceholderText(self.tr("test and number of questions, for example"))
        self.add_line(self.tr("Model"), self.model)
        self.add_line(self.tr("For"), self.request_class)
        self.add_line(self.tr("Score"), self.score)
        self.add_line(self.tr("Measured on"), self.day)
        self.add_line(self.tr("Source"), self.source)
        self.finish_layout()
        self.model.currentIndexChanged.connect(lambda _index: self._show_known())
        self.request_class.currentIndexChanged.connect(lambda _index: self._show_known())
        self.score.entered.connect(self._entered)
        self.score.refused.connect(lambda _sentence: self._check())
        self.day.textEdited.connect(lambda _text: self._check())
        self.source.textEdited.connect(lambda _text: self._check())
        self.accepted.connect(lambda: self.made.emit(self.quality))
        self._show_known()
        if model:
            self.score.setFocus()

    def _unscored(self) -> str:
        """The first model without a score for all classes: what is added replaces nothing."""
        scored = {q.model for q in self._plan.qualities if q.request_class is None}
        models = (str(self.model.itemData(place)) for place in range(self.model.count()))
        return next((model for model in models if model not in scored), "")

    def _show_known(self) -> None:
        """Start from the score that the chosen model has for the chosen classes."""
        chosen = self.model.currentData(), self.request_class.currentData()
        known = next(
            (q.score for q in self._plan.qualities if (q.model, q.request_class) == chosen), None
        )
        day = clock.today() if known is None else known.as_of
        self._value = None if known is None else known.value
        self.score.show_stored(self._value)
        self.day.setText("" if day is None else day.isoformat())
        self.source.setText("" if known is None or known.source == BUYER else known.source)
        self._check()

    def _entered(self, value: float | None) -> None:
        self._value = value
        self._check()

    def _check(self) -> None:
        self.quality, wrong = self._read()
        self.need(wrong)

    def _read(self) -> tuple[ModelQuality | None, str]:
        """The score, or the sentence that says what is missing or wrong."""
        if self.score.sentence:
            return None, self.score.sentence
        if self._value is None:
            return None, self.tr("Enter the score on your own test, from 0 to 100 %.")
        score: dict[str, Any] = {
            "value": self._value,
            "source": self.source.text().strip() or BUYER,
            "as_of": self.day.text().strip() or None,
        }
        document = {
            "model": self.model.currentData(),
            "request_class": self.request_class.currentData(),
            "score": score,
        }
        try:
            return ModelQuality.model_validate(document), ""
        except ValidationError as error:
            return None, problems_of(error, document, ModelQuality)[0].message
