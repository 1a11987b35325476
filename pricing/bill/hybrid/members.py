"""Members of a hybrid: each option's bill for the requests that routes send to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pricing.bill.costs import Costs
from pricing.bill.demand import ClassDemand
from pricing.bill.hybrid.dispatch import Dispatch, Job
from pricing.bill.hybrid.lines import MemberLines
from pricing.bill.hybrid.rounding import REQUEST_DIGITS
from pricing.bill.hybrid.schedule import write_decided
from pricing.bill.prices import TokenPriceLines
from pricing.bill.servers import write_servers
from pricing.bill.token_priced import write_token_priced
from pricing.ledger import Line, Schedule, ratio, rounded, running_maximum, sum_over_months, total
from pricing.plan.hybrid import Fleet, Hybrid
from pricing.plan.option import PureOption, ServerOption, TokenOption

COMMON = frozenset({"people", "setup", "other"})
"""Categories that do not grow with the number of servers."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Servers of a hybrid with what they leave."""

    member: MemberLines
    left: Mapping[str, Line]
    """Requests that the servers do not serve, by the key of the demand."""
    firm_kept: Line | None


def write_pool(
    hybrid: Costs, option: ServerOption, jobs: tuple[Job, ...], fleet: tuple[int, Fleet] | None
) -> Pool:
    """Write the servers of one option.

    Args:
        hybrid: The bill of the hybrid.
        option: Its member.
        jobs: What routes send to it.
        fleet: Place and content of the fleet that was decided on; none where it follows the load.

    Raises:
        BillError: for a figure that is missing.
    """
    costs = _member_costs(hybrid, option)
    assert isinstance(hybrid.option, Hybrid)
    served = tuple(job.demand for job in jobs)
    decided = _decided(costs, hybrid.option, hybrid.path, fleet)
    dispatch = Dispatch(jobs, decided=decided is not None)
    found = write_servers(costs, served, dispatch, decided)
    assert found.servers is not None
    section = costs.section
    section.block("Use in the hybrid")
    used = section.line(
        "In use from this month on", running_maximum(found.servers) > 0, "flag", key="used"
    )
    costs.add_common(used)
    lines = _finished(costs)
    machines = section.line(
        "Of it for servers", total([line for name, line in lines.items() if name not in COMMON]),
        costs.book.currency, key="machines", every_month=True,
    )  # fmt: skip
    cash = costs.book.ledger.line(f"{section.key}.cash")
    section.block("Cost by request class")
    parts = {}
    for demand in served:
        hours = section.line(
            f"{demand.name}: busy server-hours",
            (demand.requests - dispatch.left[demand.key])
            * costs.book.ledger.line(f"{section.key}.{demand.key}.seconds")
            / costs.book.seconds_per_hour,
            "server·hours",
            key=f"{demand.key}.busy",
            flow=True,
        )
        assert found.busy is not None
        parts[demand.key] = section.line(
            f"{demand.name}: its part of the cost",
            sum_over_months(cash) * ratio(sum_over_months(hours), sum_over_months(found.busy)),
            costs.book.currency,
            key=f"{demand.key}.part",
            note="in proportion to busy server-hours over the horizon",
        )
    requests = section.line(
        "Requests sent here", total([demand.requests for demand in served]), "requests",
        key="requests", flow=True, every_month=True,
    )  # fmt: skip
    member = MemberLines(
        option, requests, served, lines, cash, used, parts, found, decided, machines
    )
    return Pool(member, dispatch.left, dispatch.firm_kept)


def _decided(
    costs: Costs, hybrid: Hybrid, path: str, fleet: tuple[int, Fleet] | None
) -> Schedule | None:
    if fleet is None or not fleet[1].servers:
        return None
    costs.section.block("Decision")
    return write_decided(costs, hybrid, fleet[1], f"{path}.fleets.{fleet[0]}.servers")


def write_supplier(
    hybrid: Costs,
    option: TokenOption,
    flows: Sequence[ClassDemand],
    prices: TokenPriceLines,
    standing_by: Sequence[Line] = (),
) -> MemberLines:
    """Write what one token-priced option costs for the requests that reach it.

    Args:
        hybrid: The bill of the hybrid.
        option: Its member.
        flows: Requests of stages, overflow and failover; those of one class are billed together.
        prices: The option's tariff.
        standing_by: Requests of servers that would overflow to it, or that would go on to it from
            them: it is in use with them, even in months in which none come.
    """
    costs = _member_costs(hybrid, option)
    section = costs.section
    section.block("Requests")
    served = tuple(_together(costs, name, flows) for name in _classes(flows))
    requests = section.line(
        "Requests sent here", total([demand.requests for demand in served]), "requests",
        key="requests", flow=True,
    )  # fmt: skip
    wanted = requests
    if standing_by:
        wanted = section.line(
            "Requests sent here, or that would be if servers left any or none",
            total([requests, *standing_by]), "requests", key="wanted", flow=True,
        )  # fmt: skip
    used = section.line(
        "In use from this month on", rounded(running_maximum(wanted), REQUEST_DIGITS) > 0,
        "flag", key="used",
    )  # fmt: skip
    write_token_priced(costs, prices, served, used)
    costs.add_common(used)
    lines = _finished(costs)
    ledger = costs.book.ledger
    parts = {
        demand.key: section.line(
            f"{demand.name}: cost over the horizon",
            sum_over_months(ledger.line(f"{section.key}.{demand.key}.cost")),
            costs.book.currency,
            key=f"{demand.key}.part",
        )
        for demand in served
    }
    cash = ledger.line(f"{section.key}.cash")
    return MemberLines(option, requests, served, lines, cash, used, parts)


def _classes(flows: Sequence[ClassDemand]) -> list[str]:
    return list(dict.fromkeys(flow.request_class.id for flow in flows))


def _together(costs: Costs, name: str, flows: Sequence[ClassDemand]) -> ClassDemand:
    """All requests of one class that reach a supplier, by whatever way."""
    mine = [flow for flow in flows if flow.request_class.id == name]
    line = costs.section.line(
        f"{mine[0].request_class.name}: requests sent here",
        total([flow.requests for flow in mine]), "requests", key=f"{name}.requests", flow=True,
    )  # fmt: skip
    return replace(mine[0], key=name, name=mine[0].request_class.name, requests=line)


def _member_costs(hybrid: Costs, option: PureOption) -> Costs:
    section = hybrid.book.ledger.section(
        f"{hybrid.section.key}.{option.id}",
        f"{hybrid.option.name}: {option.name}",
        option.note,
        part_of=hybrid.section,
    )
    return Costs(hybrid.book, section, option, f"options.{option.id}")


def _finished(costs: Costs) -> dict[str, Line]:
    """Write cost by category and in total."""
    section = costs.section
    section.block("Bill")
    lines = costs.categories(f", {costs.option.name}")
    section.line(
        f"Total cost, {costs.option.name}", total(list(lines.values())), costs.book.currency,
        key="cash",
    )  # fmt: skip
    return lines
