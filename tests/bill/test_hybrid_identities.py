"""A hybrid that does what a pure option does costs what that one costs."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation, OptionBill
from pricing.plan.hybrid import Fleet, Hybrid, Route, ServersFrom, ShareFrom
from pricing.plan.option import ClosedApi, OwnedServers, RentedGpus, Scheduled, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from pricing.plan.workload import HourlyProfile
from tests.bill.hybrid_strategies import hybrid_plans
from tests.bill.hybrids import direct, fleet, lines_of, mix
from tests.bill.small import api, bill, owned, rented, request_class
from tests.bill.strategies import plans, request_classes, self_hosted, token_priced

TODAY = date(2026, 11, 22)
some = settings(
    max_examples=25, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


def with_hybrid(plan: Plan, *routes: Route, **changes: Any) -> Plan:
    hybrid = Hybrid(id="mix", name="Mix", routes=routes, **changes)
    return plan.model_copy(update={"options": (*plan.options, hybrid)})


def to(option: str, served: str, share: float = 1.0, **changes: Any) -> Route:
    return Route(
        request_class=served, recipe=Direct(option=option), shares=(ShareFrom(share=share),),
        **changes,
    )  # fmt: skip


def size_of(*bills: OptionBill) -> float:
    """The size of the money of bills, for tolerances."""
    return max(1e-6, *(float(np.abs(s.values).max()) for b in bills for s in b.categories.values()))


def same(ours: Any, theirs: Any, size: float) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9 * size)


def same_bill(evaluation: Evaluation, pure: str, *, merged: dict[str, str] | None = None) -> None:
    """The hybrid has the pure option's bill; some of its categories go by other names there."""
    ours, theirs = evaluation.bill_of("mix"), evaluation.bill_of(pure)
    size = size_of(ours, theirs)
    named: dict[str, np.ndarray] = {}
    for name, series in theirs.categories.items():
        to_name = (merged or {}).get(name, name)
        named[to_name] = named.get(to_name, np.zeros(evaluation.plan.months)) + series.values
    for name in {*named, *ours.categories}:
        mine = ours.categories[name].values if name in ours.categories else 0.0
        same(mine, named.get(name, 0.0), size)
    same(ours.cash.values, theirs.cash.values, size)
    same(ours.npv.value, theirs.npv.value, size)
    same(ours.one_off.values, theirs.one_off.values, size)
    asked = evaluation.values.monthly(evaluation.bill.demand.requests).max()
    same(ours.unserved.values, theirs.unserved.values, max(1.0, float(asked)))


@some
@given(plan=plans())
def test_that_a_hybrid_of_one_supplier_has_that_supplier_s_bill(
    plan: Plan, catalogue: Catalogue
) -> None:
    supplier = next(o for o in plan.options if isinstance(o, TokenPriced))
    used = plan.workload[0].requests.value > 0
    whole = with_hybrid(plan, *(to(supplier.id, c.id) for c in plan.workload))
    if used:
        same_bill(evaluate(whole, catalogue, TODAY), supplier.id)


@some
@given(plan=plans())
def test_that_servers_that_follow_their_load_cost_the_same_in_a_hybrid(
    plan: Plan, catalogue: Catalogue
) -> None:
    """Setup and people come with the first server, so they are left out here."""
    server = next(o for o in plan.options if not isinstance(o, TokenPriced))
    server = server.model_copy(
        update={
            "servers": None, "bridge": None, "serves": (), "fixed_monthly_cost": ZERO,
            "setup_cost": ZERO, "people_fte": NOBODY,
        }
    )  # fmt: skip
    if isinstance(server, RentedGpus) and isinstance(server.terms, Scheduled):
        return
    api = next(o for o in plan.options if isinstance(o, TokenPriced))
    plan = plan.model_copy(update={"options": (api, server)})
    whole = with_hybrid(plan, *(to(server.id, c.id) for c in plan.workload))
    same_bill(evaluate(whole, catalogue, TODAY), server.id)


ZERO = ClosedApi.model_fields["setup_cost"].default
NOBODY = ClosedApi.model_fields["people_fte"].default


@st.composite
def bridged(draw: st.DrawFn) -> Plan:
    """One class; a fixed number of servers with a bridge; nothing that depends on first use."""
    plan = draw(plans())
    served = draw(request_classes("a"))
    if isinstance(served.profile, HourlyProfile) and draw(st.booleans()):
        served = served.model_copy(
            update={"profile": served.profile.model_copy(update={"weekdays": (1.0,) * 7})}
        )
    changes = {"servers": draw(st.integers(1, 9)), "bridge": "api", "setup_cost": ZERO,
               "people_fte": NOBODY, "fixed_monthly_cost": ZERO}  # fmt: skip
    server = draw(self_hosted("first", "api")).model_copy(update=changes)
    supplier = draw(token_priced("api")).model_copy(
        update={"setup_cost": ZERO, "people_fte": NOBODY, "fixed_monthly_cost": ZERO,
                "minimum_spend": ZERO}
    )  # fmt: skip
    return plan.model_copy(update={"workload": (served,), "options": (supplier, server)})


