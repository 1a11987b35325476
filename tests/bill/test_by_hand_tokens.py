"""One example worked by hand for each formula of demand and of token prices."""

import numpy as np
import pytest

from tests.bill.small import api, bill, request_class


def cost(evaluation: object, category: str = "tokens") -> np.ndarray:
    return evaluation.bill_of("api").categories[category].values  # type: ignore[attr-defined]


def test_that_tokens_cost_their_price_per_million() -> None:
    """73,000 × (1,000 × 3 + 200 × 15) / 1e6 = 438 USD a month."""
    assert cost(bill(api())) == pytest.approx([438.0] * 12)


def test_that_requests_per_day_follow_the_days_of_the_calendar() -> None:
    """1,000 a day: 31,000 in January and 28,000 in February 2027, 29,000 in February 2028."""
    found = bill(
        api(), classes=[request_class(requests=1000, per="day")], calendar={}, months=24
    ).line("demand.use.requests")
    evaluation = bill(
        api(), classes=[request_class(requests=1000, per="day")], calendar={}, months=24
    )
    requests = evaluation.values.monthly(evaluation.line(found.key))
    assert requests[[0, 1, 13]] == pytest.approx([31_000, 28_000, 29_000])


def test_that_monthly_growth_starts_after_the_first_month() -> None:
    """2 % a month: 438, 446.76, 455.6952 USD."""
    grown = request_class(growth={"kind": "monthly", "rate": 0.02})
    assert cost(bill(api(), classes=[grown]))[:3] == pytest.approx([438, 446.76, 455.6952])


def test_that_yearly_steps_are_multiples_of_the_stated_volume_and_the_last_one_stays() -> None:
    steps = request_class(growth={"kind": "yearly", "factors": [1, 1.5]})
    found = cost(bill(api(), classes=[steps], months=36))
    assert found[[0, 11, 12, 23, 24, 35]] == pytest.approx([438, 438, 657, 657, 657, 657])


def test_that_a_cached_prefix_is_read_or_written_and_the_rest_billed_as_input() -> None:
    """Per request 400 fresh × 3 + 600 × (0.75 × 0.3 + 0.25 × 3.75) + 200 × 15 = 4,897.5 e-6 USD."""
    cached = request_class(cacheable_share=0.6, cache_hit_rate=0.75)
    prices = {"input": 3, "output": 15, "cached_input": 0.3, "cache_write": 3.75}
    found = cost(bill(api(prices=prices), classes=[cached]))
    assert found == pytest.approx([73_000 * 4897.5e-6] * 12)


def test_that_a_prefix_without_prices_of_its_own_is_billed_as_input() -> None:
    cached = request_class(cacheable_share=0.6, cache_hit_rate=0.75)
    assert cost(bill(api(), classes=[cached])) == pytest.approx([438.0] * 12)


def test_that_only_batch_requests_pay_the_batch_tariff() -> None:
    """73,000 × (1,000 × 1.5 + 200 × 7.5) / 1e6 = 219 USD; the others pay 438 USD."""
    prices = {"input": 3, "output": 15, "batch_input": 1.5, "batch_output": 7.5}
    batch = request_class(urgency="batch")
    assert cost(bill(api(prices=prices), classes=[batch]))[0] == pytest.approx(219)
    assert cost(bill(api(prices=prices)))[0] == pytest.approx(438)
    waived = api(prices=prices, batch_tariff=False)
    assert cost(bill(waived, classes=[batch]))[0] == pytest.approx(438)


def test_that_a_discount_is_off_tokens_and_not_off_the_charge_per_request() -> None:
    """438 × 0.8 + 73,000 × 0.001 = 423.4 USD."""
    assert cost(bill(api(discount=0.2, cost_per_request=0.001)))[0] == pytest.approx(423.4)


def test_that_a_yearly_price_change_is_spread_over_the_months() -> None:
    """30 % cheaper a year: month 13 costs 0.7 of month 1, month 7 the root of it."""
    found = cost(bill(api(price_change_per_year=-0.3), months=13))
    assert found[12] == pytest.approx(438 * 0.7)
    assert found[6] == pytest.approx(438 * 0.7**0.5)


def test_that_prices_in_other_currencies_are_converted_by_way_of_the_dollar() -> None:
    """14.4 CNY is 2 USD is 1.8 EUR."""
    fx = {"cny_per_usd": 7.2, "eur_per_usd": 0.9}
    prices = {"input": {"value": 14.4, "currency": "CNY"}, "output": 0}
    found = {
        currency: cost(bill(api(prices=prices), currency=currency, fx=fx))[0]
        for currency in ("USD", "EUR", "CNY")
    }
    assert found == pytest.approx({"USD": 146.0, "EUR": 131.4, "CNY": 1051.2})


def test_that_discounting_is_from_the_middle_or_the_end_of_a_month() -> None:
    """438 USD a month at 8 %: factors 1.08^-((m - 0.5)/12) and 1.08^-(m/12)."""
    for timing, early in (("mid-month", 0.5), ("end-of-month", 0.0)):
        finance = {"discount_rate": 0.08, "payment_timing": timing}
        expected = sum(438 * 1.08 ** -((month - early) / 12) for month in range(1, 13))
        assert bill(api(), finance=finance).bill_of("api").npv.value == pytest.approx(expected)


def test_that_people_setup_and_fixed_cost_are_added() -> None:
    """2 people at 120,000 a year cost 20,000 a month; setup falls due once."""
    evaluation = bill(
        api(people_fte=2, setup_cost=5000, fixed_monthly_cost=300),
        people={"loaded_cost_per_year": 120_000},
    )
    option = evaluation.bill_of("api")
    assert option.cash.values == pytest.approx([25_738.0] + [20_738.0] * 11)
    assert option.tco.value == pytest.approx(253_856)
    assert option.one_off.values == pytest.approx([5000.0] + [0.0] * 11)
    assert option.per_request.value == pytest.approx(253_856 / 876_000)
    assert option.per_million_tokens.value == pytest.approx(253_856 / 1051.2)
    assert option.peak_cash.value == pytest.approx(253_856)


def test_that_tax_is_saved_on_running_cost() -> None:
    evaluation = bill(api(), finance={"tax": {"rate": 0.25}})
    assert cost(evaluation, "tax") == pytest.approx([-109.5] * 12)
    assert evaluation.bill_of("api").tco.value == pytest.approx(12 * 328.5)


def test_that_classes_an_option_does_not_serve_are_unserved() -> None:
    other = request_class(id="other", name="Other", requests=1000)
    evaluation = bill(api(serves=["use"]), classes=[request_class(), other])
    assert evaluation.bill_of("api").unserved.values == pytest.approx([1000.0] * 12)
    assert "option.not_all_classes" in {finding.code for finding in evaluation.findings}
