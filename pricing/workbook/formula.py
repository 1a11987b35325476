"""Prints the expressions of a ledger as spreadsheet formulas.

Only functions that spreadsheet programs have had since 2010 are used, with the meaning that numpy
gives them in `pricing.ledger.functions`: comparisons give 1 or 0, what lies outside the timeline
is 0, a number of months is cut to a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from pricing.ledger import Call, Expression, Input, Line, Literal
from pricing.ledger.functions import WHOLE
from pricing.workbook.cells import MONTH_ROW
from pricing.workbook.errors import WorkbookError
from pricing.workbook.layout import Layout
from pricing.workbook.references import BEFORE, NOW, References

LONGEST = 8_192
"""Characters a formula may have."""

MOST_ARGUMENTS = 255

COMPARE, ADD, MULTIPLY, POWER, ATOM = 1, 3, 4, 5, 9
"""How tightly operators bind. A leading minus counts as ADD: it binds tighter than ^ in a
spreadsheet, so it gets brackets wherever that could matter."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A part of a formula and how tightly its outermost operator binds."""

    text: str
    binds: int = ATOM


def formula_of(line: Line, layout: Layout) -> str:
    """The formula of a line without the equals sign, with the marks of `references`.

    Raises:
        WorkbookError: for a formula that is longer than a cell can hold.
    """
    place = layout.place(line)
    expression = line.expression
    assert expression is not None
    printer = FormulaPrinter(References(layout, place.sheet, place.row))
    if isinstance(expression, Call) and expression.function.name == "month_number":
        return f"{BEFORE}{place.row}+1"
    text = printer.text(expression)
    if len(text) >= LONGEST:
        raise WorkbookError(
            f"{line.name()} needs a formula of {len(text):,} characters and a cell holds "
            f"{LONGEST - 1:,}; split it into several lines"
        )
    return text


class FormulaPrinter:
    """Prints expressions as they stand in one row."""

    def __init__(self, cells: References) -> None:
        self.cells = cells

    def printed(self, node: Expression) -> Printed:
        """A part of the formula."""
        if isinstance(node, Input | Line):
            return Printed(self.cells.now(node))
        if isinstance(node, Literal):
            return Printed(f"{node.value:.17g}")
        assert isinstance(node, Call)
        return PRINTERS[node.function.name](self, node)

    def text(self, node: Expression) -> str:
        """A part of the formula where it needs no brackets."""
        return self.printed(node).text

    def within(self, node: Expression, binds: int) -> str:
        """A part of the formula, in brackets unless it binds at least this tightly."""
        part = self.printed(node)
        return part.text if part.binds >= binds else f"({part.text})"

    def condition(self, node: Expression) -> str:
        """A part of the formula as a truth value."""
        if isinstance(node, Call) and node.function.name in CONDITIONS:
            return CONDITIONS[node.function.name](self, node)
        return f"{self.within(node, ADD)}<>0"

    def solid(self, node: Expression) -> str:
        """An argument of MIN and MAX, which pass over the empty cells of the opening column."""
        text = self.text(node)
        return f"N({text})" if _may_be_empty(node) else text

    def arguments(self, nodes: Iterable[Expression]) -> list[str]:
        """Arguments of SUM, MIN and MAX: neighbouring cells become ranges."""
        texts: list[str] = []
        for figures, group in groupby(nodes, lambda node: isinstance(node, Input | Line)):
            if figures:
                texts += self.cells.runs([node for node in group if isinstance(node, Input | Line)])
            else:
                texts += [self.solid(node) for node in group]
        return texts


Printer = Callable[[FormulaPrinter, Call], Printed]
Condition = Callable[[FormulaPrinter, Call], str]


def _may_be_empty(node: Expression) -> bool:
    if not isinstance(node, Call):
        return False
    if node.function.name in {"where", "choose"}:
        return any(_may_be_empty(branch) for branch in node.args[1:])
    return node.function.name == "previous"


def _line(node: Expression) -> Line:
    assert isinstance(node, Line)
    return node


