"""All-in-one appliances: hardware, platform and model bought in one price."""

from pricing.bill.book import Book
from pricing.bill.costs import BillLines, Costs
from pricing.bill.demand import Demand
from pricing.bill.fleet import write_need
from pricing.bill.load import write_load
from pricing.bill.prices import TokenPriceLines
from pricing.bill.purchase import (
    machine_of,
    write_energy,
    write_facility,
    write_purchase,
    write_yearly_share,
)
from pricing.bill.service import write_service
from pricing.ledger import Section
from pricing.plan.option import Appliance


def write_appliance(
    book: Book,
    section: Section,
    demand: Demand,
    option: Appliance,
    bridge: TokenPriceLines | None,
    path: str,
) -> BillLines:
    """Write the bill of appliances."""
    costs = Costs(book, section, option, path)
    machine = machine_of(book, option, option.appliance, path)
    served = demand.of(option.serves)
    load = write_load(book, section, option, served, path)
    need = write_need(book, section, option, load, path)
    purchase = write_purchase(costs, machine, need, "appliance")
    fleet = write_service(costs, load, need, purchase.in_service, bridge)
    write_energy(costs, machine, purchase.in_service)
    write_facility(costs, purchase.in_service)
    section.block("Contracts")
    write_yearly_share(
        costs, purchase, "maintenance", "Support", option.support_rate, "support_rate"
    )
    costs.add_common()
    return costs.finish(demand, served, fleet)
