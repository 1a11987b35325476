"""The comparison table: options in columns, categories in rows, every figure clickable."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.words import number, percent, significant, whole_money
from pricing.bill import CATEGORIES
from pricing.evaluation import Evaluation, Metric, OptionBill, Series

Weight = Literal["plain", "bold", "quiet"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table."""

    text: str
    raw: float | None
    key: str = ""
    """Ledger key to explain; empty where the figure has no line of its own."""
    month: int | None = None
    warning: str = ""
    """Why the figure needs attention."""


EMPTY = Cell("–", None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its name and a figure per option."""

    label: str
    cells: tuple[Cell, ...]
    weight: Weight = "plain"
    ruled: bool = False
    """Whether a line stands above it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One option as a column heading."""

    id: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """The whole table."""

    corner: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]


def _t(text: str) -> str:
    return QCoreApplication.translate("Comparison", text)


def comparison_table(
    evaluation: Evaluation, colours: OptionColours, reference: str = ""
) -> ComparisonTable:
    """The bills of an evaluation side by side.

    Args:
        evaluation: What is shown.
        colours: Of the options.
        reference: Id of the option the others are held against; empty for the plan's baseline.
    """
    plan, bills = evaluation.plan, evaluation.bills
    rows = [
        TableRow(category_name(code), tuple(_category(bill, code) for bill in bills))
        for code in used_categories(evaluation)
    ]
    rows.append(TableRow(_t("Total cost (TCO)"), tuple(_total(b) for b in bills), "bold", True))
    rows.append(_difference(evaluation, reference or evaluation.baseline.id))
    rows += [
        _metrics(_t("Net present cost (NPV)"), [b.npv for b in bills], ruled=True),
        _metrics(_t("Peak cash"), [b.peak_cash for b in bills]),
        _metrics(_t("Per request"), [b.per_request for b in bills]),
        _metrics(_t("Per 1M tokens"), [b.per_million_tokens for b in bills]),
    ]
    if any(bill.mean_utilisation for bill in bills):
        rows.append(
            TableRow(_t("Mean utilisation"), tuple(_utilisation(b.mean_utilisation) for b in bills))
        )
        rows.append(TableRow(_t("Servers, most"), tuple(_most(bill.servers) for bill in bills)))
    if any(bill.unserved.values.sum() > 0 for bill in bills):
        rows.append(TableRow(_t("Requests not served"), tuple(_unserved(b) for b in bills)))
    corner = _t("{currency} over {months} months").format(
        currency=plan.currency, months=plan.months
    )
    columns = tuple(Column(bill.id, bill.name, colours.of(bill.id)) for bill in bills)
    return ComparisonTable(corner, columns, tuple(rows))


def used_categories(evaluation: Evaluation) -> tuple[str, ...]:
    """Codes of the categories that cost something in some option, in the order of a bill."""
    used = {
        code
        for bill in evaluation.bills
        for code, series in bill.categories.items()
        if series.values.any()
    }
    return tuple(code for code in CATEGORIES if code in used)


def category_name(code: str) -> str:
    """What a category of the bill is called."""
    return _t(CATEGORIES[code])


def _category(bill: OptionBill, code: str) -> Cell:
    series = bill.categories.get(code)
    if series is None or not series.values.any():
        return EMPTY
    total = float(series.values.sum())
    return Cell(whole_money(total), total, series.key)


def _total(bill: OptionBill) -> Cell:
    return Cell(whole_money(bill.tco.value), bill.tco.value, bill.tco.key)


def _metrics(label: str, metrics: list[Metric], *, ruled: bool = False) -> TableRow:
    cells = tuple(
        Cell(
            whole_money(item.value) if abs(item.value) >= 100 else significant(item.value, 4),
            item.value,
            item.key,
        )
        for item in metrics
    )
    return TableRow(label, cells, "plain", ruled)


def _difference(evaluation: Evaluation, reference: str) -> TableRow:
    base = evaluation.bill_of(reference)
    cells = []
    for bill in evaluation.bills:
        if bill.id == base.id or base.tco.value == 0:
            cells.append(EMPTY)
        else:
            share = bill.tco.value / base.tco.value - 1
            cells.append(Cell(percent(share, signed=True), share, bill.tco.key))
    label = _t("against {name}").format(name=base.name)
    return TableRow(label, tuple(cells), "quiet")


def _utilisation(metric: Metric | None) -> Cell:
    return EMPTY if metric is None else Cell(percent(metric.value), metric.value, metric.key)


def _most(series: Series | None) -> Cell:
    if series is None or not len(series.values):
        return EMPTY
    month = int(series.values.argmax())
    most = float(series.values[month])
    text = whole_money(most) if most != round(most) else number(most, 0)
    return Cell(text, most, series.key, month + 1)


def _unserved(bill: OptionBill) -> Cell:
    missing = float(bill.unserved.values.sum())
    if missing <= 0:
        return Cell(_t("none"), 0.0, bill.unserved.key)
    template = (
        _t("{name} leaves requests unserved; add routes, overflow or servers")
        if bill.kind == "hybrid"
        else _t("{name} leaves requests unserved; name a bridge or add servers")
    )
    warning = template.format(name=bill.name)
    return Cell(whole_money(missing), missing, bill.unserved.key, warning=warning)