@some
@given(plan=bridged())
def test_that_overflow_of_fixed_servers_is_what_a_bridge_is(
    plan: Plan, catalogue: Catalogue
) -> None:
    server = plan.options[1]
    assert isinstance(server, RentedGpus | OwnedServers) or server.kind == "appliance"
    scheduled = isinstance(server, RentedGpus) and isinstance(server.terms, Scheduled)
    if scheduled and plan.workload[0].urgency == "asynchronous":
        return  # in a hybrid it waits for the next day in service, like batch work
    steps = (ServersFrom(servers=server.servers or 0),)
    whole = with_hybrid(
        plan, to("first", "a", overflow="api"), fleets=(Fleet(option="first", servers=steps),)
    )
    same_bill(evaluate(whole, catalogue, TODAY), "first", merged={"bridge": "tokens"})
    follows = with_hybrid(plan, to("first", "a", overflow="api"))
    same_bill(evaluate(follows, catalogue, TODAY), "first", merged={"bridge": "tokens"})


@some
@given(plan=plans(), part=st.floats(0, 1))
def test_that_two_suppliers_cost_their_parts_of_both_bills(
    plan: Plan, part: float, catalogue: Catalogue
) -> None:
    known = next(o for o in plan.options if isinstance(o, TokenPriced))
    left_out = {"setup_cost": ZERO, "people_fte": NOBODY, "fixed_monthly_cost": ZERO,
                "minimum_spend": ZERO}  # fmt: skip
    one = known.model_copy(update={**left_out, "id": "one"})
    two = api(id="two", name="Two", prices={"input": 1, "output": 7})
    other = ClosedApi.model_validate(two)
    plan = plan.model_copy(update={"options": (one, other)})
    whole = with_hybrid(
        plan,
        *(to("one", c.id, part) for c in plan.workload),
        *(to("two", c.id, 1 - part) for c in plan.workload),
    )
    evaluation = evaluate(whole, catalogue, TODAY)
    first, second, ours = (evaluation.bill_of(name) for name in ("one", "two", "mix"))
    size = size_of(first, second)
    both = part * first.cash.values + (1 - part) * second.cash.values
    same(ours.cash.values, both, size)
    same(ours.npv.value, part * first.npv.value + (1 - part) * second.npv.value, size)
    assert not (ours.unserved.values > 0).any()


def test_that_an_option_without_routes_is_no_member() -> None:
    evaluation = bill(api(), api(id="other", name="Other"), owned(), mix(direct("api")))
    assert [member.option.id for member in lines_of(evaluation).members] == ["api"]
    keys = [line.key for line in evaluation.ledger.lines]
    assert not any(key.startswith(("option.mix.other.", "option.mix.owned.")) for key in keys)


def test_that_a_hybrid_without_routes_serves_nobody_and_costs_its_own_fixed_cost() -> None:
    evaluation = bill(api(), mix(fixed_monthly_cost=70))
    found = evaluation.bill_of("mix")
    assert found.cash.values == pytest.approx([70.0] * 12)
    assert found.unserved.values == pytest.approx([73_000.0] * 12)
    assert found.per_request.value == 0
    assert "option.not_all_classes" in {f.code for f in evaluation.findings}


def test_that_servers_decided_on_cost_their_money_without_work() -> None:
    evaluation = bill(owned(), api(), mix(direct("api"), fleets=[fleet("owned", 2)]))
    found = evaluation.bill_of("mix")
    assert found.categories["purchase"].values == pytest.approx([200_000.0] + [0.0] * 11)
    assert found.categories["tokens"].values == pytest.approx([438.0] * 12)


def test_that_a_member_reads_the_cells_of_the_pure_option() -> None:
    """Another price of the pure option's input changes the hybrid's bill as well."""
    evaluation = bill(
        api(setup_cost=900), rented(servers=1), mix(direct("api", share=0.5),
        direct("rented", share=0.5)),
    )  # fmt: skip
    members = {f"option.mix.{name}" for name in ("api", "rented")}
    inputs = [entry for entry in evaluation.ledger.inputs if entry.section in members]
    assert not inputs
    values = evaluation.ledger.evaluate(
        {"option.api.price_output.0": 30, "option.rented.price": 20, "option.api.setup_cost": 1000}
    )
    lines = next(b for b in evaluation.bill.options if b.option.id == "mix")
    tokens = values.monthly(lines.categories["tokens"])
    assert tokens == pytest.approx([(438 + 219) / 2] * 12)
    assert values.monthly(lines.categories["rent"]) == pytest.approx([14_600.0] * 12)
    assert values.monthly(lines.categories["setup"])[0] == pytest.approx(1000)


