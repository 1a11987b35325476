"""Things that are bought or rented by the piece: servers, appliances, cards, rented instances."""

from typing import Literal

from pricing.catalogue.errors import CatalogueError
from pricing.plan.figure import Amount, Price
from pricing.plan.model import Frozen


class RentalPrice(Frozen):
    """One way to pay for a rented instance, as the price of an hour."""

    per_instance_hour: Price
    """One whole instance for one hour."""
    per_gpu_hour: Price
    """One of its accelerators for one hour."""
    derived: bool
    """Whether it was worked out from the on-demand price with a typical discount, not quoted."""


class Rental(Frozen):
    """An instance with accelerators that is rented by the hour."""

    id: str
    """provider/instance@region."""
    name: str
    provider: str
    tier: str
    """hyperscaler, neocloud or marketplace."""
    instance: str
    """The provider's name of it."""
    region: str
    accelerator: str
    """In the source's words."""
    accelerator_id: str | None
    """Catalogue id of the accelerator, where it is there."""
    accelerator_count: int
    memory_gb_per_gpu: float | None
    on_demand: RentalPrice | None
    spot: RentalPrice | None
    """May be taken away at short notice."""
    reserved_1y: RentalPrice | None
    reserved_3y: RentalPrice | None
    note: str


class Hardware(Frozen):
    """What hardware offers have in common."""

    id: str
    name: str
    category: str
    accelerator: str
    """In the source's words."""
    accelerator_id: str | None
    """Catalogue id of the accelerator, where it is there."""
    accelerator_count: int | None
    """None where the source gives a range or nothing."""
    region: str
    price: Price | None
    """Typical price; none where the source states none."""
    stated_low: Price | None
    """Low end where the source gives no typical price."""
    stated_high: Price | None
    """High end where the source gives no typical price."""
    power_kw: Amount | None
    """IT power when installed and busy, in kW."""
    gap: bool
    """Whether the source searched for a price and found none."""
    note: str

    def known_price(self) -> Price:
        """The typical price.

        Raises:
            CatalogueError: the sources state none; the message says what they do state.
        """
        if self.price is not None:
            return self.price
        ends = [
            f"{word} {end.value:,.0f} {end.unit}"
            for word, end in (("from", self.stated_low), ("up to", self.stated_high))
            if end is not None
        ]
        stated = f" (stated: {', '.join(ends)})" if ends else ""
        raise CatalogueError(
            f"No typical price of {self.id!r} is known{stated}; enter a quoted price."
        )


class Server(Hardware):
    """A server, workstation or rack that a buyer can own."""

    category: Literal["server", "rack", "workstation", "server_cn"]


class ApplianceEntry(Hardware):
    """An all-in-one machine."""

    category: Literal["appliance", "appliance_cn"]


class Part(Hardware):
    """A card, a software licence, network gear or a power figure."""

    category: Literal["card", "power", "software", "network"]


class ReferenceCheck(Hardware):
    """A published cost to check one's own against, never an input."""

    category: Literal["owned_tco_check"]
