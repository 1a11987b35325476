"""The prices that a plan states for servers, as offers beside those of the catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_setup import server_accelerator
from pricing.catalogue import Catalogue
from pricing.plan.figure import Price
from pricing.plan.option import Appliance, OwnedServers, RentedGpus, Scheduled, SelfHosted
from pricing.plan.plan import Plan
from pricing.serving.search.offers import Market, Offer, OfferKind

QUOTE: Final = "option:"
"""Begins the id of an offer that is the price of an option; no catalogue id has a colon there."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def with_quotes(market: Market, plan: Plan, catalogue: Catalogue) -> Market:
    """A market with the plan's accelerators, and with the servers whose price its options state.

    Left out are options that do not say which accelerators they have, servers to buy of unknown
    power, and rents for some hours of the day: what they cost in a month is another question.
    """
    listed = {offer.id: offer for offer in market.offers}
    return market.joined(plan.accelerators, tuple(_quotes(plan, catalogue, listed)))


def _quotes(plan: Plan, catalogue: Catalogue, listed: dict[str, Offer]) -> Iterator[Offer]:
    for option in plan.options:
        if not isinstance(option, SelfHosted):
            continue
        price = _price(option)
        accelerator, count = server_accelerator(option, catalogue)
        if option.serving is not None:
            accelerator = option.serving.accelerator or accelerator
            count = option.serving.accelerators or count
        if price is None or not accelerator or count is None:
            continue
        offer = Offer(
            id=f"{QUOTE}{option.id}",
            name=option.name,
            kind="rented",
            accelerator=accelerator,
            accelerators=count,
            price=price,
            note=_t("at the price this plan states"),
        )
        if isinstance(option, OwnedServers | Appliance):
            entry = option.server if isinstance(option, OwnedServers) else option.appliance
            power = option.power_kw or (listed[entry].power_kw if entry in listed else None)
            if power is None:
                continue
            kind: OfferKind = "owned" if isinstance(option, OwnedServers) else "appliance"
            offer = replace(offer, kind=kind, power_kw=power)
        yield offer


def _price(option: SelfHosted) -> Price | None:
    """What an option states for one server."""
    if isinstance(option, RentedGpus):
        return None if isinstance(option.terms, Scheduled) else option.price_per_hour
    if isinstance(option, OwnedServers | Appliance):
        return option.price
    return None


def quoted_option(offer: Offer, plan: Plan) -> RentedGpus | OwnedServers | Appliance | None:
    """The option whose price an offer is; none for an offer of the catalogue."""
    of = {f"{QUOTE}{option.id}": option for option in plan.options}.get(offer.id)
    return of if isinstance(of, RentedGpus | OwnedServers | Appliance) else None
