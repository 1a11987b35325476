"""Inputs with a number for every month: read like lines, changed like inputs, with a source."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.ledger import (
    Explanation,
    LedgerError,
    Schedule,
    UnitError,
    contracts,
    cumulative,
    explain,
    in_words,
    lag,
    previous,
    sum_over_months,
    window_sum,
)
from tests.ledger.conftest import QUOTE, Example

BOUGHT = (3.0, 0.0, 2.0, 0.0, 0.0, 1.0)


def servers(example: Example, *values: float, flow: bool | None = None) -> Schedule:
    return example.section.schedule(
        "Servers ordered", values or BOUGHT, "servers", QUOTE, path="routing.orders", flow=flow,
        note="decided",
    )  # fmt: skip


def test_that_a_schedule_stands_among_the_lines_of_its_block_and_not_among_the_inputs(
    example: Example,
) -> None:
    example.section.block("Routing")
    ordered = servers(example)
    cost = example.section.line("Order cost", ordered * example.price, "USD")
    assert example.section.lines[-2:] == [ordered, cost]
    assert ordered.block == "Routing"
    assert example.ledger.schedules == (ordered,)
    assert ordered.key not in {entry.key for entry in example.ledger.inputs}
    assert example.ledger.entries == (*example.ledger.inputs, ordered)
    assert example.ledger.line("main.servers_ordered") is ordered
    assert (ordered.timed, ordered.flow, ordered.values) == (True, False, BOUGHT)


def test_that_a_schedule_of_money_adds_up_like_a_line_of_money(example: Example) -> None:
    fee = example.section.schedule("Fee", BOUGHT, "USD", QUOTE)
    assert fee.flow
    assert explain(example.ledger.evaluate(), fee).value == 6


def test_that_lines_read_the_months_of_a_schedule(example: Example) -> None:
    ordered, term = servers(example), example.enter("Term", 2, "months")
    section = example.section
    cost = section.line("Order cost", ordered * example.price, "USD")
    last = section.line("Before", previous(ordered), "servers")
    arrived = section.line("Arrived", lag(ordered, term), "servers")
    running = section.line("Running", window_sum(ordered, term), "servers")
    taken = section.line("Taken", contracts(ordered, term), "servers")
    every = section.line("All", sum_over_months(ordered), "servers")
    values = example.ledger.evaluate()
    assert values.monthly(cost).tolist() == [300, 0, 200, 0, 0, 100]
    assert values.monthly(last).tolist() == [0, 3, 0, 2, 0, 0]
    assert values.monthly(arrived).tolist() == [0, 0, 3, 0, 2, 0]
    assert values.monthly(running).tolist() == [3, 3, 2, 2, 0, 1]
    assert values.monthly(taken).tolist() == [3, 0, 2, 0, 0, 1]
    assert values.number(every) == 6


def test_that_a_schedule_can_be_overridden_for_one_evaluation(example: Example) -> None:
    ordered = servers(example)
    cost = example.section.line("Order cost", ordered * example.price, "USD")
    other = example.ledger.evaluate({ordered.key: [1, 2, 3, 4, 5, 6]})
    assert other.monthly(ordered).tolist() == [1, 2, 3, 4, 5, 6]
    assert other.monthly(cost).tolist() == [100, 200, 300, 400, 500, 600]
    assert example.ledger.evaluate().monthly(ordered).tolist() == list(BOUGHT)


def test_that_draws_of_a_schedule_go_with_draws_of_an_input(example: Example) -> None:
    ordered = servers(example)
    cost = example.section.line("Order cost", ordered * example.price, "USD")
    so_far = example.section.line("Paid", cumulative(cost), "USD", flow=False)
    drawn = np.arange(12.0).reshape(2, 6)
    values = example.ledger.evaluate({ordered.key: drawn, "main.price": np.array([1.0, 10.0])})
    assert values.array(ordered).shape == (2, 6)
    np.testing.assert_array_equal(values.array(cost), drawn * [[1.0], [10.0]])
    assert values.array(so_far)[:, -1].tolist() == [15, 510]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, 2, 3], "3 numbers; it needs 6, one for every month"),
        ([1], "1 number; it needs 6"),
        ([], "0 numbers; it needs 6"),
        ([1, 2, float("nan"), 4, 5, 6], "nan in month 3; it needs a finite number"),
        ([1, 2, 3, 4, 5, float("inf")], "inf in month 6; it needs a finite number"),
    ],
)
def test_that_a_wrong_count_and_numbers_that_are_none_are_refused(
    example: Example, values: list[float], said: str
) -> None:
    ordered = servers(example)
    name = r"'Servers ordered' \(main.servers_ordered\) was given "
    with pytest.raises(LedgerError, match=name + said):
        example.ledger.evaluate({ordered.key: values})
    with pytest.raises(LedgerError, match=r"'Later' \(main.later\) was given " + said):
        example.section.schedule("Later", values, "servers", QUOTE)
    assert example.ledger.schedules == (ordered,)


def test_that_draws_of_another_length_and_one_number_for_all_months_are_refused(
    example: Example,
) -> None:
    ordered = servers(example)
    with pytest.raises(LedgerError, match=r"numbers of shape \(6, 2\); it needs 6"):
        example.ledger.evaluate({ordered.key: np.ones((6, 2))})
    with pytest.raises(LedgerError, match=r"was given 1 number; it needs 6"):
        example.ledger.evaluate({ordered.key: 4.0})
    with pytest.raises(LedgerError, match="was given inf in month 2"):
        example.ledger.evaluate({ordered.key: np.array([[1] * 6, [1, np.inf, 1, 1, 1, 1]])})


def test_that_a_schedule_has_no_formula_to_define_and_a_unit_to_keep(example: Example) -> None:
    ordered = servers(example)
    with pytest.raises(LedgerError, match="has an expression already"):
        example.ledger.define(ordered, example.month)
    with pytest.raises(UnitError, match="servers"):
        example.section.line("Sum", ordered + example.price, "servers")
    with pytest.raises(LedgerError, match="is used twice"):
        servers(example)


def test_that_its_formula_in_words_says_that_it_was_given(example: Example) -> None:
    assert in_words(servers(example).expression) == "given month by month"


def test_that_an_explanation_ends_at_a_schedule_with_its_source(example: Example) -> None:
    ordered = servers(example)
    cost = example.section.line("Order cost", ordered * example.price, "USD")
    told = explain(example.ledger.evaluate(), cost, 3)
    assert told.numbers == "2 × 100"
    leaf = told.operands[0]
    assert leaf == Explanation(
        key="main.servers_ordered", label="Servers ordered", unit="servers", month=3, value=2.0,
        source=QUOTE.source, url=QUOTE.url, as_of=QUOTE.as_of, confidence=QUOTE.confidence,
        region=QUOTE.region, note="decided", path="routing.orders", is_input=True,
    )  # fmt: skip
    assert explain(example.ledger.evaluate(), ordered, 3) == leaf


def test_that_a_schedule_asked_without_a_month_is_its_total_or_its_last_month(
    example: Example,
) -> None:
    ordered = servers(example)
    fee = example.section.schedule("Fee", BOUGHT, "USD", QUOTE)
    values = example.ledger.evaluate()
    level, flow = explain(values, ordered), explain(values, fee)
    assert (level.value, level.month, level.formula) == (1, None, "value of the last month")
    assert (flow.value, flow.month, flow.formula) == (6, None, "sum over all months")
    assert level.is_input
    assert flow.is_input
    assert (level.summed, flow.summed) == (False, True)
    with pytest.raises(LedgerError, match="needs a month from 1 to 6, not 7"):
        explain(values, ordered, 7)


def test_that_a_level_that_a_line_adds_up_is_told_as_its_sum(example: Example) -> None:
    every = example.section.line("All", sum_over_months(servers(example)), "servers")
    (leaf,) = explain(example.ledger.evaluate(), every).operands
    assert (leaf.value, leaf.formula, leaf.summed) == (6, "sum over all months", True)


def test_that_a_line_that_repeats_a_schedule_leads_to_its_source(example: Example) -> None:
    ordered = servers(example)
    link = example.section.line("In service", ordered, "servers")
    again = example.section.line("Once more", link, "servers")
    told = explain(example.ledger.evaluate(), again, 1)
    assert told.formula == "Servers ordered"
    assert not told.is_input
    assert [(part.key, part.source) for part in told.operands] == [(ordered.key, QUOTE.source)]


def test_that_a_bill_of_schedules_is_explained_by_their_totals(example: Example) -> None:
    fee = example.section.schedule("Fee", BOUGHT, "USD", QUOTE)
    both = example.section.line("Both", fee + example.cost, "USD")
    told = explain(example.ledger.evaluate(), both)
    assert [(part.key, part.month, part.value) for part in told.operands] == [
        ("main.fee", None, 6), ("main.cost", None, 4200),
    ]  # fmt: skip
    assert replace(told, operands=()).value == 4206
