from collections.abc import Callable
from datetime import date

import pytest

from pricing.ledger import (
    FUNCTIONS,
    Call,
    Expression,
    Input,
    Ledger,
    Line,
    Provenance,
    Section,
    ahead,
    ceil,
    change,
    choose,
    contracts,
    cumulative,
    exponential,
    first_month,
    floor,
    increase,
    lag,
    largest_over_months,
    logarithm,
    maximum,
    minimum,
    normal_cdf,
    normal_quantile,
    previous,
    ratio,
    rounded,
    running_maximum,
    square_root,
    sum_over_months,
    total,
    where,
    window_sum,
)
from pricing.workbook import WorkbookError
from pricing.workbook.formula import PRINTERS, formula_of
from pricing.workbook.layout import Layout
from pricing.workbook.references import at_column

FIRST_MONTH, SECOND_MONTH = 5, 6


class Sheet:
    """A section whose lines a test may look at as formulas of the first or second month."""

    def __init__(self) -> None:
        self.ledger = Ledger(3, date(2027, 1, 1))
        self.section: Section = self.ledger.section("main", "Main")
        self.a = self.input("a")
        self.b = self.input("b")
        self.n = self.input("n", "months")
        self.x = self.line("x", self.a * self.ledger.month)
        self.y = self.line("y", self.b * self.ledger.month)
        self.z = self.line("z", self.x + self.y)
        self.flag = self.line("flag", self.x > self.y, "flag")

    def input(self, name: str, unit: str = "") -> Input:
        return self.section.input(name, 2, unit, Provenance("test"))

    def line(self, name: str, expression: Expression, unit: str = "") -> Line:
        return self.section.line(name, expression, unit)

    def written(self, expression: Expression, column: int = SECOND_MONTH) -> str:
        line = self.section.line("asked", expression, "")
        return at_column(formula_of(line, Layout.of(self.ledger)), column)


Make = Callable[[Sheet], Expression]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


def test_that_every_function_of_the_language_has_a_printer() -> None:
    assert set(PRINTERS) == set(FUNCTIONS)


def test_that_inputs_are_absolute_and_months_relative(sheet: Sheet) -> None:
    # a, b and n stand below the headings of two sections on Inputs; x, y, z and flag in rows 6 to 9
    assert sheet.written(sheet.a * sheet.ledger.month) == "Inputs!$D$10*Timing!G6"


@pytest.mark.parametrize(
    ("make", "formula"),
    [
        (lambda s: s.x + s.y - s.z, "G6+G7-G8"),
        (lambda s: s.x - (s.y + s.z), "G6-(G7+G8)"),
        (lambda s: s.x + (s.y + s.z), "G6+G7+G8"),
        (lambda s: s.x + (s.y - s.z), "G6+(G7-G8)"),
        (lambda s: (s.x + s.y) * s.z, "(G6+G7)*G8"),
        (lambda s: s.x * s.y / s.z, "G6*G7/G8"),
        (lambda s: s.x * (s.y * s.z), "G6*G7*G8"),
        (lambda s: s.x / (s.y * s.z), "G6/(G7*G8)"),
        (lambda s: s.x * (s.y / s.z), "G6*(G7/G8)"),
        (lambda s: (1 + s.x) ** (s.y - 1), "(1+G6)^(G7-1)"),
        (lambda s: s.x**s.y, "G6^G7"),
        (lambda s: (s.x**s.y) ** s.z, "(G6^G7)^G8"),
        (lambda s: -(s.x**s.y), "-(G6^G7)"),
        (lambda s: (-s.x) ** s.y, "(-G6)^G7"),
        (lambda s: s.x - (-s.y), "G6-(-G7)"),
        (lambda s: -(s.x + s.y), "-(G6+G7)"),
        (lambda s: -s.x + s.y, "-G6+G7"),
        (lambda s: -(s.x * s.y), "-G6*G7"),
        (lambda s: s.x * -s.y, "G6*(-G7)"),
    ],
)  # fmt: skip
def test_that_brackets_stand_only_where_they_matter(sheet: Sheet, make: Make, formula: str) -> None:
    assert sheet.written(make(sheet)) == formula