def _operator(sign: str, binds: int, *, same_on_the_right: bool = False) -> Printer:
    def write(printer: FormulaPrinter, call: Call) -> Printed:
        left, right = call.args
        again = isinstance(right, Call) and right.function is call.function
        tighter = binds if again and same_on_the_right else binds + 1
        return Printed(printer.within(left, binds) + sign + printer.within(right, tighter), binds)

    return write


def _power(printer: FormulaPrinter, call: Call) -> Printed:
    base, exponent = call.args
    text = f"{printer.within(base, POWER + 1)}^{printer.within(exponent, POWER + 1)}"
    return Printed(text, POWER)


def _negate(printer: FormulaPrinter, call: Call) -> Printed:
    part = printer.printed(call.args[0])
    plain = part.binds in {MULTIPLY, ATOM}
    return Printed(f"-{part.text}" if plain else f"-({part.text})", ADD)


def _comparison(sign: str) -> Condition:
    def write(printer: FormulaPrinter, call: Call) -> str:
        left, right = call.args
        return f"{printer.within(left, ADD)}{sign}{printer.within(right, ADD)}"

    return write


def _logical(function: str) -> Condition:
    def write(printer: FormulaPrinter, call: Call) -> str:
        return f"{function}({','.join(printer.condition(arg) for arg in call.args)})"

    return write


def _flag(printer: FormulaPrinter, call: Call) -> Printed:
    return Printed(f"IF({printer.condition(call)},1,0)")


def _where(printer: FormulaPrinter, call: Call) -> Printed:
    condition, yes, no = call.args
    return Printed(f"IF({printer.condition(condition)},{printer.text(yes)},{printer.text(no)})")


def _listed(function: str) -> Printer:
    def write(printer: FormulaPrinter, call: Call) -> Printed:
        parts = printer.arguments(call.args)
        while len(parts) > MOST_ARGUMENTS:
            parts = [
                f"{function}({','.join(parts[start : start + MOST_ARGUMENTS])})"
                for start in range(0, len(parts), MOST_ARGUMENTS)
            ]
        return Printed(f"{function}({','.join(parts)})")

    return write


def _applied(template: str) -> Printer:
    """A function of one argument; the template has one {} for it."""

    def write(printer: FormulaPrinter, call: Call) -> Printed:
        return Printed(template.format(printer.text(call.args[0])))

    return write


def _choose(printer: FormulaPrinter, call: Call) -> Printed:
    return Printed(f"CHOOSE({','.join(printer.text(arg) for arg in call.args)})")


def _round(printer: FormulaPrinter, call: Call) -> Printed:
    return Printed(f"ROUND({printer.text(call.args[0])},{call.parameter})")


def _ratio(printer: FormulaPrinter, call: Call) -> Printed:
    above, below = call.args
    quotient = f"{printer.within(above, MULTIPLY)}/{printer.within(below, POWER)}"
    return Printed(f"IF({printer.within(below, ADD)}=0,0,{quotient})")


def _previous(printer: FormulaPrinter, call: Call) -> Printed:
    return Printed(printer.cells.before(_line(call.args[0])))


def _change(printer: FormulaPrinter, call: Call) -> Printed:
    line = _line(call.args[0])
    return Printed(f"{printer.cells.now(line)}-{printer.cells.before(line)}", ADD)


def _increase(printer: FormulaPrinter, call: Call) -> Printed:
    return Printed(f"MAX({_change(printer, call).text},0)")


def _so_far(function: str) -> Printer:
    def write(printer: FormulaPrinter, call: Call) -> Printed:
        return Printed(f"{function}({printer.cells.so_far(_line(call.args[0]))})")

    return write


def _over_months(function: str) -> Printer:
    def write(printer: FormulaPrinter, call: Call) -> Printed:
        return Printed(f"{function}({printer.cells.all_months(_line(call.args[0]))})")

    return write


def _sum_over_months(printer: FormulaPrinter, call: Call) -> Printed:
    line = _line(call.args[0])
    if line.flow:
        return Printed(printer.cells.total(line))
    return Printed(f"SUM({printer.cells.all_months(line)})")


