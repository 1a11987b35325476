"""Own benchmark points in the words and cells of the window."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import number, percent, significant
from pricing.plan.measurement import OwnMeasurement
from pricing.serving.evidence import Correction
from pricing.serving.measured.names import Names
from pricing.serving.measured.own_check import Held, Setup

SOFTWARE = {"vllm": "vLLM", "sglang": "SGLang", "tensorrt-llm": "TensorRT-LLM"}
"""Names that are the same in every language, by the plan's words."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Measurements", text)


@dataclass(frozen=True, slots=True)
class PointCell:
    """A cell of a table of points."""

    text: str
    tip: str = ""
    right: bool = False
    """Whether it holds a number."""


def software_name(framework: str) -> str:
    """What a serving software is called."""
    return SOFTWARE.get(framework) or _t("other software")


def setup_text(point: OwnMeasurement, names: Names) -> str:
    """What ran: Llama-3.1-70B FP8 on 4 × H100-SXM, vLLM."""
    model, card = names.models.get(point.model), names.accelerators.get(point.accelerator)
    each = point.tensor_parallel * point.pipeline_parallel * point.data_parallel
    cards = f"{each}" if point.replicas == 1 else f"{point.replicas} × {each}"
    return _t("{model} {precision} on {count} × {accelerator}, {software}").format(
        model=model.name if model else point.model,
        precision=point.precision.upper(),
        count=cards,
        accelerator=card.name if card else point.accelerator,
        software=software_name(point.framework),
    )


def load_text(point: OwnMeasurement) -> str:
    """What it answered: 1,000 + 500 tokens, 64 at once."""
    tokens = f"{number(point.input_tokens, 0)} + {number(point.output_tokens, 0)}"
    if point.concurrency is None:
        return _t("{tokens}, full").format(tokens=tokens)
    return _t("{tokens}, {n} at once").format(tokens=tokens, n=number(point.concurrency, 0))


def remark(held: Held) -> str:
    """What a person should look at, as a sentence; empty if nothing."""
    if held.reason:
        return _t("Does not count: {reason}").format(reason=held.reason)
    if held.wild:
        return _t("Does not count: it is far from most others of its stack.")
    if held.far:
        return _t("Far from its prediction; check units and setup.")
    return ""


def import_headings() -> tuple[str, ...]:
    """Of the preview of a file."""
    return (
        _t("What ran"), _t("Tokens in + out"), _t("Measured"), _t("Predicted"), _t("Error"),
        _t("With them"), _t("Error"), _t("Remark"),
    )  # fmt: skip


def import_cells(held: Sequence[Held], names: Names) -> tuple[tuple[PointCell, ...], ...]:
    """A row per point: measured, predicted before and after; tokens per second."""
    return tuple(
        (*_ran(item, names), *_before(item), *_after(item), _remark(item)) for item in held
    )


def list_headings() -> tuple[str, ...]:
    """Of the points in a plan."""
    return (
        _t("What ran"), _t("Tokens in + out"), _t("Measured"), _t("Predicted"), _t("Error"),
        _t("Source"), _t("Day"), _t("Remark"),
    )  # fmt: skip


def list_cells(held: Sequence[Held], names: Names) -> tuple[tuple[PointCell, ...], ...]:
    """A row per point of a plan: measured, predicted with all of them, and where it is from."""
    return tuple(
        (
            *_ran(item, names),
            *_after(item),
            PointCell(item.point.source),
            PointCell("–" if item.point.as_of is None else item.point.as_of.isoformat()),
            _remark(item),
        )
        for item in held
    )


def setup_lines(setups: Sequence[Setup]) -> Iterator[str]:
    """What becomes of predictions, a sentence for each setup."""
    for item in setups:
        stack = item.stack
        change = item.moved - 1
        moves = _t("as before")
        if round(abs(change), 3):
            moves = _t("{share} more") if change > 0 else _t("{share} less")
        yield _t(
            "{model} {precision} on {count} × {accelerator}: {moves}; 80 % interval {after} "
            "(before: {before})"
        ).format(
            model=stack.model.name,
            precision=stack.precision.upper(),
            count=stack.accelerators,
            accelerator=stack.accelerator.name,
            moves=moves.format(share=percent(abs(change))),
            after=_ends(item.after),
            before=_ends(item.before),
        )


def point_preview(held: Held, setups: Sequence[Setup]) -> tuple[tuple[str, str], ...]:
    """A single point beside its prediction, as labels and texts."""
    lines = []
    if held.before is not None:
        unit = _t("{n} tokens/s")
        lines += [
            (_t("Predicted before"), unit.format(n=significant(held.before.typical, 4))),
            (
                _t("80 % interval"),
                _t("{low} to {high} tokens/s").format(
                    low=significant(held.before.low), high=significant(held.before.high)
                ),
            ),
            (_t("Measured"), unit.format(n=significant(held.point.output_tokens_per_second, 4))),
            (_t("Error of the prediction"), percent(held.error, signed=True)),
        ]
    if held.after is not None:
        text = _t("{n} tokens/s, {error} off").format(
            n=significant(held.after.typical, 4), error=percent(held.error_after, signed=True)
        )
        lines.append((_t("Predicted with this point"), text))
    if held.before is not None:
        lines += [(_t("Its stack"), text) for text in setup_lines(setups)]
    if note := remark(held):
        lines.append((_t("Please check"), note))
    return tuple(lines)


def account(setups: Sequence[Setup], remarks: Sequence[str]) -> str:
    """What becomes of predictions, and what to look at, as rich text."""
    parts = []
    if setups:
        parts.append(_list(_t("What becomes of predicted throughput"), list(setup_lines(setups))))
    if remarks:
        parts.append(_list(_t("What to look at"), remarks))
    return "".join(parts)


def problems_text(sentences: Sequence[str]) -> str:
    """What is wrong with a file, as rich text."""
    return _list(_t("Nothing was read, because of this:"), sentences)


def _list(title: str, sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<p><b>{escape(title)}</b></p><ul>{items}</ul>"


def _ends(correction: Correction) -> str:
    low, high = correction.low - 1, correction.high - 1
    return _t("{low} to {high}").format(
        low=percent(low, signed=True), high=percent(high, signed=True)
    )


def _ran(held: Held, names: Names) -> tuple[PointCell, PointCell, PointCell]:
    point = held.point
    ran = setup_text(point, names)
    measured = significant(point.output_tokens_per_second, 4)
    return PointCell(ran, ran), PointCell(load_text(point)), PointCell(measured, right=True)


def _before(held: Held) -> tuple[PointCell, PointCell]:
    if held.before is None:
        return PointCell("–", right=True), PointCell("–", right=True)
    return (
        PointCell(significant(held.before.typical, 4), right=True),
        PointCell(percent(held.error, signed=True), right=True),
    )


def _after(held: Held) -> tuple[PointCell, PointCell]:
    if held.after is None:
        return PointCell("–", right=True), PointCell("–", right=True)
    interval = _t("80 % interval: {low} to {high} tokens/s").format(
        low=significant(held.after.low), high=significant(held.after.high)
    )
    return (
        PointCell(significant(held.after.typical, 4), interval, right=True),
        PointCell(percent(held.error_after, signed=True), right=True),
    )


def _remark(held: Held) -> PointCell:
    text = remark(held)
    return PointCell(text, text)
