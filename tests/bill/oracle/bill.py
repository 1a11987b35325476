"""The bill of one option, category by category."""

from dataclasses import dataclass

from pricing.catalogue import Catalogue
from pricing.plan.option import (
    Appliance,
    Committed,
    Option,
    OwnedServers,
    RentedGpus,
    SelfHosted,
    TokenPriced,
)
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from tests.bill.oracle.demand import days_of, requests_of
from tests.bill.oracle.money import in_plan_currency, present_value, tax_of
from tests.bill.oracle.servers import Fleet, fleet_of, term_of
from tests.bill.oracle.tokens import token_cost


@dataclass
class OracleBill:
    """What the engine has to agree with."""

    categories: dict[str, list[float]]
    cash: list[float]
    cumulative: list[float]
    tco: float
    npv: float
    peak_cash: float
    per_request: float
    per_million_tokens: float
    unserved: list[float]
    servers: list[float] | None
    utilisation: list[float] | None
    mean_utilisation: float | None


class Costs:
    """Monthly cost by category."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.categories: dict[str, list[float]] = {}

    def add(self, category: str, month: int, amount: float) -> None:
        self.categories.setdefault(category, [0.0] * self.plan.months)[month] += amount


def bill_of(plan: Plan, option: Option, catalogue: Catalogue, volume: float = 1.0) -> OracleBill:
    """Simulate one option of a plan at a multiple of its volume."""
    costs = Costs(plan)
    classes = [cls for cls in plan.workload if not option.serves or cls.id in option.serves]
    requests = {cls.id: requests_of(plan, cls, volume) for cls in plan.workload}
    left = {cls.id: [0.0] * plan.months for cls in classes}
    fleet: Fleet | None = None
    if isinstance(option, TokenPriced):
        for cls in classes:
            for month, amount in enumerate(requests[cls.id]):
                price = token_cost(plan, option, catalogue, cls, month)
                costs.add("tokens", month, amount * price)
        for month, short in missing_spend(plan, option, costs.categories.get("tokens", [])):
            costs.add("tokens", month, short)
    else:
        fleet = fleet_of(plan, option, classes, term_of(option), volume)
        fleet_costs(costs, option, fleet)
        left = _bridge(costs, option, classes, fleet, catalogue)
    _common(costs, option)
    if plan.finance.tax is not None:
        costs.categories["tax"] = tax_of(plan, costs.categories)
    return _totals(costs, classes, requests, left, fleet)


def missing_spend(plan: Plan, option: TokenPriced, spent: list[float]) -> list[tuple[int, float]]:
    """(last month of a plan year, what is missing to the agreed spend); part years pro rata."""
    agreed = in_plan_currency(plan, option.minimum_spend)
    found = []
    for first in range(0, plan.months, 12):
        months = range(first, min(first + 12, plan.months))
        short = agreed * len(months) / 12 - sum(spent[month] for month in months)
        found.append((months[-1], max(short, 0.0)))
    return found


def _bridge(
    costs: Costs, option: SelfHosted, classes: list[RequestClass], fleet: Fleet, cat: Catalogue
) -> dict[str, list[float]]:
    """Send what is left to the bridge; gives what nobody serves."""
    if option.bridge is None:
        return fleet.left
    bridge = next(o for o in costs.plan.options if o.id == option.bridge)
    assert isinstance(bridge, TokenPriced)
    for cls in classes:
        for month, amount in enumerate(fleet.left[cls.id]):
            costs.add("bridge", month, amount * token_cost(costs.plan, bridge, cat, cls, month))
    return {cls.id: [0.0] * costs.plan.months for cls in classes}


def fleet_costs(costs: Costs, option: SelfHosted, fleet: Fleet) -> None:
    plan = costs.plan
    if isinstance(option, RentedGpus):
        assert option.price_per_hour is not None
        price = in_plan_currency(plan, option.price_per_hour)
        for month, count in enumerate(fleet.in_service):
            hours = fleet.hours[month]
            if isinstance(option.terms, Committed):
                hours = days_of(plan)[month] * 24  # paid for whether used or not
            costs.add("rent", month, count * hours * price)
        return
    assert isinstance(option, OwnedServers | Appliance)
    assert option.price is not None
    assert option.power_kw is not None
    assert option.pue is not None
    _machine_costs(costs, option, fleet, in_plan_currency(plan, option.price))
    tariff = option.electricity or plan.electricity
    assert tariff is not None
    for month, count in enumerate(fleet.in_service):
        kwh = count * option.power_kw.value * option.pue.value * fleet.hours[month]
        costs.add("energy", month, kwh * in_plan_currency(plan, tariff))
        facility = in_plan_currency(plan, option.facility_per_server)
        costs.add("facility", month, count * facility)
        if isinstance(option, OwnedServers):
            colocation = in_plan_currency(plan, option.colocation)
            costs.add("facility", month, count * option.power_kw.value * colocation)
            gpus = option.gpus_per_server or 0
            licence = in_plan_currency(plan, option.software_per_gpu)
            costs.add("software", month, count * gpus * licence / 12)


def _machine_costs(
    costs: Costs, option: OwnedServers | Appliance, fleet: Fleet, price: float
) -> None:
    """Every batch of machines is ordered, delivered, looked after and sold."""
    months, owned = costs.plan.months, isinstance(option, OwnedServers)
    rate = option.maintenance_rate if isinstance(option, OwnedServers) else option.support_rate
    if not option.residual_share.is_left_out:
        costs.add("resale", 0, 0.0)
    for batch in fleet.batches:
        paid_early = 0.0
        if isinstance(option, OwnedServers):
            paid_early = option.deposit_share.value
            fit_out = in_plan_currency(costs.plan, option.installation)
            costs.add("installation", batch.month, batch.count * fit_out)
            costs.add("network", batch.month, batch.count * price * option.network_share.value)
        order = batch.month - option.lead_time_months
        assert order >= 0, "nothing is delivered before it can be"
        costs.add("purchase", order, batch.count * price * paid_early)
        costs.add("purchase", batch.month, batch.count * price * (1 - paid_early))
        for month in range(batch.month, min(batch.month + batch.term, months)):
            costs.add("maintenance", month, batch.count * price * rate.value / 12)
        if not option.residual_share.is_left_out:
            kept = option.residual_share.value
            sold = batch.month + batch.term
            if sold < months:
                costs.add("resale", sold, -batch.count * price * kept)
            else:
                age = (months - batch.month) / batch.term
                costs.add("resale", months - 1, -batch.count * price * (1 - age * (1 - kept)))
    assert owned or all(name not in costs.categories for name in ("network", "installation"))


def _common(costs: Costs, option: Option) -> None:
    plan = costs.plan
    costs.add("setup", 0, in_plan_currency(plan, option.setup_cost))
    salary = in_plan_currency(plan, plan.people.loaded_cost_per_year) / 12
    for month in range(plan.months):
        costs.add("people", month, option.people_fte.value * salary)
        costs.add("other", month, in_plan_currency(plan, option.fixed_monthly_cost))


def _totals(
    costs: Costs,
    classes: list[RequestClass],
    requests: dict[str, list[float]],
    left: dict[str, list[float]],
    fleet: Fleet | None,
) -> OracleBill:
    plan = costs.plan
    cash = [sum(c[month] for c in costs.categories.values()) for month in range(plan.months)]
    cumulative: list[float] = []
    for amount in cash:
        cumulative.append((cumulative[-1] if cumulative else 0.0) + amount)
    done = {cls.id: sum(requests[cls.id]) - sum(left[cls.id]) for cls in classes}
    mtok = sum(
        done[cls.id] * (cls.input_tokens.value + cls.output_tokens.value) / 1e6 for cls in classes
    )
    unserved = [0.0] * plan.months
    for cls in plan.workload:
        for month in range(plan.months):
            unserved[month] += left.get(cls.id, requests[cls.id])[month]
    available = (
        [n * h for n, h in zip(fleet.in_service, fleet.hours, strict=True)] if fleet else None
    )
    return OracleBill(
        categories=costs.categories,
        cash=cash,
        cumulative=cumulative,
        tco=sum(cash),
        npv=present_value(plan, cash),
        peak_cash=max(cumulative),
        per_request=_over(sum(cash), sum(done.values())),
        per_million_tokens=_over(sum(cash), mtok),
        unserved=unserved,
        servers=fleet.in_service if fleet else None,
        utilisation=[_over(b, a) for b, a in zip(fleet.busy, available, strict=True)]
        if fleet and available
        else None,
        mean_utilisation=_over(sum(fleet.busy), sum(available)) if fleet and available else None,
    )


def _over(above: float, below: float) -> float:
    return above / below if below else 0.0