def _months(printer: FormulaPrinter, node: Expression) -> str:
    return printer.text(node) if isinstance(node, Literal) else f"INT({printer.text(node)})"


def _moved(sign: str) -> Printer:
    """The value of another month, found by its number; 0 where no month has it."""

    def write(printer: FormulaPrinter, call: Call) -> Printed:
        line, months = call.args
        month = f"{NOW}${MONTH_ROW}{sign}{_months(printer, months)}"
        series = printer.cells.all_months(_line(line))
        return Printed(f"SUMIF({printer.cells.month_numbers()},{month},{series})")

    return write


def _window_sum(printer: FormulaPrinter, call: Call) -> Printed:
    line, months = call.args
    after = f'">"&({NOW}${MONTH_ROW}-{_months(printer, months)})'
    series = printer.cells.so_far(_line(line))
    return Printed(f"SUMIF({printer.cells.month_numbers_so_far()},{after},{series})")


def _contracts(printer: FormulaPrinter, call: Call) -> Printed:
    need, term = call.args
    after = f'">"&({NOW}${MONTH_ROW}-{_months(printer, term)})'
    cells = printer.cells
    running = f"SUMIF({cells.month_numbers_past()},{after},{cells.own_past()})"
    return Printed(f"MAX({cells.now(_line(need))}-{running},0)")


def _first_month(printer: FormulaPrinter, call: Call) -> Printed:
    flags = printer.cells.all_months(_line(call.args[0]))
    return Printed(f"IF(COUNTIF({flags},1)=0,0,MATCH(1,{flags},0))")


def _month_number(printer: FormulaPrinter, call: Call) -> Printed:
    return Printed(f"{NOW}${MONTH_ROW}")


def _month_start(printer: FormulaPrinter, call: Call) -> Printed:
    start, month = (printer.within(arg, ADD) for arg in call.args)
    return Printed(f"DATE(YEAR({start}),MONTH({start})+{month}-1,1)")


CONDITIONS: dict[str, Condition] = {
    "less": _comparison("<"),
    "at_most": _comparison("<="),
    "more": _comparison(">"),
    "at_least": _comparison(">="),
    "equal": _comparison("="),
    "both": _logical("AND"),
    "either": _logical("OR"),
    "negation": _logical("NOT"),
}
"""Functions that are truth values inside a condition, and 1 or 0 outside."""

PRINTERS: dict[str, Printer] = {
    "add": _operator("+", ADD, same_on_the_right=True),
    "subtract": _operator("-", ADD),
    "multiply": _operator("*", MULTIPLY, same_on_the_right=True),
    "divide": _operator("/", MULTIPLY),
    "power": _power,
    "negate": _negate,
    **dict.fromkeys(CONDITIONS, _flag),
    "where": _where,
    "minimum": _listed("MIN"),
    "maximum": _listed("MAX"),
    "total": _listed("SUM"),
    "choose": _choose,
    "ceil": _applied(f"CEILING(ROUND({{}},{WHOLE}),1)"),
    "floor": _applied(f"INT(ROUND({{}},{WHOLE}))"),
    "round": _round,
    "ratio": _ratio,
    "exponential": _applied("EXP({})"),
    "logarithm": _applied("LN({})"),
    "square_root": _applied("SQRT({})"),
    "normal_cdf": _applied("NORMSDIST({})"),
    "normal_quantile": _applied("NORMSINV({})"),
    "previous": _previous,
    "change": _change,
    "increase": _increase,
    "cumulative": _so_far("SUM"),
    "running_maximum": _so_far("MAX"),
    "lag": _moved("-"),
    "ahead": _moved("+"),
    "window_sum": _window_sum,
    "contracts": _contracts,
    "sum_over_months": _sum_over_months,
    "largest_over_months": _over_months("MAX"),
    "smallest_over_months": _over_months("MIN"),
    "first_month": _first_month,
    "month_number": _month_number,
    "month_start": _month_start,
    "days_in_month": _applied("DAY(EOMONTH({},0))"),
}
"""One printer for every function of the ledger's language, by its name."""
