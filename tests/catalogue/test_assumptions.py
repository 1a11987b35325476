"""Assumptions as prices of a plan."""

import pytest

from pricing.catalogue import Catalogue, CatalogueError


def test_that_an_assumed_tariff_becomes_a_price(catalogue: Catalogue) -> None:
    tariff = catalogue.assumption("electricity/us-ohio").as_price()
    assert (tariff.value, tariff.currency, tariff.unit) == (0.0713, "USD", "USD per kWh")


@pytest.mark.parametrize("name", ["pue/enterprise", "fx/cny-per-usd", "electricity/eu-extremes"])
def test_that_what_is_no_price_or_has_no_typical_value_is_refused_by_name(
    catalogue: Catalogue, name: str
) -> None:
    with pytest.raises(CatalogueError, match=name):
        catalogue.assumption(name).as_price()
