"""What a ledger refuses, and how it says so."""

from collections.abc import Callable
from datetime import date

import pytest

from pricing.ledger import (
    CycleError,
    Expression,
    Ledger,
    LedgerError,
    Literal,
    UnitError,
    contracts,
    cumulative,
    exponential,
    first_month,
    floor,
    lag,
    maximum,
    previous,
    rounded,
    total,
    where,
)
from tests.ledger.conftest import QUOTE, Example


def test_that_adding_money_to_servers_names_both_lines(example: Example) -> None:
    with pytest.raises(UnitError) as refusal:
        _ = example.cost + example.servers
    assert str(refusal.value) == (
        "cannot add 'Cost' (main.cost) in USD and 'Servers' (main.servers) in server"
    )


@pytest.mark.parametrize(
    ("verb", "meet"),
    [
        ("compare", lambda one, other: one < other),
        ("compare", maximum),
        ("subtract", lambda one, other: one - other),
        ("add", lambda one, other: total([one, other])),
        ("choose between", lambda one, other: where(one > 0, one, other)),
    ],
)
def test_that_every_meeting_of_two_units_is_refused(
    example: Example, verb: str, meet: Callable[..., Expression]
) -> None:
    with pytest.raises(UnitError, match=rf"cannot {verb} .*main\.cost.*main\.servers"):
        meet(example.cost, example.servers)


def test_that_functions_of_pure_numbers_refuse_money(example: Example) -> None:
    with pytest.raises(UnitError, match=r"'Cost' \(main.cost\) has the unit USD; exponential"):
        exponential(example.cost)
    with pytest.raises(UnitError, match="cannot be raised"):
        _ = example.cost**2
    with pytest.raises(UnitError, match="is no condition"):
        where(example.cost, 1, 0)
    with pytest.raises(UnitError, match="is no flag"):
        first_month(example.cost)
    with pytest.raises(UnitError, match="must be one number of months"):
        lag(example.cost, example.month)


def test_that_zero_goes_with_any_unit(example: Example) -> None:
    line = example.section.line("Never less than nothing", maximum(example.cost, 0), "USD")
    assert example.ledger.evaluate().at(line, 3) == 600
    free = example.section.line("Free", Literal(0), "USD")
    assert example.ledger.evaluate().number(free) == 0


def test_that_a_line_in_another_unit_than_its_formula_says_both(example: Example) -> None:
    with pytest.raises(
        UnitError, match=r"'Wrong' \(main.wrong\) is in USD, but its formula gives server"
    ):
        example.section.line("Wrong", example.servers, "USD")


def test_that_a_number_in_a_formula_must_be_an_input(example: Example) -> None:
    with pytest.raises(LedgerError, match=r"holds the number 0.5 in its formula; make it an input"):
        example.section.line("Half", example.cost * 0.5, "USD")
    with pytest.raises(LedgerError, match="holds the number 12"):
        example.section.line("Deep", total([example.cost, maximum(example.cost / 12, 0)]), "USD")
    example.section.line("One more", example.month + 1, "")


def test_that_a_cycle_is_refused_with_its_path(example: Example) -> None:
    section, ledger = example.section, example.ledger
    loan = section.forward("Loan", "USD")
    interest = section.line("Interest", loan * example.month, "USD")
    payment = section.line("Payment", interest + example.cost, "USD")
    with pytest.raises(CycleError) as refusal:
        ledger.define(loan, payment - example.cost)
    assert str(refusal.value) == (
        "a line cannot depend on itself: 'Loan' (main.loan) → 'Payment' (main.payment) → "
        "'Interest' (main.interest) → 'Loan' (main.loan)"
    )
    ledger.define(loan, example.cost)
    assert ledger.evaluate().at(payment, 2) == 400 * 2 + 400


def test_that_a_line_cannot_look_at_itself_even_in_another_month(example: Example) -> None:
    line = example.section.forward("Balance", "USD")
    with pytest.raises(CycleError, match=r"'Balance' \(main.balance\) → 'Balance'"):
        example.ledger.define(line, previous(line) + example.cost)


def test_that_a_line_may_come_before_what_it_reads(example: Example) -> None:
    later = example.section.forward("Later", "USD")
    early = example.section.line("Early", later + example.cost, "USD")
    example.ledger.define(later, example.cost)
    assert example.ledger.evaluate().at(early, 1) == 400


