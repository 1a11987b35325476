"""The checks of a workbook: pairs of formulas that must agree, whatever the inputs are."""

from dataclasses import dataclass

import numpy as np

from pricing.ledger import FloatArray, Line, Values, is_money
from pricing.workbook.cells import MONTH_ROW, VALUE, cell
from pricing.workbook.contents import Balance, Discounting, OptionSummary, Summary
from pricing.workbook.layout import Layout, Sheet
from pricing.workbook.names import quoted
from pricing.workbook.references import References


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a check: its formula on the checks sheet, and its value."""

    formula: str
    value: float


@dataclass(frozen=True, slots=True)
class Check:
    """Two figures that must be equal within the tolerance."""

    subject: str
    rule: str
    unit: str
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Stamp:
    """A key figure of this workbook beside what the application computed at export."""

    label: str
    formula: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of a sheet beside what it added up to at export."""

    sheet: str
    row: int
    label: str
    unit: str
    formula: str
    value: float


@dataclass(frozen=True, slots=True)
class Shown:
    """What the summary and the charts repeat of an option; addresses with their sheets."""

    option: str
    figures: tuple[tuple[str, str], ...]
    """Cells of the summary and the lines' cells that they repeat."""
    series: tuple[str, str]
    """Cells of the chart and of the line that it draws."""
    tco: tuple[str, str]
    """Cells of the summary: total of the categories, and total cost."""
    total: float
    unit: str
    """Of the total."""


NOTHING = Side("0", 0.0)


def checks_of(layout: Layout, values: Values, summary: Summary | None, sheet: str) -> list[Check]:
    """All checks, as formulas of the sheet named."""
    writer = _Checks(layout, values, References(layout, sheet))
    found = [writer.timeline()]
    for option in summary.options if summary else ():
        found += writer.of_option(option)
        if summary and summary.discounting:
            found.append(writer.present_value(option, summary.discounting))
    for balance in summary.balances if summary else ():
        found.append(writer.balance(balance))
    return [*found, *(writer.without_errors(each) for each in layout.sheets)]


def checks_of_summary(shown: Shown) -> list[Check]:
    """What the summary and the charts show of an option is what its sheet says."""
    different = "+".join(f"({cell}<>{source})" for cell, source in shown.figures)
    by_category, tco = shown.tco
    drawn, line = shown.series
    return [
        Check(
            shown.option, "Summary repeats its figures; their differences are counted", "figures",
            Side(f"SUM({different})", 0.0), NOTHING,
        ),
        Check(
            shown.option, "Summary's cost by category adds up to its total cost", shown.unit,
            Side(by_category, shown.total), Side(tco, shown.total),
        ),
        Check(
            shown.option, "the chart draws its cost so far; months that differ are counted",
            "months",
            Side(f"SUMPRODUCT(--({drawn}<>{line}))", 0.0), NOTHING,
        ),
    ]  # fmt: skip


def stamps_of(layout: Layout, values: Values, summary: Summary | None, sheet: str) -> list[Stamp]:
    """The key figures whose values at export are kept."""
    cells = References(layout, sheet)
    return [
        Stamp(f"{option.name}: {line.label}", cells.now(line), values.number(line), line.unit)
        for option in (summary.options if summary else ())
        for line in (option.tco, option.npv)
        if not line.timed and is_money(line.unit)
    ]


class _Checks:
    def __init__(self, layout: Layout, values: Values, cells: References) -> None:
        self._layout = layout
        self._values = values
        self._cells = cells

    def timeline(self) -> Check:
        """The months are numbered without a gap."""
        ledger = self._layout.ledger
        months = self._cells.all_months(ledger.month)
        return Check(
            "Timeline",
            "the last month's number is the count of months",
            "months",
            Side(f"MAX({months})", float(ledger.months)),
            Side(f"COUNT({months})", float(ledger.months)),
        )

    def of_option(self, option: OptionSummary) -> list[Check]:
        """Categories, months and totals of an option agree."""
        cells = self._cells
        cash = cells.all_months(option.cash)
        paid = float(self._values.monthly(option.cash).sum())
        tco = Side(cells.now(option.tco), self._values.number(option.tco))
        last = self._layout.last_month
        so_far = self._layout.place(option.cumulative)
        money = option.tco.unit
        final = f"{quoted(so_far.sheet)}!{cell(last, so_far.row)}"
        return [
            Check(
                option.name,
                "in every month the categories add up to the total cost",
                money,
                Side(self._differences(option), 0.0),
                NOTHING,
            ),
            Check(
                option.name,
                "total cost of ownership is the sum of the months",
                money,
                tco,
                Side(f"SUM({cash})", paid),
            ),
            Check(
                option.name,
                "total cost of ownership is the cost so far in the last month",
                money,
                tco,
                Side(final, float(self._values.monthly(option.cumulative)[-1])),
            ),
        ]

    def _differences(self, option: OptionSummary) -> str:
        """The months' absolute differences between the categories and the total, added up."""
        parts = "+".join(self._cells.all_months(line) for line in option.categories.values())
        return f"SUMPRODUCT(ABS({parts}-{self._cells.all_months(option.cash)}))"

    def present_value(self, option: OptionSummary, terms: Discounting) -> Check:
        """The spreadsheet's own NPV function finds the same present value."""
        cells = self._cells
        rate, offset, year = map(cells.now, (terms.rate, terms.offset, terms.months_per_year))
        growth = 1 + self._values.number(terms.rate)
        months_per_year = self._values.number(terms.months_per_year)
        monthly = self._values.monthly(option.cash)
        when = np.arange(1, monthly.size + 1) - self._values.number(terms.offset)
        value = float((monthly * growth ** (-when / months_per_year)).sum())
        cash = cells.all_months(option.cash)
        formula = f"NPV((1+{rate})^(1/{year})-1,{cash})*(1+{rate})^({offset}/{year})"
        return Check(
            option.name,
            "net present value equals the spreadsheet's own NPV function",
            option.npv.unit,
            Side(cells.now(option.npv), self._values.number(option.npv)),
            Side(formula, value),
        )

    def balance(self, balance: Balance) -> Check:
        """Two lines agree in all months, or one is never below the other."""
        left, right = (self._cells.all_months(line) for line in (balance.left, balance.right))
        unit = balance.left.unit
        difference = self._monthly(balance.left) - self._monthly(balance.right)
        if balance.at_least:
            formula = f"SUMPRODUCT(({left}<{right})*({right}-{left}))"
            value = float(np.maximum(-difference, 0).sum())
        else:
            formula = f"SUMPRODUCT(ABS({left}-{right}))"
            value = float(np.abs(difference).sum())
        return Check(balance.subject, balance.rule, unit, Side(formula, value), NOTHING)

    def _monthly(self, line: Line) -> FloatArray:
        return self._values.monthly(line)

    def without_errors(self, sheet: Sheet) -> Check:
        """No cell of a sheet holds an error."""
        last = cell(self._layout.last_month, sheet.last_row)
        cells = f"{quoted(sheet.name)}!{cell(VALUE, MONTH_ROW)}:{last}"
        formula = f"SUMPRODUCT(--ISERROR({cells}))"
        rule = "no cell holds an error"
        return Check(f"Sheet {sheet.name}", rule, "cells", Side(formula, 0.0), NOTHING)
