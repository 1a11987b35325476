"""Servers on offer: everything in the catalogue that has accelerators and can be had for money."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pricing.catalogue import ApplianceEntry, Catalogue, CatalogueError, Rental, Server
from pricing.plan.figure import Amount, Figure, Price
from pricing.plan.sheets import AcceleratorSheet

OfferKind = Literal["rented", "owned", "appliance"]
Terms = Literal["on_demand", "reserved_1y", "reserved_3y", "spot"]

TERMS: dict[Terms, str] = {
    "on_demand": "on demand",
    "reserved_1y": "reserved for 1 year",
    "reserved_3y": "reserved for 3 years",
    "spot": "spot",
}
"""Ways to rent, in words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of server that can be rented or bought."""

    id: str
    """Catalogue id, or the buyer's."""
    name: str
    kind: OfferKind
    accelerator: str | None
    """Id of its accelerator; none where the catalogue has no data sheet of it."""
    accelerators: int | None
    """Accelerators in one server."""
    price: Price | None
    """Of one server: per hour if rented, else of the purchase."""
    power_kw: Amount | None = None
    """IT power of a server that is bought."""
    terms: str = ""
    """How it is rented, in words."""
    missing: str = ""
    """Why it cannot be ranked, as a sentence; empty if it can."""
    note: str = ""
    """What a reader must know about its price or power."""


@dataclass(frozen=True, slots=True)
class Market:
    """The accelerators there are and the servers on offer."""

    accelerators: tuple[AcceleratorSheet, ...]
    offers: tuple[Offer, ...]

    def joined(
        self, accelerators: tuple[AcceleratorSheet, ...] = (), offers: tuple[Offer, ...] = ()
    ) -> "Market":
        """With the buyer's own, which go before entries of the same id."""
        own = {sheet.id for sheet in accelerators}
        quoted = {offer.id for offer in offers}
        return Market(
            (*accelerators, *(sheet for sheet in self.accelerators if sheet.id not in own)),
            (*offers, *(offer for offer in self.offers if offer.id not in quoted)),
        )


@lru_cache(maxsize=8)
def market_of(catalogue: Catalogue, terms: tuple[Terms, ...] = ("on_demand",)) -> Market:
    """The market of a catalogue.

    Args:
        catalogue: Where the offers stand.
        terms: Ways to rent that are looked at; a rental without any of these prices is missing one.
    """
    sheets = tuple(catalogue.accelerator(line.id) for line in catalogue.accelerators())
    by_id = {sheet.id: sheet for sheet in sheets}
    offers: list[Offer] = []
    for line in catalogue.rentals():
        offers += _rented(catalogue.rental(line.id), terms)
    for line in catalogue.servers():
        offers.append(_bought(catalogue.server(line.id), by_id))
    for line in catalogue.appliances():
        offers.append(_bought(catalogue.appliance(line.id), by_id))
    return Market(sheets, tuple(offers))


def _rented(rental: Rental, terms: tuple[Terms, ...]) -> Iterator[Offer]:
    found = False
    for term in terms:
        price = getattr(rental, term)
        if price is None:
            continue
        found = True
        derived = "price derived from the on-demand price with a typical discount"
        yield Offer(
            id=rental.id,
            name=rental.name,
            kind="rented",
            accelerator=rental.accelerator_id,
            accelerators=rental.accelerator_count,
            price=price.per_instance_hour,
            terms=TERMS[term],
            missing=_unknown(rental.name, rental.accelerator, rental.accelerator_id),
            note=derived if price.derived else "",
        )
    if not found:
        asked = " or ".join(f"“{TERMS[term]}”" for term in terms)
        yield Offer(
            id=rental.id,
            name=rental.name,
            kind="rented",
            accelerator=rental.accelerator_id,
            accelerators=rental.accelerator_count,
            price=None,
            missing=f"No price of {rental.id!r} is known for {asked}.",
        )


def _bought(entry: Server | ApplianceEntry, sheets: Mapping[str, AcceleratorSheet]) -> Offer:
    sheet = sheets.get(entry.accelerator_id or "")
    missing = _unknown(entry.name, entry.accelerator, None if sheet is None else sheet.id)
    if not missing and entry.accelerator_count is None:
        missing = f"How many accelerators {entry.id!r} has is not known."
    price = None
    try:
        price = entry.known_price()
    except CatalogueError as error:
        missing = missing or str(error)
    power, note = entry.power_kw, ""
    if power is None and sheet is not None and entry.accelerator_count is not None:
        power, note = _power_of(sheet, entry.accelerator_count)
    if power is None and not missing:
        missing = f"The power of {entry.id!r} is not known, so its energy cannot be counted."
    return Offer(
        id=entry.id,
        name=entry.name,
        kind="owned" if isinstance(entry, Server) else "appliance",
        accelerator=entry.accelerator_id,
        accelerators=entry.accelerator_count,
        price=price,
        power_kw=power,
        missing=missing,
        note=note,
    )


def _power_of(sheet: AcceleratorSheet, count: int) -> tuple[Amount | None, str]:
    """Power of a server whose entry states none, from its accelerators' data sheet."""
    if sheet.all_in_kw is not None:
        return _scaled(sheet.all_in_kw, count), "power from its accelerators with their share"
    if sheet.tdp_w is not None:
        return _scaled(sheet.tdp_w, count / 1000), "power of its accelerators only"
    return None, ""


def _scaled(figure: Figure, factor: float) -> Amount:
    return Amount(value=figure.value * factor, source=figure.source, as_of=figure.as_of)


def _unknown(name: str, words: str, identifier: str | None) -> str:
    if identifier is not None:
        return ""
    return f"No data sheet of the accelerator of {name} ({words}) is in the catalogue."
