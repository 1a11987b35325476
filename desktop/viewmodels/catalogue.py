"""The catalogue as a picker shows it: entries with price, date, source and age."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.sheets import Sheet, sheet_size, unverified_words
from desktop.viewmodels.words import full, significant, whole_money
from pricing.catalogue import Catalogue
from pricing.catalogue.dates import is_stale
from pricing.catalogue.errors import CatalogueError
from pricing.catalogue.hardware import Hardware
from pricing.catalogue.shelf import Summary
from pricing.catalogue.tokens import prices_in_force
from pricing.plan.figure import Price
from pricing.plan.sheets import ModelSheet


@dataclass(frozen=True, slots=True)
class Offer:
    """What an entry costs and who says so."""

    price: str
    """Or, of a model or accelerator, its size."""
    as_of: str
    source: str
    stale: bool
    note: str
    of_whom: str = ""
    """Licence of a model or maker of an accelerator, where it is no offer."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Catalogue", text)


def listed(
    catalogue: Catalogue, listing: str, search: str, own: Sequence[Sheet] = ()
) -> list[Summary]:
    """Entries of a part of the catalogue that have every word of a search, the buyer's own first.

    An own sheet takes the place of the entry with its id.
    """
    words = search.lower().split()
    mine = [Summary(sheet.id, sheet.name, "", _t("this plan")) for sheet in own]
    found = [line for line in mine if all(word in " ".join(line).lower() for word in words)]
    taken = {sheet.id for sheet in own}
    return [*found, *(x for x in _listed(catalogue, listing, search) if x.id not in taken)]


def _listed(catalogue: Catalogue, listing: str, search: str) -> list[Summary]:
    lists = {
        "api_model": catalogue.token_models,
        "hosted_model": catalogue.hosted_models,
        "rental": catalogue.rentals,
        "server": catalogue.servers,
        "appliance": catalogue.appliances,
        "open_model": catalogue.open_models,
        "accelerator": catalogue.accelerators,
    }
    return lists[listing](search)


def offer(
    catalogue: Catalogue, listing: str, identifier: str, today: date, own: Sequence[Sheet] = ()
) -> Offer:
    """Price or size, date and source of one entry; unknown stays unknown."""
    for sheet in own:
        if sheet.id == identifier:
            known = of_sheet(sheet)
            return replace(known, as_of=_t("your own, {what}").format(what=known.as_of))
    try:
        return _OFFERS[listing](catalogue, identifier, today)
    except CatalogueError as error:
        return Offer(_t("no price known"), "", "", False, str(error))


def _of_model(catalogue: Catalogue, identifier: str, today: date) -> Offer:
    model = catalogue.token_model(identifier)
    prices = prices_in_force(model, today)
    text = _t("{input} in, {output} out").format(
        input=full(prices.input.value), output=full(prices.output.value)
    )
    return _offer(f"{text} {prices.input.currency}", prices.input, today, model.note)


def _of_rental(catalogue: Catalogue, identifier: str, today: date) -> Offer:
    entry = catalogue.rental(identifier)
    terms = (
        (entry.on_demand, _t("{price} an hour")),
        (entry.reserved_1y, _t("{price} an hour, 1 year")),
        (entry.reserved_3y, _t("{price} an hour, 3 years")),
        (entry.spot, _t("{price} an hour, spot")),
    )
    for price, template in terms:
        if price is not None:
            figure = price.per_instance_hour
            amount = f"{figure.currency} {significant(figure.value, 4)}"
            return _offer(template.format(price=amount), figure, today, entry.note)
    return Offer(_t("no price known"), "", "", False, entry.note)


def _of_hardware(entry: Hardware, today: date) -> Offer:
    price = entry.price
    if price is not None:
        return _offer(f"{price.currency} {whole_money(price.value)}", price, today, entry.note)
    ends = [p for p in (entry.stated_low, entry.stated_high) if p is not None]
    if not ends:
        return Offer(_t("no price known"), "", "", False, entry.note)
    text = _t("{currency} {range}, no typical price").format(
        currency=ends[0].currency, range=" – ".join(whole_money(p.value) for p in ends)
    )
    return _offer(text, ends[0], today, entry.note)


def _offer(text: str, price: Price, today: date, note: str) -> Offer:
    day = price.as_of.isoformat() if price.as_of is not None else _t("no date")
    stale = is_stale(price.as_of, today)
    return Offer(text, day, price.source, stale, note or price.note)


def of_sheet(sheet: Sheet) -> Offer:
    """Size of a model or an accelerator; one with figures nobody could check is marked."""
    doubt = unverified_words(sheet)
    day = sheet.as_of.isoformat() if sheet.as_of is not None else _t("as the source says")
    of_whom = sheet.licence if isinstance(sheet, ModelSheet) else sheet.vendor
    return Offer(
        sheet_size(sheet),
        doubt or day,
        sheet.source,
        bool(doubt),
        sheet.note,
        of_whom or _t("not known"),
    )


def _of_server(catalogue: Catalogue, identifier: str, today: date) -> Offer:
    return _of_hardware(catalogue.server(identifier), today)


def _of_appliance(catalogue: Catalogue, identifier: str, today: date) -> Offer:
    return _of_hardware(catalogue.appliance(identifier), today)


def _of_open_model(catalogue: Catalogue, identifier: str, _today: date) -> Offer:
    return of_sheet(catalogue.open_model(identifier))


def _of_accelerator(catalogue: Catalogue, identifier: str, _today: date) -> Offer:
    return of_sheet(catalogue.accelerator(identifier))


_OFFERS: Final[Mapping[str, Callable[[Catalogue, str, date], Offer]]] = {
    "api_model": _of_model,
    "hosted_model": _of_model,
    "rental": _of_rental,
    "server": _of_server,
    "appliance": _of_appliance,
    "open_model": _of_open_model,
    "accelerator": _of_accelerator,
}
