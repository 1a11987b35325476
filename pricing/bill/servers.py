"""Servers of any kind: rented, owned, or in an appliance."""

from pricing.bill.appliance import write_appliance
from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import ClassDemand
from pricing.bill.owned import write_owned
from pricing.bill.rented import write_rented
from pricing.bill.service import Serve
from pricing.ledger import Line
from pricing.plan.option import OwnedServers, RentedGpus


def write_servers(
    costs: Costs, served: tuple[ClassDemand, ...], serve: Serve, decided: Line | None = None
) -> Fleet:
    """Write what the servers of an option cost that serve some demands.

    Args:
        costs: The bill in the making, of a self-hosted option.
        served: What they are for.
        serve: Writes how the servers in service meet the load.
        decided: Servers in service as somebody decided; none means as many as the load needs.

    Raises:
        BillError: for a figure that is missing; names the field and what would be right.
    """
    if isinstance(costs.option, RentedGpus):
        return write_rented(costs, served, serve, decided)
    if isinstance(costs.option, OwnedServers):
        return write_owned(costs, served, serve, decided)
    return write_appliance(costs, served, serve, decided)
