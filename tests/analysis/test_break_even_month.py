"""From which month an option has paid for itself, against a walk through the months."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pricing.analysis import compare
from pricing.catalogue import Catalogue, load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import BreakEvenMonth, OptionBill
from pricing.plan.plan import Plan
from tests.bill.small import api, bill, owned
from tests.bill.strategies import plans

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def walked(option: OptionBill, other: OptionBill) -> tuple[int | None, float | None]:
    """Month and time of break-even by walking: one-off cost first, the rest evenly."""
    so_far, month, time = 0.0, None, None
    for number, (mine, theirs, mine_once, theirs_once) in enumerate(
        zip(option.cash.values, other.cash.values, option.one_off.values, other.one_off.values,
            strict=True), start=1,
    ):  # fmt: skip
        start = so_far + mine_once - theirs_once
        so_far += mine - theirs
        if so_far > 0:
            month, time = None, None
        elif month is None:
            month = number
            time = number - 1 + (start / (start - so_far) if start > 0 else 0.0)
    return month, time


def costing(name: str, once: float, monthly: float) -> dict[str, object]:
    return api(
        id=name, name=name, prices={"input": 0, "output": 0}, setup_cost=once,
        fixed_monthly_cost=monthly,
    )  # fmt: skip


def break_even(once: float, monthly: float, months: int = 36) -> BreakEvenMonth:
    """Of an option against one of 1,500 a month."""
    evaluation = bill(
        costing("other", 0, 1500), costing("option", once, monthly), months=months
    )  # fmt: skip
    return compare(evaluation, "option", "other").break_even


def test_that_hardware_of_12_500_saving_1_000_a_month_pays_back_in_12_and_a_half_months() -> None:
    found = break_even(12_500, 500)
    assert (found.answer, found.month, found.cheaper_at_first) == ("month", 13, False)
    assert found.time == pytest.approx(12.5)


@pytest.mark.parametrize(("once", "monthly"), [(100, 1000), (7777, 321), (30_000, 0), (1, 1499)])
def test_that_payback_is_cost_over_saving(once: float, monthly: float) -> None:
    found = break_even(once, monthly)
    assert found.time == pytest.approx(once / (1500 - monthly))
    assert found.month == np.ceil(once / (1500 - monthly))


def test_that_a_cheaper_option_without_first_cost_is_ahead_from_the_start() -> None:
    found = break_even(0, 1000)
    assert found == BreakEvenMonth("already", 1, 0.0, cheaper_at_first=True)


def test_that_an_option_that_has_not_paid_back_by_the_end_never_does() -> None:
    assert break_even(40_000, 500) == BreakEvenMonth("never", None, None, cheaper_at_first=False)
    assert break_even(0, 1600).answer == "never"


def test_that_an_option_that_is_ahead_and_falls_behind_for_good_is_never_even() -> None:
    """Cheaper until the server is bought in month 7."""
    evaluation = bill(
        costing("other", 0, 1500), owned(id="late", lead_time_months=6, price=200_000)
    )
    found = compare(evaluation, "late", "other").break_even
    assert (found.answer, found.cheaper_at_first) == ("never", True)


def test_that_a_replacement_moves_the_break_even_behind_it() -> None:
    """15,000 every 24 months against 1,500 a month: even after 10, behind in 25, even in 36."""
    server = owned(price=15_000, useful_life_months=24)
    evaluation = bill(costing("other", 0, 1500), server, months=36)
    found = compare(evaluation, "owned", "other").break_even
    # 30,000 by the start of month 25, when 24 × 1,500 = 36,000 have been paid: never behind.
    assert found.month == 10
    server["price"] = 20_000
    evaluation = bill(costing("other", 0, 1500), server, months=36)
    found = compare(evaluation, "owned", "other").break_even
    assert found.month == 27
    assert found.time == pytest.approx(40_000 / 1500)


def test_that_differences_are_option_less_reference() -> None:
    evaluation = bill(costing("a", 1000, 100), costing("b", 0, 250))
    pair = compare(evaluation, "a", "b")
    assert pair.tco_difference == pytest.approx(2200 - 3000)
    assert pair.tco_ratio == pytest.approx(2200 / 3000)
    assert pair.monthly_difference == pytest.approx([850.0] + [-150.0] * 11)
    assert pair.cumulative_difference[-1] == pytest.approx(-800)
    back = compare(evaluation, "b", "a")
    assert back.tco_difference == pytest.approx(800)
    assert back.npv_difference == pytest.approx(-pair.npv_difference)


def test_that_an_option_compared_with_itself_is_even_from_the_start() -> None:
    evaluation = bill(costing("a", 1000, 100))
    assert compare(evaluation, "a", "a").break_even.answer == "already"


@settings(
    max_examples=40, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(plan=plans())
def test_that_any_pair_breaks_even_where_a_walk_through_the_months_does(
    plan: Plan, catalogue: Catalogue
) -> None:
    evaluation = evaluate(plan, catalogue, TODAY)
    for option in evaluation.bills:
        for other in evaluation.bills:
            if option is other:
                continue
            found = compare(evaluation, option.id, other.id)
            running = option.cumulative.values - other.cumulative.values
            if np.min(np.abs(running)) < 1e-6 * (1 + np.max(np.abs(running))):
                continue  # a tie to rounding is either
            month, time = walked(option, other)
            assert found.break_even.month == month
            assert (found.break_even.answer == "never") == (month is None)
            if time is not None:
                assert found.break_even.time == pytest.approx(time, rel=1e-6, abs=1e-6)
            assert found.tco_difference == pytest.approx(
                option.tco.value - other.tco.value, abs=1e-9 * abs(option.tco.value)
            )
