"""Buying machines: purchase, power and resale, the same for owned servers and appliances."""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.costs import Costs
from pricing.bill.errors import BillError
from pricing.bill.fleet import Need, write_terms
from pricing.catalogue import CatalogueError
from pricing.ledger import (
    Expression,
    Input,
    Line,
    Provenance,
    ahead,
    cumulative,
    lag,
    where,
)
from pricing.plan.figure import Amount, Figure, PositiveAmount, Price
from pricing.plan.option import Appliance, OwnedServers

PUE_WHERE_NONE_IS_STATED = "pue/enterprise"


@dataclass(frozen=True, slots=True)
class Machine:
    """What one machine is and costs, every figure stated by the plan or by the catalogue."""

    price: Price
    power_kw: Figure
    pue: Figure
    electricity: Price


@dataclass(frozen=True, slots=True)
class Purchase:
    """The lines of a fleet that was bought."""

    bought: Line
    in_service: Line
    price: Expression
    """Of one machine, in the plan's currency."""


def machine_of(book: Book, option: OwnedServers | Appliance, entry_id: str, path: str) -> Machine:
    """Gather what one machine costs and draws.

    Raises:
        BillError: for a figure that neither the plan nor the catalogue states.
    """
    price, power = option.price, option.power_kw
    if entry_id:
        try:
            entry = (
                book.catalogue.server(entry_id)
                if isinstance(option, OwnedServers)
                else book.catalogue.appliance(entry_id)
            )
            price = price or entry.known_price()
            power = power or entry.power_kw
        except CatalogueError as error:
            field = "server" if isinstance(option, OwnedServers) else "appliance"
            raise BillError(f"{path}.{field}", str(error)) from None
    if price is None:
        raise BillError(
            f"{path}.price",
            f"{option.name}: the purchase price is not known; enter a quote or name a catalogue "
            "entry that has one.",
        )
    if power is None:
        raise BillError(
            f"{path}.power_kw",
            f"{option.name}: the power of one machine is not known; enter its kW.",
        )
    electricity = option.electricity or book.plan.electricity
    if electricity is None:
        raise BillError(
            "electricity", f"{option.name} draws power: enter the electricity price per kWh."
        )
    return Machine(price, power, option.pue or _assumed_pue(book, option, path), electricity)


def _assumed_pue(book: Book, option: OwnedServers | Appliance, path: str) -> PositiveAmount:
    figure = book.catalogue.assumption(PUE_WHERE_NONE_IS_STATED).figure
    if figure is None:
        raise BillError(f"{path}.pue", f"{option.name}: enter the PUE of the site.")
    book.find(
        "figure.assumed", f"{path}.pue", "note", option=option.name, what="PUE",
        value=figure.value, source=figure.source,
    )  # fmt: skip
    return PositiveAmount(**figure.model_dump(include=set(PositiveAmount.model_fields)))


def write_purchase(costs: Costs, machine: Machine, need: Need, noun: str) -> Purchase:
    """Write what is bought when, what it costs, and what it fetches when it goes."""
    book, section, option, path = costs.book, costs.section, costs.option, costs.path
    assert isinstance(option, OwnedServers | Appliance)
    section.block("Purchase")
    life = book.given(
        section, "Useful life", option.useful_life_months, "months", Provenance(source="plan"),
        f"{path}.useful_life_months", "life",
    )  # fmt: skip
    bought, in_service = write_terms(section, need, life, "bought")
    price = book.money(
        section, f"Price of one {noun}", machine.price, "/server", f"{path}.price", "price"
    )
    paid: Expression = bought * price
    if isinstance(option, OwnedServers) and costs.stated("deposit_share"):
        deposit = book.enter(
            section, "Share of the price paid with the order", option.deposit_share, "share",
            f"{path}.deposit_share", "deposit",
        )  # fmt: skip
        ordered = section.line(
            "Servers ordered", ahead(bought, need.lead), "servers", key="ordered", flow=True
        )
        paid = ordered * price * deposit + bought * price * (1 - deposit)
    costs.add("purchase", section.line("Purchase", paid, book.currency))
    _write_resale(costs, option, bought, in_service, price, life)
    return Purchase(bought, in_service, price)


def _write_resale(
    costs: Costs, option: OwnedServers | Appliance, bought: Line, in_service: Line,
    price: Expression, life: Input,
) -> None:  # fmt: skip
    """Resale at the end of the useful life, and of what is left at the end of the plan.

    Between purchase and the end of the useful life the resale value falls in a straight line from
    the price to the residual value.
    """
    if not costs.stated("residual_share"):
        return
    book, section = costs.book, costs.section
    residual = book.enter(
        section, "Residual value at the end of the useful life", option.residual_share, "share",
        f"{costs.path}.residual_share", "residual",
    )  # fmt: skip
    section.block("Resale")
    worth = section.line(
        "Purchase value", bought * price, book.currency, key="worth", note="at the full price"
    )
    fall = section.line(
        "Loss of value",
        in_service * price * (1 - residual) / life,
        book.currency,
        key="depreciation",
        note="straight line over the useful life",
    )
    retired = section.line(
        "Resale of retired machines", lag(bought, life) * price * residual, book.currency,
        key="retired",
    )  # fmt: skip
    value = section.line(
        "Value of machines in service",
        cumulative(worth) - cumulative(fall) - cumulative(retired),
        book.currency,
        key="value",
        flow=False,
    )
    costs.add(
        "resale",
        section.line("Resale", -(retired + where(book.is_last, value, 0)), book.currency),
    )


def write_energy(costs: Costs, machine: Machine, in_service: Line) -> None:
    """Write the energy of installed machines (installed, not busy: idle power is paid too)."""
    book, section, path = costs.book, costs.section, costs.path
    section.block("Site")
    power = book.enter(
        section, "IT power of one machine", machine.power_kw, "kW/server", f"{path}.power_kw",
        "power_kw",
    )  # fmt: skip
    pue = book.enter(section, "PUE", machine.pue, "ratio", f"{path}.pue", "pue")
    tariff = book.money(
        section, "Electricity price", machine.electricity, "/kWh", f"{path}.electricity", "tariff"
    )
    section.line("IT power in service", in_service * power, "kW", key="it_power")
    used = section.line(
        "Electricity used", in_service * power * pue * book.hours, "kWh", key="kwh", flow=True
    )
    costs.add("energy", section.line("Energy", used * tariff, book.currency))


def write_facility(costs: Costs, in_service: Line) -> None:
    """Write the monthly charge per machine for space and hands, where stated."""
    option, section = costs.option, costs.section
    assert isinstance(option, OwnedServers | Appliance)
    if costs.stated("facility_per_server"):
        charge = costs.book.money(
            section, "Facility charge per machine and month", option.facility_per_server,
            "/server", f"{costs.path}.facility_per_server", "facility_price",
        )  # fmt: skip
        costs.add("facility", section.line("Facility", in_service * charge, costs.book.currency))


def write_yearly_share(
    costs: Costs, purchase: Purchase, category: str, label: str, figure: Amount, field: str
) -> None:
    """Write a yearly charge that is a share of the price of the machines in service."""
    if costs.stated(field):
        book, section = costs.book, costs.section
        rate = book.enter(
            section, f"{label} per year, share of the price", figure, "1/year",
            f"{costs.path}.{field}", field,
        )  # fmt: skip
        cost = purchase.in_service * purchase.price * rate / book.months_per_year
        costs.add(category, section.line(label, cost, book.currency))
