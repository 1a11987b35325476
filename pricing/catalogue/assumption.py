"""Figures a bill assumes where the buyer states none, and facts about APIs."""

from pricing.catalogue.errors import CatalogueError
from pricing.plan.figure import Money, Price
from pricing.plan.model import Frozen


class Assumption(Frozen):
    """A figure for a field of a plan: a tariff, a rate, a salary, an exchange rate."""

    id: str
    """topic/what, for example electricity/us-ohio."""
    name: str
    topic: str
    region: str
    figure: Money | None
    """Typical value; none where the sources state only a range."""
    stated_low: Money | None
    """Low end where there is no typical value."""
    stated_high: Money | None
    """High end where there is no typical value."""
    gap: bool
    """Whether no public source was found; the value is then an assumption to be replaced."""
    note: str

    def known(self) -> Money:
        """The typical value.

        Raises:
            CatalogueError: the sources state only a range.
        """
        if self.figure is None:
            raise CatalogueError(f"No typical value of {self.id!r} is known; enter your own.")
        return self.figure

    def as_price(self) -> Price:
        """The typical value as a price.

        Raises:
            CatalogueError: it is not an amount of money in a known currency, or not known.
        """
        figure = self.known()
        if figure.currency is None:
            raise CatalogueError(f"{self.id!r} is no price: its unit is {figure.unit!r}.")
        return Price.model_validate(figure.model_dump())


class Fact(Frozen):
    """Something a provider says about its service, with where it says so."""

    id: str
    provider: str
    topic: str
    name: str
    """The fact in words."""
    value: str
    """As the source writes it; empty means not stated."""
    unit: str
    region: str
    as_of: str
    """As the source writes it."""
    source: str
    url: str
    confidence: str
    gap: bool
    """Whether a figure was searched for and not found."""
    note: str