@some
@given(plan=hybrid_plans())
def test_that_a_hybrid_adds_up(plan: Plan, catalogue: Catalogue) -> None:
    """Members and own cost make the bill; what is served and what is not make the demand."""
    evaluation = evaluate(plan, catalogue, TODAY)
    found, lines = evaluation.bill_of("mix"), lines_of(evaluation)
    values, months = evaluation.values, plan.months
    size = size_of(found)
    parts = np.sum([series.values for series in found.categories.values()], axis=0)
    same(parts, found.cash.values, size)
    demand = values.monthly(evaluation.bill.demand.requests)
    served = values.monthly(evaluation.line("option.mix.requests"))
    same(served + found.unserved.values, demand, max(1.0, float(demand.max())))
    assert (served >= -1e-9 * max(1.0, float(demand.max()))).all()
    for route in lines.routes:
        works = values.monthly(route.assigned)
        for stage in route.stages:
            if stage.left is not None:
                left = values.monthly(stage.left)
                asked = values.monthly(stage.demand.requests)
                assert ((left >= 0) & (left <= asked * (1 + 1e-9))).all()
        assert (works >= 0).all()
    for line in lines.classes:
        if line.quality is not None:
            score = values.monthly(line.quality)
            assert ((score >= -1e-9) & (score <= 1 + 1e-9)).all()
    for member in lines.members:
        part = sum(float(values.number(line)) for line in member.costs.values())
        whole = float(values.monthly(member.cash).sum())
        if member.fleet is None:
            fixed = sum(
                float(values.monthly(line).sum())
                for name, line in member.categories.items()
                if name != "tokens"
            )
            short = evaluation.ledger.line(f"option.mix.{member.option.id}.cash")
            assert part <= whole - fixed + 1e-6 * max(1.0, abs(whole))
            assert values.monthly(short).shape == (months,)


def test_that_a_small_class_of_a_big_hybrid_is_still_served_whole() -> None:
    """Rounding of large sums is no load beyond the servers."""
    week = {"kind": "hourly", "hours": [1.7] * 8 + [0.65] * 16,
            "weekdays": [1.3, 1.1, 0.9, 1.0, 1.2, 0.8, 0.7]}  # fmt: skip
    classes = [
        request_class(id=f"c{n}", requests=10.0**n / 3, profile=week) for n in range(1, 8)
    ]  # fmt: skip
    routes = [
        {**direct("owned", overflow="api"), "request_class": served["id"]} for served in classes
    ]
    evaluation = bill(
        owned(capacity={"requests_per_hour": 100_000}),
        api(),
        mix(*routes, fleets=[fleet("owned", 9)]),
        classes=classes,
    )
    found = evaluation.bill_of("mix")
    assert not found.categories["tokens"].values.any()
    assert not any(
        finding.code == "requests.unserved" and "mix" in finding.path
        for finding in evaluation.findings
    )


def test_that_shares_that_make_one_are_all_requests() -> None:
    """Ten tenths of a class are the whole class, and nobody is left without an answer."""
    evaluation = bill(api(), mix(*(direct("api", share=0.1) for _ in range(10))))
    assert not evaluation.bill_of("mix").unserved.values.any()
    found = [c for c in lines_of(evaluation).checks if c.code in {"served", "routed_once"}]
    assert all(evaluation.values.monthly(c.kept).all() for c in found)


@some
@given(plan=hybrid_plans())
def test_that_two_hybrids_alike_cost_the_same_wherever_they_stand(
    plan: Plan, catalogue: Catalogue
) -> None:
    """Each has members of its own; both read the cells of the pure options."""
    *pure, hybrid = plan.options
    twin = hybrid.model_copy(update={"id": "twin", "name": "Twin"})
    both = plan.model_copy(update={"options": (twin, *pure, hybrid)})
    evaluation = evaluate(both, catalogue, TODAY)
    ours, theirs = evaluation.bill_of("twin"), evaluation.bill_of("mix")
    same(ours.cash.values, theirs.cash.values, size_of(ours))
    same(ours.unserved.values, theirs.unserved.values, 1.0)
    alone = evaluate(plan, catalogue, TODAY).bill_of("mix")
    same(ours.npv.value, alone.npv.value, size_of(ours))
