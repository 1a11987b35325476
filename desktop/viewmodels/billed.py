"""What a catalogue entry will be billed at: value, unit, day, source, and whether it is old."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.catalogue import offer
from desktop.viewmodels.words import full, whole_money
from pricing.bill.purchase import PUE_WHERE_NONE_IS_STATED
from pricing.catalogue import Catalogue
from pricing.catalogue.dates import is_stale
from pricing.catalogue.errors import CatalogueError
from pricing.catalogue.hardware import Hardware, Rental, RentalPrice
from pricing.catalogue.tokens import TokenModel, prices_in_force
from pricing.plan.figure import BUYER, Figure, Money
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import (
    Appliance,
    Committed,
    Option,
    OwnedServers,
    RentedGpus,
    TokenPriced,
)
from pricing.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Billed:
    """A quiet line under a field."""

    text: str = ""
    stale: bool = False


NOTHING = Billed()


def _t(text: str) -> str:
    return QCoreApplication.translate("Billed", text)


def entry_line(option: Option, plan: Plan, catalogue: Catalogue, today: date) -> Billed:
    """What the catalogue entry an option names costs; nothing where it names none."""
    if isinstance(option, Hybrid):
        return NOTHING
    if isinstance(option, TokenPriced):
        line = _of_model(option.model, plan, catalogue, today)
        return _replaced(line, option.prices is not None)
    if isinstance(option, RentedGpus):
        line = _of_rental(option, catalogue, today)
        return _replaced(line, option.price_per_hour is not None)
    if isinstance(option, OwnedServers):
        line = _of_machine("server", option.server, catalogue, today)
    else:
        line = _of_machine("appliance", option.appliance, catalogue, today)
    return _replaced(line, option.price is not None)


def _replaced(line: Billed, quoted: bool) -> Billed:
    if not quoted or not line.text:
        return line
    return Billed(_t("the price stated below counts; list: {line}").format(line=line.text))


def origin(figure: Figure, today: date) -> Billed:
    """Day and source of a figure."""
    source = figure.source if figure.source != BUYER else _t("entered by you")
    if figure.as_of is None:
        return Billed(_t("{source}, no date").format(source=source), figure.source != BUYER)
    day = figure.as_of.isoformat()
    if is_stale(figure.as_of, today):
        return Billed(_t("{source}, {day}, out of date").format(source=source, day=day), True)
    return Billed(f"{source}, {day}")


def _line(text: str, figure: Figure, today: date) -> Billed:
    said = origin(figure, today)
    return Billed(f"{text} · {said.text}", said.stale)


def _of_model(identifier: str, plan: Plan, catalogue: Catalogue, today: date) -> Billed:
    if not identifier:
        return NOTHING
    try:
        model: TokenModel = catalogue.token_model(identifier)
        year, month = plan.start.split("-")
        start = date(int(year), int(month), 1)
        prices = prices_in_force(model, start)
    except CatalogueError:
        return Billed(_t("not in the catalogue; choose another entry"), True)
    cached = prices.cached_input
    template = (
        _t("{currency} {input} in, {cached} cached, {output} out per 1M tokens")
        if cached is not None
        else _t("{currency} {input} in, {output} out per 1M tokens")
    )
    text = template.format(
        currency=prices.input.currency or "",
        input=full(prices.input.value),
        cached=full(cached.value) if cached is not None else "",
        output=full(prices.output.value),
    )
    later = [
        p.effective_from for p in model.prices if p.effective_from and p.effective_from > start
    ]
    if later:
        text += " " + _t("(changes on {day})").format(day=min(later).isoformat())
    return _line(text, prices.input, today)


def _of_rental(option: RentedGpus, catalogue: Catalogue, today: date) -> Billed:
    if not option.instance:
        return NOTHING
    try:
        rental = catalogue.rental(option.instance)
    except CatalogueError:
        return Billed(_t("not in the catalogue; choose another entry"), True)
    found, words = _offered(rental, option)
    if found is None:
        return Billed(_t("no {terms} price is known; enter a quote").format(terms=words), True)
    price = found.per_instance_hour
    text = _t("{currency} {price} per server and hour, {terms}").format(
        currency=price.currency or "", price=full(price.value), terms=words
    )
    if found.derived:
        text += " " + _t("(worked out with a typical discount)")
    return _line(text, price, today)


def _offered(rental: Rental, option: RentedGpus) -> tuple[RentalPrice | None, str]:
    if not isinstance(option.terms, Committed):
        return rental.on_demand, _t("on demand")
    if option.terms.years == 1:
        return rental.reserved_1y, _t("1-year")
    return rental.reserved_3y, _t("3-year")


def _of_machine(listing: str, identifier: str, catalogue: Catalogue, today: date) -> Billed:
    if not identifier:
        return NOTHING
    try:
        entry = (catalogue.server if listing == "server" else catalogue.appliance)(identifier)
    except CatalogueError:
        return Billed(_t("not in the catalogue; choose another entry"), True)
    if entry.price is None:
        known = offer(catalogue, listing, identifier, today)
        return Billed(_t("{price}; enter a quote").format(price=known.price), True)
    price = entry.price
    text = _t("{currency} {price} each").format(
        currency=price.currency or "", price=whole_money(price.value)
    )
    return _line(text, price, today)


def power_line(option: OwnedServers | Appliance, catalogue: Catalogue, today: date) -> Billed:
    """The power of one machine where the catalogue gives it."""
    entry = _machine(option, catalogue)
    if option.power_kw is not None or entry is None:
        return NOTHING
    if entry.power_kw is None:
        return Billed(_t("not in the catalogue; enter the kW of one"), True)
    power = entry.power_kw
    return _line(_t("{value} kW").format(value=full(power.value)), power, today)


def gpus_line(option: OwnedServers, catalogue: Catalogue) -> Billed:
    """The number of GPUs in a server where the catalogue gives it."""
    entry = _machine(option, catalogue)
    if option.gpus_per_server is not None or entry is None or not entry.accelerator_count:
        return NOTHING
    template = _t("{count} × {name} · catalogue entry {entry}")
    return Billed(
        template.format(count=entry.accelerator_count, name=entry.accelerator, entry=entry.name)
    )


def pue_line(option: OwnedServers | Appliance, catalogue: Catalogue, today: date) -> Billed:
    """The PUE assumed where none is stated."""
    if option.pue is not None:
        return NOTHING
    figure = catalogue.assumption(PUE_WHERE_NONE_IS_STATED).figure
    if figure is None:
        return NOTHING
    return _line(_t("{value} assumed").format(value=full(figure.value)), figure, today)


def electricity_line(option: OwnedServers | Appliance, plan: Plan, today: date) -> Billed:
    """The plan's electricity price where the option states none of its own."""
    price = plan.electricity
    if option.electricity is not None:
        return NOTHING
    if price is None:
        return Billed(_t("not stated under Assumptions either; enter it here or there"), True)
    text = _t("{currency} {value} per kWh").format(
        currency=_currency(price, plan), value=full(price.value)
    )
    return _line(text, price, today)


def _currency(price: Money, plan: Plan) -> str:
    return price.currency or plan.currency


def _machine(option: OwnedServers | Appliance, catalogue: Catalogue) -> Hardware | None:
    identifier = option.server if isinstance(option, OwnedServers) else option.appliance
    if not identifier:
        return None
    try:
        if isinstance(option, OwnedServers):
            return catalogue.server(identifier)
        return catalogue.appliance(identifier)
    except CatalogueError:
        return None
