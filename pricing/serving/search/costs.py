"""What a server costs in a month: the assumptions behind a ranking, each with its origin."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.catalogue import Catalogue
from pricing.plan.figure import Currency, Figure, Money, Price
from pricing.plan.plan import ForeignExchange
from pricing.serving.errors import ServingError
from pricing.serving.search.offers import Offer

HOURS_PER_MONTH = 8760 / 12
"""Hours of a mean month."""
ELECTRICITY = "electricity/us-gpu-tco-tools"
PUE = "pue/enterprise"
USEFUL_LIFE = "useful-life/ai-servers"
YUAN = "fx/cny-per-usd"
PLAN = "plan"
"""Origin of what the buyer entered."""
CONVENTION = "convention"


@dataclass(frozen=True, slots=True)
class Assumed:
    """One figure a ranking rests on."""

    what: str
    value: float
    unit: str
    origin: str
    """Catalogue id, "plan" or "convention"."""


@dataclass(frozen=True, slots=True)
class Basis:
    """How prices become the cost of a month."""

    currency: Currency
    per_usd: Mapping[Currency, float]
    """Units of each currency for one US dollar, as far as known."""
    electricity: float
    """Per kWh, in the basis's currency."""
    pue: float
    life_months: float
    """Months over which a purchase is spread, in a straight line and without resale."""
    assumed: tuple[Assumed, ...]
    """What is assumed, in the order of a reader's interest."""

    def money(self, price: Money) -> float:
        """A price in the basis's currency.

        Raises:
            ServingError: no exchange rate is known.
        """
        currency = price.currency or self.currency
        if currency == self.currency:
            return price.value
        for one in (currency, self.currency):
            if one not in self.per_usd:
                raise ServingError(
                    f"fx.{one.lower()}_per_usd",
                    f"No exchange rate of {one} is known to bring {price.value:,.2f} {currency} "
                    f"into {self.currency}; enter {one} per USD.",
                )
        return price.value / self.per_usd[currency] * self.per_usd[self.currency]

    def month(self, offer: Offer) -> "MonthCost":
        """What one server of an offer costs in a month.

        Raises:
            ServingError: the offer misses its price or power, or no exchange rate is known.
        """
        if offer.price is None or offer.missing:
            unknown = f"The price of {offer.name} is not known."
            raise ServingError("offer", offer.missing or unknown)
        price = self.money(offer.price)
        if offer.kind == "rented":
            return MonthCost(rent=price * HOURS_PER_MONTH, purchase=0.0, energy=0.0)
        kilowatt = offer.power_kw.value if offer.power_kw is not None else 0.0
        return MonthCost(
            rent=0.0,
            purchase=price / self.life_months,
            energy=kilowatt * self.pue * HOURS_PER_MONTH * self.electricity,
        )


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One server in one month, in the basis's currency."""

    rent: float
    purchase: float
    """The purchase price over the useful life."""
    energy: float
    """At full power around the clock."""

    @property
    def total(self) -> float:
        """All of it."""
        return self.rent + self.purchase + self.energy


def basis_of(
    catalogue: Catalogue,
    *,
    currency: Currency = "USD",
    fx: ForeignExchange | None = None,
    electricity: Price | None = None,
    pue: Figure | None = None,
    life_months: int | None = None,
) -> Basis:
    """The catalogue's assumptions, each replaced where the buyer states a figure.

    Raises:
        ServingError: no exchange rate is known for the electricity price.
        CatalogueError: the catalogue lacks an assumption.
    """
    stated = fx or ForeignExchange()
    yuan = _figure(catalogue, YUAN, stated.cny_per_usd)
    rates: dict[Currency, float] = {"USD": 1.0, "CNY": yuan[0]}
    assumed_rates = [Assumed("exchange rate", yuan[0], "CNY per USD", yuan[1])]
    if stated.eur_per_usd is not None:
        rates["EUR"] = stated.eur_per_usd.value
        assumed_rates.append(Assumed("exchange rate", rates["EUR"], "EUR per USD", PLAN))
    tariff = electricity or catalogue.assumption(ELECTRICITY).as_price()
    power_use = _figure(catalogue, PUE, pue)
    years = catalogue.assumption(USEFUL_LIFE).known().value
    life = float(life_months) if life_months is not None else years * 12
    basis = Basis(currency, rates, 0.0, power_use[0], life, ())
    per_kwh = basis.money(tariff)
    return Basis(
        currency=currency,
        per_usd=rates,
        electricity=per_kwh,
        pue=power_use[0],
        life_months=life,
        assumed=(
            Assumed("hours rented per month", HOURS_PER_MONTH, "hours", CONVENTION),
            Assumed("useful life", life, "months", USEFUL_LIFE if life_months is None else PLAN),
            Assumed(
                "electricity",
                per_kwh,
                f"{currency} per kWh",
                ELECTRICITY if electricity is None else PLAN,
            ),
            Assumed("PUE", power_use[0], "ratio", power_use[1]),
            *assumed_rates,
        ),
    )


def _figure(catalogue: Catalogue, key: str, stated: Figure | None) -> tuple[float, str]:
    """A value and where it comes from."""
    if stated is not None:
        return stated.value, PLAN
    return catalogue.assumption(key).known().value, key
