"""All-in-one appliances: hardware, platform and model bought in one price."""

from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import ClassDemand
from pricing.bill.fleet import write_need
from pricing.bill.load import write_load
from pricing.bill.purchase import (
    machine_of,
    write_energy,
    write_facility,
    write_purchase,
    write_yearly_share,
)
from pricing.bill.service import Serve
from pricing.ledger import Line
from pricing.plan.option import Appliance


def write_appliance(
    costs: Costs, served: tuple[ClassDemand, ...], serve: Serve, decided: Line | None = None
) -> Fleet:
    """Write what appliances cost that serve some demands; see `write_need` for `decided`."""
    book, section, option, path = costs.book, costs.section, costs.option, costs.path
    assert isinstance(option, Appliance)
    machine = machine_of(book, option, option.appliance, path)
    load = write_load(book, section, option, served, path)
    need = write_need(costs, load, decided)
    purchase = write_purchase(costs, machine, need, "appliance")
    fleet = serve(costs, load, need, purchase.in_service)
    write_energy(costs, machine, purchase.in_service)
    write_facility(costs, purchase.in_service)
    section.block("Contracts")
    write_yearly_share(
        costs, purchase, "maintenance", "Support", option.support_rate, "support_rate"
    )
    return fleet
