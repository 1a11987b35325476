"""An option with its work predicted, and the same one with its work stated."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_setup import Outcome, classes_of
from desktop.viewmodels.words import number
from pricing import today as clock
from pricing.bill.prediction import Prediction
from pricing.catalogue import Catalogue
from pricing.plan.capacity import Capacity
from pricing.plan.figure import PositiveAmount
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Precision, Serving
from pricing.plan.workload import RequestClass
from pricing.serving.measured.names import PRECISIONS, model_key

UNKNOWN: Final = 1000.0
"""Output tokens per second to begin with where nothing is known; it says so as its source."""


def _t(text: str) -> str:
    return QCoreApplication.translate("OptionForm", text)


def as_predicted(option: SelfHosted, catalogue: Catalogue) -> SelfHosted:
    """The option with predicted work; the model it runs is recognised by its name."""
    if option.serving is not None:
        return option
    words = option.serves_model
    serving = Serving(model=recognised(words, catalogue), precision=_precision_in(words))
    return option.model_copy(update={"capacity": None, "serving": serving})


def as_stated(option: SelfHosted, plan: Plan, outcome: Outcome) -> SelfHosted:
    """The option with stated work; what was predicted is the figure to begin with."""
    if option.capacity is not None:
        return option
    name = option.serves_model
    if outcome.prediction is not None:
        name = name or outcome.prediction.setup.model.name
        capacity = _as_capacity(outcome.prediction, classes_of(option, plan))
    else:
        unknown = _t("not known yet: replace it")
        capacity = Capacity(
            output_tokens_per_second=PositiveAmount(value=UNKNOWN, source=unknown, confidence="gap")
        )
    return option.model_copy(update={"capacity": capacity, "serving": None, "serves_model": name})


def recognised(words: str, catalogue: Catalogue) -> str:
    """The id of the catalogue's model that a name in words means; empty where it means none."""
    wanted = model_key(words)
    alike = [line.id for line in catalogue.open_models() if model_key(line.name) == wanted]
    return alike[0] if wanted and len(alike) == 1 else ""


def _precision_in(words: str) -> Precision:
    found = [PRECISIONS[word] for word in words.lower().split() if word in PRECISIONS]
    return found[0] if found else "bf16"


def _as_capacity(prediction: Prediction, classes: tuple[RequestClass, ...]) -> Capacity:
    """Predicted requests per hour of a mix of classes."""
    setup, work = prediction.setup, prediction.work
    days = 365 / 12
    volumes = [c.requests.value * (days if c.per == "day" else 1) for c in classes]
    total = sum(volumes) or 1.0
    busy = [work.seconds[c.id] for c in classes]

    def rate(seconds: list[float]) -> float:
        mean = sum(v * s for v, s in zip(volumes, seconds, strict=True)) / total
        return 3600 / (mean or max(seconds))

    return Capacity(
        requests_per_hour=PositiveAmount(
            value=rate([figure.value for figure in busy]),
            low=rate([figure.high or figure.value for figure in busy]),
            high=rate([figure.low or figure.value for figure in busy]),
            source=_t("predicted for {model} on {n} × {accelerator}").format(
                model=setup.model.name,
                n=number(setup.hardware.accelerators, 0),
                accelerator=setup.hardware.accelerator.name,
            ),
            as_of=clock.today(),
        ),
        usable_share=work.usable_share,
    )
