"""Owned servers: bought in whole units, powered, housed, maintained, resold."""

from pricing.bill.book import Book
from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import ClassDemand
from pricing.bill.errors import BillError
from pricing.bill.fleet import write_need
from pricing.bill.load import write_load
from pricing.bill.purchase import (
    Purchase,
    machine_of,
    write_energy,
    write_facility,
    write_purchase,
    write_yearly_share,
)
from pricing.bill.service import Serve
from pricing.ledger import Line
from pricing.plan.figure import PositiveAmount
from pricing.plan.option import OwnedServers


def write_owned(
    costs: Costs, served: tuple[ClassDemand, ...], serve: Serve, decided: Line | None = None
) -> Fleet:
    """Write what own servers cost that serve some demands; see `write_need` for `decided`."""
    book, section, option, path = costs.book, costs.section, costs.option, costs.path
    assert isinstance(option, OwnedServers)
    machine = machine_of(book, option, option.server, path)
    gpus = _gpus(book, option, path) if option.software_per_gpu.value else None
    load = write_load(book, section, option, served, path)
    need = write_need(costs, load, decided)
    purchase = write_purchase(costs, machine, need, "server")
    fleet = serve(costs, load, need, purchase.in_service)
    _write_installation(costs, option, purchase)
    write_energy(costs, machine, purchase.in_service)
    _write_colocation(costs, option)
    write_facility(costs, purchase.in_service)
    section.block("Contracts")
    write_yearly_share(
        costs, purchase, "maintenance", "Maintenance", option.maintenance_rate, "maintenance_rate"
    )
    if gpus is not None:
        _write_software(costs, option, purchase, gpus)
    return fleet


def _gpus(book: Book, option: OwnedServers, path: str) -> PositiveAmount:
    if option.gpus_per_server is not None:
        return PositiveAmount(value=option.gpus_per_server)
    if option.serving is not None and option.serving.accelerators is not None:
        return PositiveAmount(value=option.serving.accelerators)
    count = book.catalogue.server(option.server).accelerator_count if option.server else None
    if count is None:
        raise BillError(
            f"{path}.gpus_per_server",
            f"{option.name} pays software per GPU: enter how many GPUs one server has.",
        )
    return PositiveAmount(value=count, source=f"catalogue: {option.server}")


def _write_installation(costs: Costs, option: OwnedServers, purchase: Purchase) -> None:
    book, section, path = costs.book, costs.section, costs.path
    section.block("Installation and network")
    if costs.stated("installation"):
        each = book.money(
            section, "Installation of one server", option.installation, "/server",
            f"{path}.installation", "installation_price",
        )  # fmt: skip
        line = section.line("Installation", purchase.bought * each, book.currency)
        costs.add("installation", line)
    if costs.stated("network_share"):
        share = book.enter(
            section, "Network and racks, share of the server price", option.network_share, "share",
            f"{path}.network_share", "network_share",
        )  # fmt: skip
        line = section.line("Network", purchase.bought * purchase.price * share, book.currency)
        costs.add("network", line)


def _write_colocation(costs: Costs, option: OwnedServers) -> None:
    book, section = costs.book, costs.section
    if costs.stated("colocation"):
        rent = book.money(
            section, "Colocation per kW and month", option.colocation, "/kW",
            f"{costs.path}.colocation", "colocation_price",
        )  # fmt: skip
        power = book.ledger.line(f"{section.key}.it_power")
        costs.add("facility", section.line("Colocation", power * rent, book.currency))


def _write_software(
    costs: Costs, option: OwnedServers, purchase: Purchase, gpus: PositiveAmount
) -> None:
    book, section, path = costs.book, costs.section, costs.path
    count = book.enter(
        section, "GPUs in one server", gpus, "GPUs/server", f"{path}.gpus_per_server", "gpus"
    )
    licence = book.money(
        section, "Software licence per GPU and year", option.software_per_gpu, "/GPU/year",
        f"{path}.software_per_gpu", "software_price",
    )  # fmt: skip
    cost = purchase.in_service * count * licence / book.months_per_year
    costs.add("software", section.line("Software", cost, book.currency))
