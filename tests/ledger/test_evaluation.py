import numpy as np
import pytest

from pricing.ledger import LedgerError, cumulative, logarithm, square_root, sum_over_months
from tests.ledger.conftest import Example


def test_that_values_are_by_month_and_by_number(example: Example) -> None:
    total = example.section.line("Total", sum_over_months(example.cost), "USD")
    values = example.ledger.evaluate()
    assert values.monthly(example.cost).tolist() == [200.0 * n for n in range(1, 7)]
    assert values.at(example.cost, 3) == 600
    assert values.number(total) == 4200
    assert values.at(total, None) == 4200
    assert values.monthly(total).tolist() == [4200.0] * 6
    assert values.at(example.price, 5) == 100


@pytest.mark.parametrize("month", [None, 0, 7, -1])
def test_that_a_month_outside_the_timeline_is_refused(example: Example, month: int | None) -> None:
    with pytest.raises(LedgerError, match=f"needs a month from 1 to 6, not {month}"):
        example.ledger.evaluate().at(example.cost, month)


def test_that_a_line_with_months_is_not_one_number(example: Example) -> None:
    with pytest.raises(LedgerError, match=r"'Cost' \(main.cost\) has 6 values; ask for a month"):
        example.ledger.evaluate().number(example.cost)


def test_that_an_override_replaces_an_input_for_one_evaluation(example: Example) -> None:
    values = example.ledger.evaluate({"main.price": 10})
    assert values.at(example.cost, 1) == 20
    assert example.ledger.evaluate().at(example.cost, 1) == 200


def test_that_draws_have_their_own_axis(example: Example) -> None:
    values = example.ledger.evaluate({"main.price": np.array([1.0, 2.0, 3.0])})
    assert values.array(example.cost).shape == (3, 6)
    assert values.monthly(example.servers).shape == (6,)
    assert values.array(example.cost)[:, 0].tolist() == [2.0, 4.0, 6.0]


def test_that_only_inputs_can_be_overridden(example: Example) -> None:
    with pytest.raises(LedgerError, match="is a line; only inputs can be given another value"):
        example.ledger.evaluate({"main.cost": 1})
    with pytest.raises(LedgerError, match=r"no figure 'main\.pric'"):
        example.ledger.evaluate({"main.pric": 1})
    with pytest.raises(LedgerError, match=r"shape \(2, 2\); \(draws,\) is right"):
        example.ledger.evaluate({"main.price": np.ones((2, 2))})


def test_that_a_figure_that_cannot_be_computed_names_line_and_month(example: Example) -> None:
    left = example.enter("Limit", 3)
    example.section.line("Inverse", 1 / (example.month - left), "")
    with pytest.raises(
        LedgerError, match=r"'Inverse' \(main.inverse\) cannot be computed.*month 3"
    ):
        example.ledger.evaluate()


@pytest.mark.parametrize(
    "make", [square_root, logarithm, lambda x: 1 / (x - x), lambda x: (x - x) ** (x - x)]
)
def test_that_what_a_spreadsheet_would_refuse_is_refused(example: Example, make) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    example.section.line("Impossible", make(example.enter("Minus four", -4)), "")
    with pytest.raises(LedgerError, match=r"'Impossible' \(main.impossible\) cannot be computed"):
        example.ledger.evaluate()


def test_that_a_line_that_was_not_evaluated_is_named(example: Example) -> None:
    values = example.ledger.evaluate(only=(example.servers,))
    with pytest.raises(LedgerError, match=r"'Cost' \(main.cost\) was not evaluated"):
        values.at(example.cost, 1)


def test_that_an_infinite_input_is_named(example: Example) -> None:
    with pytest.raises(LedgerError, match=r"'Price' \(main.price\) cannot be computed"):
        example.ledger.evaluate({"main.price": float("inf")})


def test_that_only_what_is_asked_for_is_computed(example: Example) -> None:
    example.section.line("Broken", 1 / (example.month - example.month), "")
    so_far = example.section.line("So far", cumulative(example.cost), "USD", flow=False)
    values = example.ledger.evaluate(only=(so_far,))
    assert values.at(so_far, 2) == 600
    assert values.at(example.cost, 2) == 400
    with pytest.raises(LedgerError):
        example.ledger.evaluate()


def test_that_a_timeline_of_one_month_is_a_timeline() -> None:
    example = Example(months=1)
    so_far = example.section.line("So far", cumulative(example.cost), "USD", flow=False)
    assert example.ledger.evaluate().at(so_far, 1) == 200
