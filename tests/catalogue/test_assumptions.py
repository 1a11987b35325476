"""Assumptions in the forms a plan asks for."""

import pytest

from pricing.catalogue import Catalogue, CatalogueError


def test_that_assumptions_become_what_a_plan_asks_for(catalogue: Catalogue) -> None:
    tariff = catalogue.assumption("electricity/us-ohio").as_price()
    assert (tariff.value, tariff.currency, tariff.unit) == (0.0713, "USD", "USD per kWh")
    assert catalogue.assumption("pue/enterprise").as_amount().value == 1.54
    assert catalogue.assumption("finance/discount-rate").as_share().value == 0.08
    assert catalogue.assumption("fx/cny-per-usd").as_amount().unit == "CNY per USD"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("pue/enterprise", "as_price"),
        ("fx/cny-per-usd", "as_price"),
        ("electricity/us-ohio", "as_amount"),
        ("electricity/us-ohio", "as_share"),
        ("electricity/eu-extremes", "as_price"),
    ],
)
def test_that_an_assumption_refuses_to_be_what_it_is_not(
    catalogue: Catalogue, name: str, form: str
) -> None:
    with pytest.raises(CatalogueError, match=name):
        getattr(catalogue.assumption(name), form)()
