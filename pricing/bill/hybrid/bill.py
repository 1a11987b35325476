"""The bill of a hybrid, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pricing.bill.costs import ASSETS, BillLines, Costs, Fleet
from pricing.bill.demand import Demand
from pricing.bill.hybrid.answers import Answers
from pricing.bill.hybrid.cache import Cached, write_caches
from pricing.bill.hybrid.charges import write_charges
from pricing.bill.hybrid.flows import Flows, unserved_of
from pricing.bill.hybrid.lines import ClassLines, HybridLines, MemberLines, RouteLines
from pricing.bill.hybrid.quality import Scores
from pricing.bill.hybrid.rounding import SHARE_DIGITS
from pricing.bill.hybrid.routes import Routed, Routes
from pricing.bill.hybrid.rules import write_checks
from pricing.bill.hybrid.uptime import Uptime
from pricing.bill.prices import TokenPriceLines
from pricing.ledger import Line, Literal, maximum, ratio, rounded, total, where
from pricing.plan.hybrid import Hybrid


def write_hybrid(costs: Costs, demand: Demand, prices: Mapping[str, TokenPriceLines]) -> BillLines:
    """Write the bill of a hybrid; the bills of its members as pure options come first.

    Args:
        costs: The bill in the making.
        demand: What is to be served.
        prices: Tariffs of the token-priced options, by id.

    Raises:
        BillError: for a figure that is missing; names the field and what would be right.
    """
    hybrid, section = costs.option, costs.section
    assert isinstance(hybrid, Hybrid)
    routed_ids = {route.request_class for route in hybrid.routes}
    classes = tuple(c for c in demand.classes if c.request_class.id in routed_ids)
    cached = write_caches(costs, classes)
    scores = Scores(costs)
    uptime = Uptime(costs)
    routed = Routes(costs, scores, uptime).write(cached)
    flows = Flows(costs, prices, uptime)
    routed = flows.write(routed)
    write_charges(costs, routed)
    section.block("Quality and service")
    answers = Answers(costs, scores, routed)
    routes = tuple(
        RouteLines(
            one.route, one.number, one.assigned, one.down, one.overflowed, one.stood_in, one.lost,
            one.stages, answers.of(one),
        )
        for one in routed
    )  # fmt: skip
    lines = tuple(_write_class(costs, one, routed, answers) for one in cached)
    quality = answers.overall(lines)
    for member in flows.members:
        for category, line in member.categories.items():
            costs.add(category, line)
    costs.resold = _resold(flows.members)
    costs.add_common()
    fleets = [pool.member.fleet for pool in flows.pools.values()]
    servers = [fleet.servers for fleet in fleets if fleet is not None and fleet.servers is not None]
    checks = write_checks(costs, lines, flows, routed, quality)
    section.block("Service")
    fleet = Fleet(
        unserved=section.line(
            "Requests that nobody serves", total([line.unserved for line in lines]), "requests",
            key="beyond", flow=True, every_month=True,
        ),
        servers=section.line(
            "Servers in service, all kinds", total(list(servers)), "servers", key="in_service"
        )
        if servers
        else None,
        left={line.asked.key: line.unserved for line in lines},
        open_commitment=_write_open_commitment(costs, fleets),
    )  # fmt: skip
    bill = costs.finish(demand, classes, fleet)
    return replace(bill, hybrid=HybridLines(lines, routes, flows.members, checks, quality))


def _write_open_commitment(costs: Costs, fleets: Sequence[Fleet | None]) -> Line | None:
    """Write what commitments of members oblige to after the end of the plan."""
    lines = [f.open_commitment for f in fleets if f is not None and f.open_commitment is not None]
    if not lines:
        return None
    return costs.section.line(
        "Server-months committed beyond the plan, all members", total(list(lines)), "servers",
        key="open_commitment",
    )  # fmt: skip


def _resold(members: Sequence[MemberLines]) -> tuple[Line, ...] | None:
    """Cost of the assets of members that resell them; none where all do that have any."""
    owners = [m for m in members if not ASSETS.isdisjoint(m.categories)]
    sellers = [member for member in owners if "resale" in member.categories]
    if not sellers or len(sellers) == len(owners):
        return None
    return tuple(
        line for member in sellers for name, line in member.categories.items() if name in ASSETS
    )


def _write_class(
    costs: Costs, cached: Cached, routed: Sequence[Routed], answers: Answers
) -> ClassLines:
    """Write what nobody serves of a class, and how well the rest is answered."""
    section, demand = costs.section, cached.asked
    mine = [one for one in routed if one.route.request_class == demand.request_class.id]
    untaken = section.line(
        f"{demand.name}: share that no route takes",
        maximum(rounded(1 - total([one.share for one in mine]), SHARE_DIGITS), 0),
        "share",
        key=f"{demand.key}.unrouted_share",
        note="less than a billionth is a matter of rounding",
    )
    unrouted = section.line(
        f"{demand.name}: requests that no route takes",
        cached.routed.requests * untaken,
        "requests",
        key=f"{demand.key}.unrouted",
        flow=True,
    )
    nobody = [unrouted, *(line for one in mine for line in unserved_of(one))]
    missed = section.line(
        f"{demand.name}: requests not routed, not served or met by an outage",
        total(list(nobody)) + Literal(0),
        "requests",
        key=f"{demand.key}.missed",
        flow=True,
    )
    unserved = section.line(
        f"{demand.name}: requests that nobody serves",
        where(rounded(ratio(missed, demand.requests), SHARE_DIGITS) >= 1, demand.requests, missed),
        "requests",
        key=f"{demand.key}.unserved",
        flow=True,
        note="less than a billionth that is served is a matter of rounding",
    )
    quality = answers.of_class(cached, mine)
    return ClassLines(demand, cached.routed, cached.hits, unrouted, unserved, quality)
