"""What is on offer, and what a server costs in a month."""

import pytest

from pricing.catalogue import load_catalogue
from pricing.plan.figure import PositiveAmount, Price
from pricing.plan.plan import ForeignExchange
from pricing.serving import ServingError
from pricing.serving.search.costs import basis_of
from pricing.serving.search.offers import Market, Offer, market_of
from tests.serving.markets import owned, rented

CATALOGUE = load_catalogue()


def offer(identifier: str, market: Market | None = None) -> Offer:
    return next(o for o in (market or market_of(CATALOGUE)).offers if o.id == identifier)


def test_that_every_server_appliance_and_rental_of_the_catalogue_is_an_offer() -> None:
    ids = {of.id for of in market_of(CATALOGUE).offers}
    listed = (*CATALOGUE.servers(), *CATALOGUE.appliances(), *CATALOGUE.rentals())
    assert ids == {line.id for line in listed}


def test_that_an_offer_is_ranked_or_says_what_is_missing() -> None:
    for of in market_of(CATALOGUE).offers:
        complete = of.price is not None and of.accelerator is not None and of.accelerators
        assert bool(complete and (of.kind == "rented" or of.power_kw)) == (not of.missing), of.id
    assert "from 300,000 USD" in offer("dgx-b300").missing
    assert "power" in offer("cloudmatrix-384").missing
    assert "Kunlun P800" in offer("kunlun-p800-all-in-one").missing


def test_that_terms_choose_the_price_of_a_rental_and_derived_prices_are_marked() -> None:
    reserved = market_of(CATALOGUE, ("reserved_1y",))
    instance = "aws/g6e.12xlarge@us-east-1"
    rental = CATALOGUE.rental(instance)
    assert rental.on_demand is not None
    assert rental.reserved_1y is not None
    assert offer(instance).price == rental.on_demand.per_instance_hour
    assert offer(instance).note == ""
    assert offer(instance, reserved).price == rental.reserved_1y.per_instance_hour
    assert "derived" in offer(instance, reserved).note
    both = market_of(CATALOGUE, ("on_demand", "reserved_1y"))
    terms = [of.terms for of in both.offers if of.id == instance]
    assert terms == ["on demand", "reserved for 1 year"]


def test_that_a_rental_without_the_price_asked_for_says_so() -> None:
    assert "on demand" in offer("neocloud-market/h100-retail-tier@global").missing


def test_that_power_comes_from_the_accelerators_where_the_server_states_none() -> None:
    # eight B300 at 1.9 kW with their share of the host; eight A100 at 400 W
    b300, a100 = offer("b300-8x-illustrative"), offer("a100-80-8x-china")
    assert b300.power_kw is not None
    assert a100.power_kw is not None
    assert b300.power_kw.value == pytest.approx(8 * 1.9)
    assert a100.power_kw.value == pytest.approx(8 * 0.4)
    assert "accelerators" in b300.note
    assert a100.note == "power of its accelerators only"
    assert offer("hgx-h100-8x").note == ""


def test_that_a_rented_server_costs_its_price_for_730_hours() -> None:
    month = basis_of(CATALOGUE).month(rented("h100-sxm", 8, 20.0))
    assert month.total == month.rent == 14_600


def test_that_an_owned_server_costs_its_price_over_its_life_and_its_energy() -> None:
    # 300,000 over 60 months; 10 kW x PUE 1.54 x 730 hours x 0.08 a kWh
    month = basis_of(CATALOGUE).month(owned("h100-sxm", 8, 300_000, 10.0))
    assert month.purchase == 5000
    assert month.energy == pytest.approx(10 * 1.54 * 730 * 0.08)
    assert month.total == month.purchase + month.energy


def test_that_assumptions_name_the_catalogue_or_the_plan() -> None:
    shipped = {of.what: of.origin for of in basis_of(CATALOGUE).assumed}
    for what in ("useful life", "electricity", "PUE", "exchange rate"):
        assert CATALOGUE.assumption(shipped[what])
    own = basis_of(
        CATALOGUE, electricity=Price(value=0.2, currency="USD"), pue=PositiveAmount(value=1.2),
        life_months=36, fx=ForeignExchange(cny_per_usd=PositiveAmount(value=7)),
    )  # fmt: skip
    assert {of.origin for of in own.assumed} == {"convention", "plan"}
    assert (own.electricity, own.pue, own.life_months) == (0.2, 1.2, 36)


def test_that_prices_are_brought_into_the_currency_of_the_basis() -> None:
    yuan = owned("h100-sxm", 8, 0, 0.0)
    yuan_price = Price(value=710_000, currency="CNY")
    in_dollars, in_yuan = basis_of(CATALOGUE), basis_of(CATALOGUE, currency="CNY")
    assert in_dollars.money(yuan_price) == pytest.approx(100_000)
    assert in_yuan.money(yuan_price) == 710_000
    assert in_yuan.electricity == pytest.approx(0.08 * 7.1)
    assert in_yuan.month(yuan).total == 0


def test_that_a_currency_without_a_rate_is_named() -> None:
    euro = Price(value=100, currency="EUR")
    with pytest.raises(ServingError, match="No exchange rate of EUR"):
        basis_of(CATALOGUE).money(euro)
    known = ForeignExchange(eur_per_usd=PositiveAmount(value=0.9))
    assert basis_of(CATALOGUE, fx=known).money(euro) == pytest.approx(100 / 0.9)


def test_that_own_offers_and_data_sheets_go_before_those_of_the_catalogue() -> None:
    market = market_of(CATALOGUE)
    sheet = CATALOGUE.accelerator("h100-sxm").model_copy(update={"name": "Mine"})
    quote = rented("h100-sxm", 8, 1.0, id="hgx-h100-8x")
    joined = market.joined((sheet,), (quote,))
    assert [of for of in joined.offers if of.id == "hgx-h100-8x"] == [quote]
    assert [of.name for of in joined.accelerators if of.id == "h100-sxm"] == ["Mine"]
    assert len(joined.offers) == len(market.offers)
