"""The bill of one option month by month: months in rows, categories in columns."""

from PySide6.QtCore import QCoreApplication

from desktop.theme.option_colours import CATEGORY, OTHER_CATEGORY, OptionColours
from desktop.viewmodels.comparison import Cell, Column, ComparisonTable, TableRow, category_name
from desktop.viewmodels.words import number, percent, whole_money
from pricing.bill import CATEGORIES
from pricing.evaluation import Evaluation, OptionBill, Series


def _t(text: str) -> str:
    return QCoreApplication.translate("Months", text)


def months_table(evaluation: Evaluation, option_id: str, colours: OptionColours) -> ComparisonTable:
    """What an option costs in each month; every figure is explained in its month."""
    bill = evaluation.bill_of(option_id)
    used = [code for code in CATEGORIES if _costs(bill, code)]
    money = [bill.categories[code] for code in used]
    own = colours.of(option_id)
    columns = [
        *(Column(c, category_name(c), CATEGORY.get(c, OTHER_CATEGORY)) for c in used),
        Column("cash", _t("Whole month"), own),
        Column("so_far", _t("So far"), own),
    ]
    if bill.servers is not None:
        columns.append(Column("servers", _t("Servers in service"), ""))
    if bill.utilisation is not None:
        columns.append(Column("utilisation", _t("Utilisation"), ""))
    missing = bool(bill.unserved.values.sum() > 0)
    if missing:
        columns.append(Column("unserved", _t("Requests not served"), ""))
    rows = []
    for index, label in enumerate(evaluation.month_labels):
        cells = [_money(series, index) for series in (*money, bill.cash, bill.cumulative)]
        if bill.servers is not None:
            cells.append(_count(bill.servers, index))
        if bill.utilisation is not None:
            share = float(bill.utilisation.values[index])
            cells.append(Cell(percent(share), share, bill.utilisation.key, index + 1))
        if missing:
            cells.append(_count(bill.unserved, index))
        rows.append(TableRow(label, tuple(cells)))
    rows.append(_sums(bill, money, len(columns)))
    return ComparisonTable(evaluation.plan.currency, tuple(columns), tuple(rows))


def _costs(bill: OptionBill, code: str) -> bool:
    series = bill.categories.get(code)
    return series is not None and bool(series.values.any())


def _money(series: Series, index: int) -> Cell:
    value = float(series.values[index])
    return Cell(whole_money(value) if value else "–", value, series.key, index + 1)


def _count(series: Series, index: int) -> Cell:
    value = float(series.values[index])
    text = number(value, 0) if value == round(value) else whole_money(value)
    return Cell(text, value, series.key, index + 1)


def _sums(bill: OptionBill, money: list[Series], width: int) -> TableRow:
    sums = [float(series.values.sum()) for series in money]
    cells = [Cell(whole_money(v), v, s.key) for v, s in zip(sums, money, strict=True)]
    total = Cell(whole_money(bill.tco.value), bill.tco.value, bill.tco.key)
    cells += [total, total]
    cells += [Cell("", None)] * (width - len(cells))
    return TableRow(_t("All months"), tuple(cells), "bold", True)
