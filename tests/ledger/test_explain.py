"""Explanations: formula in words, the numbers it was made from, and where those come from."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pricing.ledger import (
    Explanation,
    LedgerError,
    ahead,
    contracts,
    cumulative,
    explain,
    in_words,
    increase,
    lag,
    largest_over_months,
    maximum,
    previous,
    ratio,
    short,
    smallest_over_months,
    sum_over_months,
    total,
    where,
)
from tests.ledger.conftest import Example
from tests.ledger.strategies import Drawn, ledgers


def _explained(example: Example, line: object, month: int | None = None) -> Explanation:
    return explain(example.ledger.evaluate(), line, month)  # type: ignore[arg-type]


def test_that_a_product_shows_its_words_its_numbers_and_its_operands(example: Example) -> None:
    told = _explained(example, example.cost, 3)
    assert (told.key, told.month, told.value, told.unit) == ("main.cost", 3, 600, "USD")
    assert told.formula == "Servers × Price"
    assert told.numbers == "6 × 100"
    assert [(part.key, part.month, part.value) for part in told.operands] == [
        ("main.servers", 3, 6), ("main.price", None, 100),
    ]  # fmt: skip


def test_that_an_input_tells_where_it_comes_from(example: Example) -> None:
    told = _explained(example, example.price)
    assert told.is_input
    assert told.formula == ""
    assert (told.source, told.as_of, told.url) == (
        "quote 17", date(2026, 10, 14), "https://example.org/17",
    )  # fmt: skip
    assert (told.confidence, told.region) == ("high", "EU")


@pytest.mark.parametrize(
    ("make", "formula"),
    [
        (lambda e: (e.cost + e.cost) * e.month, "(Cost + Cost) × Month number"),
        (lambda e: e.cost - (e.cost - e.cost), "Cost − (Cost − Cost)"),
        (lambda e: e.cost + (e.cost + e.cost), "Cost + Cost + Cost"),
        (lambda e: e.cost / (e.month * e.month), "Cost ÷ (Month number × Month number)"),
        (lambda e: -(e.cost + e.cost), "−(Cost + Cost)"),
        (lambda e: where(e.month > 1, e.cost, 0), "if Month number is above 1 then Cost, else 0"),
        (lambda e: maximum(e.cost, 0), "the largest of (Cost, 0)"),
        (lambda e: total([e.cost, e.cost]), "the sum of (Cost, Cost)"),
        (lambda e: previous(e.cost) + e.cost, "last month's Cost + Cost"),
        (lambda e: ratio(e.cost, e.month), "Cost ÷ Month number (0 where nothing divides)"),
    ],
)  # fmt: skip
def test_that_words_have_the_brackets_of_the_formula(example: Example, make, formula: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert in_words(make(example)) == formula


def test_that_last_month_is_explained_by_last_month(example: Example) -> None:
    line = example.section.line("Before", previous(example.cost), "USD")
    told = _explained(example, line, 4)
    assert [(part.key, part.month, part.value) for part in told.operands] == [("main.cost", 3, 600)]
    assert told.numbers == ""
    assert _explained(example, line, 1).operands == ()


def test_that_an_increase_shows_both_months(example: Example) -> None:
    line = example.section.line("Added", increase(example.servers), "servers")
    told = _explained(example, line, 2)
    assert [(part.month, part.value) for part in told.operands] == [(2, 4), (1, 2)]


@pytest.mark.parametrize(("shift", "month"), [(lag, 2), (ahead, 6)])
def test_that_a_live_number_of_months_points_to_the_right_month(
    example: Example, shift: object, month: int
) -> None:
    length = example.enter("Delay", 1.9, "months")
    line = example.section.line("Moved", shift(example.cost, length + 1), "USD")  # type: ignore[operator]
    told = _explained(example, line, 4)
    assert [(part.key, part.month) for part in told.operands] == [
        ("main.cost", month), ("main.delay", None),
    ]  # fmt: skip


def test_that_only_the_branch_that_was_taken_is_shown(example: Example) -> None:
    late = example.section.line("Late", example.month > example.enter("Switch", 3), "flag")
    other = example.section.line("Other cost", example.cost + example.cost, "USD")
    line = example.section.line("Chosen", where(late, other, example.cost), "USD")
    assert [p.key for p in _explained(example, line, 2).operands] == ["main.late", "main.cost"]
    assert [p.key for p in _explained(example, line, 5).operands] == [
        "main.late",
        "main.other_cost",
    ]


def test_that_a_flow_asked_without_a_month_is_its_total(example: Example) -> None:
    told = _explained(example, example.cost)
    assert (told.month, told.value) == (None, 4200)
    assert told.formula == "sum over all months of Servers × Price"


def test_that_a_total_of_parts_is_explained_by_their_totals(example: Example) -> None:
    half = example.section.line("Half", example.cost / (1 + example.ledger.month * 0 + 1), "USD")
    both = example.section.line("Both", total([example.cost, half]), "USD")
    bill = example.section.line("Bill", sum_over_months(both), "USD")
    (told,) = _explained(example, bill).operands
    assert (told.key, told.month, told.value) == ("main.both", None, 6300)
    assert [(part.key, part.month, part.value) for part in told.operands] == [
        ("main.cost", None, 4200), ("main.half", None, 2100),
    ]  # fmt: skip


@pytest.mark.parametrize(("pick", "month"), [(largest_over_months, 2), (smallest_over_months, 4)])
def test_that_an_extreme_of_all_months_points_to_its_month(
    example: Example, pick: object, month: int
) -> None:
    level = example.series(3, 9, 4, 1, 2, 9, label="level")
    line = example.section.line("Extreme", pick(level), "")  # type: ignore[operator]
    told = _explained(example, line)
    assert [(part.key, part.month) for part in told.operands] == [("main.level", month)]
    assert told.operands[0].value == told.value


def test_that_a_level_summed_over_months_is_not_explained_by_its_last_month(
    example: Example,
) -> None:
    level = example.series(3, 9, 4, 1, 2, 9, label="level", unit="servers")
    line = example.section.line("Sum", sum_over_months(level), "servers")
    (part,) = _explained(example, line).operands
    assert (part.key, part.month, part.value, part.summed) == ("main.level", None, 28, True)


def test_that_a_figure_is_unfolded_once(example: Example) -> None:
    twice = example.section.line("Twice", example.cost * example.month + example.cost, "USD")
    again = example.section.line("Again", twice + example.cost, "USD")
    told = _explained(example, again, 2)
    first, second = told.operands
    assert first.key == "main.twice"
    assert first.operands[0].operands != ()
    assert second.key == "main.cost"
    assert second.operands == ()


def test_that_the_depth_can_be_limited(example: Example) -> None:
    from pricing.ledger.explain import explain

    values = example.ledger.evaluate()
    told = explain(values, example.cost, 1, depth=1)
    assert len(told.operands) == 2
    assert told.operands[0].operands == ()
    assert explain(values, example.cost, 1, depth=0).operands == ()


def test_that_a_month_outside_the_timeline_is_refused(example: Example) -> None:
    for month in (7, 0, -1):
        with pytest.raises(LedgerError, match=f"needs a month from 1 to 6, not {month}"):
            _explained(example, example.cost, month)


def test_that_running_totals_and_contracts_show_what_they_add_up(example: Example) -> None:
    so_far = example.section.line("So far", cumulative(example.cost), "USD", flow=False)
    term = example.enter("Term", 3, "months")
    taken = example.section.line("Taken", contracts(example.servers, term), "servers")
    assert [(p.key, p.month) for p in _explained(example, so_far, 4).operands] == [("main.cost", 4)]
    assert [(p.key, p.month) for p in _explained(example, taken, 4).operands] == [
        ("main.servers", 4), ("main.term", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1234567.891, "1,234,568"), (1234.5, "1,234.5"), (0.25, "0.25"),
        (1 / 3, "0.333333333"), (-12.3456789, "−12.3457"), (1e-9, "1e-09"), (1e16, "1e+16"),
        (100000, "100,000"), (99.99999, "100"),
    ],
)  # fmt: skip
def test_that_numbers_in_formulas_are_short(value: float, text: str) -> None:
    assert short(value).replace("-", "−") == text.replace("1e−09", "1e-09").replace("-", "−")


@settings(
    max_examples=40, deadline=None, phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(ledgers(lines=10))
def test_that_every_figure_of_a_tree_has_the_ledger_s_value(drawn: Drawn) -> None:
    values = drawn.ledger.evaluate()
    for line in drawn.ledger.lines[4:]:
        month = drawn.ledger.months if line.timed else None
        stack = [explain(values, line, month)]
        while stack:
            told = stack.pop()
            figure = drawn.ledger.find(told.key)
            if told.month is not None or not figure.timed:
                assert told.value == values.at(figure, told.month)
            stack += told.operands