def test_that_a_line_without_an_expression_is_named(example: Example) -> None:
    example.section.forward("Forgotten", "USD")
    with pytest.raises(LedgerError, match=r"'Forgotten' \(main.forgotten\) was announced but"):
        example.ledger.evaluate()


def test_that_a_line_has_one_expression(example: Example) -> None:
    with pytest.raises(LedgerError, match="has an expression already"):
        example.ledger.define(example.cost, example.servers * example.price)


def test_that_keys_are_unique_over_all_sections(example: Example) -> None:
    with pytest.raises(LedgerError, match=r"'main.cost' is used twice"):
        example.section.line("Cost", example.cost, "USD")
    with pytest.raises(LedgerError, match=r"section 'main' exists already"):
        example.ledger.section("main", "Again")


def test_that_an_unknown_key_names_the_closest(example: Example) -> None:
    with pytest.raises(LedgerError, match=r"no figure 'main.costs'.*close to it: main.cost"):
        example.ledger.find("main.costs")
    with pytest.raises(LedgerError, match=r"'Price' \(main.price\) is an input, not a line"):
        example.ledger.line("main.price")
    assert example.ledger.line("main.cost") is example.cost


def test_that_functions_over_time_need_a_line_of_their_own(example: Example) -> None:
    with pytest.raises(LedgerError, match="cumulative needs a line with a value per month"):
        cumulative(example.cost * example.month)  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match=r"'Price' \(main.price\) is none"):
        previous(example.price)  # type: ignore[arg-type]
    constant = example.section.line("Constant", example.price * 1, "USD/server")
    with pytest.raises(LedgerError, match="give it a line of its own first"):
        cumulative(constant)


def test_that_contracts_must_be_a_whole_formula(example: Example) -> None:
    taken = contracts(example.servers, 1)
    with pytest.raises(LedgerError, match="contracts must be the whole formula"):
        example.section.line("Bought twice", taken + taken, "servers")


def test_that_a_line_without_months_cannot_have_a_formula_with_months(example: Example) -> None:
    line = example.section.forward("One number", "USD", timed=False)
    with pytest.raises(UnitError, match="has no months, but its formula has"):
        example.ledger.define(line, example.cost)


def test_that_expressions_have_no_truth_value_and_no_items(example: Example) -> None:
    with pytest.raises(TypeError, match="use where"):
        bool(example.cost > 0)
    with pytest.raises(TypeError, match="use total"):
        sum(example.cost)  # type: ignore[call-overload]


def test_that_rounding_takes_0_to_9_decimals(example: Example) -> None:
    with pytest.raises(LedgerError, match="10 decimals was asked; 0 to 9"):
        rounded(example.cost, 10)


def test_that_money_flows_and_other_units_do_not_unless_said(example: Example) -> None:
    section = example.section
    assert example.cost.flow
    assert not example.servers.flow
    assert not section.line("Level", example.cost, "USD", flow=False).flow
    assert section.line("Hours", example.month * 1, "", flow=True).flow
    assert not section.line("Constant", example.price * 1, "USD/server").flow


def test_that_a_formula_without_time_can_hold_anew_every_month(example: Example) -> None:
    fee = example.enter("Fee", 10, "USD")
    monthly = example.section.line("Monthly fee", fee, "USD", every_month=True)
    once = example.section.line("Fee once", fee, "USD")
    values = example.ledger.evaluate()
    assert values.monthly(monthly).tolist() == [10.0] * 6
    assert monthly.flow
    assert not once.timed


def test_that_a_total_of_nothing_is_zero_and_of_one_is_itself(example: Example) -> None:
    assert isinstance(total([]), Literal)
    assert total([example.cost]) is example.cost


def test_that_sections_keep_lines_in_order_under_their_headings() -> None:
    ledger = Ledger(2, date(2027, 1, 1))
    section = ledger.section("bill", "Bill")
    section.block("First")
    one = section.line("One", ledger.month * 1, "")
    section.block("Second")
    two = section.line("Two", floor(one), "")
    assert [(line.block, line.key) for line in (one, two)] == [
        ("First", "bill.one"), ("Second", "bill.two"),
    ]  # fmt: skip
    assert (
        section.input("Price of a GPU-server", 1, "USD", QUOTE).key == "bill.price_of_a_gpu_server"
    )
