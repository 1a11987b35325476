"""A buyer's own benchmark points as a person reads them in a terminal."""

from collections.abc import Iterator, Sequence

from pricing.cli.numbers import NONE, count, percent, significant
from pricing.cli.overview import bullet
from pricing.cli.table import table
from pricing.cli.texts import _
from pricing.plan.measurement import OwnMeasurement
from pricing.serving.measured.names import Names
from pricing.serving.measured.own_check import Held, Setup
from pricing.serving.predict import Interval


def points(held: Sequence[Held], names: Names, width: int) -> list[str]:
    """A row per point: what was measured, and what is predicted before and after."""
    headings = [
        _("Point"), _("Measured tokens/s"), _("Predicted before"), _("Error"),
        _("Predicted after"), _("Error after"),
    ]  # fmt: skip
    rows = [
        [
            f"{number}. {named(item.point, names)}",
            significant(item.point.output_tokens_per_second),
            *_predicted(item.before, item.error),
            *_predicted(item.after, item.error_after),
        ]
        for number, item in enumerate(held, 1)
    ]
    return table(headings, rows, width)


def listed(held: Sequence[Held], names: Names, width: int) -> list[str]:
    """A row per point of a plan: what was measured, what is predicted, and where it is from."""
    headings = [
        _("Point"), _("Source"), _("Measured tokens/s"), _("Predicted"), _("Error"),
        _("Measured on"),
    ]  # fmt: skip
    rows = [
        [
            f"{number}. {named(item.point, names)}",
            item.point.source,
            significant(item.point.output_tokens_per_second),
            *_predicted(item.after, item.error_after),
            NONE if item.point.as_of is None else item.point.as_of.isoformat(),
        ]
        for number, item in enumerate(held, 1)
    ]
    return table(headings, rows, width, labels=2)


def setups(found: Sequence[Setup], width: int) -> list[str]:
    """A row per setup: what the points do to the prediction of it."""
    headings = [
        _("Setup"), _("Own points"), _("Prediction moves"), _("80 % before"), _("80 % after"),
    ]  # fmt: skip
    rows = [
        [
            _("{model} {precision}, {layout}, {software}").format(
                model=item.stack.model.name,
                precision=item.stack.precision,
                layout=f"{item.stack.accelerators} x {item.stack.accelerator.name}",
                software=item.stack.framework or _("other software"),
            ),
            count(item.after.own),
            percent(item.moved - 1, signed=True),
            _range(item.before.low, item.before.high),
            _range(item.after.low, item.after.high),
        ]
        for item in found
    ]
    return table(headings, rows, width)


def remarks(held: Sequence[Held], names: Names, told: Sequence[str], width: int) -> Iterator[str]:
    """What a person should look at before trusting the points."""
    for number, item in enumerate(held, 1):
        text = ""
        if item.reason:
            text = _("it does not count: {reason}").format(reason=item.reason)
        elif item.wild:
            text = _("it does not count, because it is far from most others of its stack.")
        elif item.far:
            text = _("it is far from its prediction; check units and setup.")
        if text:
            point = f"{number}. {named(item.point, names)}: {text}"
            yield from bullet("-", point, width)
    for sentence in told:
        yield from bullet("-", sentence, width)


def named(point: OwnMeasurement, names: Names) -> str:
    """A point in a few words: model, setup, software, lengths and load."""
    model, card = names.models.get(point.model), names.accelerators.get(point.accelerator)
    ways = point.tensor_parallel * point.pipeline_parallel * point.data_parallel
    parts = [
        f"{model.name if model else point.model} {point.precision}",
        f"{ways * point.replicas} x {card.name if card else point.accelerator}",
        point.framework,
        f"{count(point.input_tokens)}+{count(point.output_tokens)}",
        _("maximum load") if point.concurrency is None
        else _("{n} at once").format(n=count(point.concurrency)),
    ]  # fmt: skip
    return ", ".join(parts)


def _predicted(predicted: Interval | None, error: float) -> tuple[str, str]:
    if predicted is None:
        return NONE, NONE
    return significant(predicted.typical), percent(error, signed=True)


def _range(low: float, high: float) -> str:
    return f"{percent(low - 1, signed=True)} {percent(high - 1, signed=True)}"