@pytest.mark.parametrize(
    ("make", "formula"),
    [
        (lambda s: s.x < s.y, "IF(G6<G7,1,0)"),
        (lambda s: s.x <= s.y + s.z, "IF(G6<=G7+G8,1,0)"),
        (lambda s: s.x.equals(s.y), "IF(G6=G7,1,0)"),
        (lambda s: (s.x > s.y) & (s.y >= s.z), "IF(AND(G6>G7,G7>=G8),1,0)"),
        (lambda s: s.flag | ~s.x, "IF(OR(G9<>0,NOT(G6<>0)),1,0)"),
        (lambda s: where(s.x > s.y, s.x, s.y), "IF(G6>G7,G6,G7)"),
        (lambda s: where(s.flag, s.x, 0), "IF(G9<>0,G6,0)"),
        (lambda s: (s.x > s.y) * s.z, "IF(G6>G7,1,0)*G8"),
        (lambda s: (s.x > s.y) > s.z, "IF(IF(G6>G7,1,0)>G8,1,0)"),
        (lambda s: minimum(s.x, s.y, s.z), "MIN(G6:G8)"),
        (lambda s: total([s.x, s.y, s.a]), "SUM(G6:G7,Inputs!$D$10)"),
        (lambda s: total([s.a, s.b]), "SUM(Inputs!$D$10:$D$11)"),
        (lambda s: total([s.x, s.z, s.y]), "SUM(G6,G8,G7)"),
        (lambda s: maximum(s.x, 0), "MAX(G6,0)"),
        (lambda s: choose(s.a, [s.x, s.y + s.z]), "CHOOSE(Inputs!$D$10,G6,G7+G8)"),
        (lambda s: ceil(s.x / s.y), "CEILING(ROUND(G6/G7,9),1)"),
        (lambda s: floor(s.x / s.y), "INT(ROUND(G6/G7,9))"),
        (lambda s: rounded(s.x, 2), "ROUND(G6,2)"),
        (lambda s: ratio(s.x, s.y + s.z), "IF(G7+G8=0,0,G6/(G7+G8))"),
        (lambda s: exponential(s.x) + logarithm(s.y), "EXP(G6)+LN(G7)"),
        (lambda s: square_root(s.x) + normal_cdf(s.y), "SQRT(G6)+NORMSDIST(G7)"),
        (lambda s: normal_quantile(s.x / s.y), "NORMSINV(G6/G7)"),
        (lambda s: previous(s.x) + 1, "F6+1"),
        (lambda s: minimum(previous(s.x), s.y), "MIN(N(F6),G7)"),
        (lambda s: maximum(where(s.flag, previous(s.x), s.y), s.z), "MAX(N(IF(G9<>0,F6,G7)),G8)"),
        (lambda s: change(s.x) * s.y, "(G6-F6)*G7"),
        (lambda s: increase(s.x), "MAX(G6-F6,0)"),
        (lambda s: cumulative(s.x), "SUM($F6:G6)"),
        (lambda s: running_maximum(s.x), "MAX($F6:G6)"),
        (lambda s: lag(s.x, s.n), "SUMIF($F$3:$H$3,G$3-INT(Inputs!$D$12),$F$6:$H$6)"),
        (lambda s: ahead(s.x, 1), "SUMIF($F$3:$H$3,G$3+1,$F$6:$H$6)"),
        (lambda s: window_sum(s.x, s.n), 'SUMIF($F$3:G$3,">"&(G$3-INT(Inputs!$D$12)),$F6:G6)'),
        (
            lambda s: contracts(s.x, s.n),
            'MAX(G6-SUMIF($E$3:F$3,">"&(G$3-INT(Inputs!$D$12)),$E10:F10),0)',
        ),
        (lambda s: sum_over_months(s.x), "SUM($F$6:$H$6)"),
        (lambda s: largest_over_months(s.x), "MAX($F$6:$H$6)"),
        (lambda s: first_month(s.flag), "IF(COUNTIF($F$9:$H$9,1)=0,0,MATCH(1,$F$9:$H$9,0))"),
    ],
)  # fmt: skip
def test_that_a_function_is_written_as_a_reviewer_would(
    sheet: Sheet, make: Make, formula: str
) -> None:
    assert sheet.written(make(sheet)) == formula


def test_that_the_timeline_counts_on_from_the_empty_opening_column() -> None:
    ledger = Ledger(3, date(2027, 1, 1))
    layout = Layout.of(ledger)
    assert at_column(formula_of(ledger.month, layout), FIRST_MONTH) == "E6+1"
    start = "Inputs!$D$7"
    assert at_column(formula_of(ledger.date, layout), SECOND_MONTH) == (
        f"DATE(YEAR({start}),MONTH({start})+G6-1,1)"
    )
    assert at_column(formula_of(ledger.days, layout), SECOND_MONTH) == "DAY(EOMONTH(G7,0))"


def test_that_a_month_number_inside_a_formula_is_the_header_s(sheet: Sheet) -> None:
    number = Call.of("month_number", (), timed=True)
    assert sheet.written(number + sheet.x) == "G$3+G6"


def test_that_the_total_of_a_flow_is_linked_not_added_up_again(sheet: Sheet) -> None:
    flow = sheet.section.line("flow", sheet.x, "", flow=True)
    assert sheet.written(sum_over_months(flow)) == "$D$10"


def test_that_another_sheet_s_name_is_quoted_with_its_apostrophes(sheet: Sheet) -> None:
    other = sheet.ledger.section("other", "Dell's H100 (new)")
    x = other.line("x", sheet.x, "")
    assert sheet.written(cumulative(x)) == "SUM('Dell''s H100 (new)'!$F6:G6)"


def test_that_more_than_255_arguments_are_added_in_parts(sheet: Sheet) -> None:
    parts = [sheet.x + sheet.y for _ in range(300)]
    formula = sheet.written(total(parts))
    assert formula.startswith("SUM(SUM(G6+G7,")
    assert formula.count("G6+G7") == 300


def test_that_a_formula_longer_than_a_cell_names_its_line(sheet: Sheet) -> None:
    parts = [sheet.x + sheet.y for _ in range(2000)]
    line = sheet.section.line("Far too long", total(parts), "")
    with pytest.raises(WorkbookError, match=r"'Far too long'.*8,191; split it"):
        formula_of(line, Layout.of(sheet.ledger))
