"""Mistakes that are easily made when whole servers are decided on month by month."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import Optimised, optimise
from pricing.optimise.questions.asked import left_out
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
SHORT = Settings(gap=2e-3, seconds=15)


def decide(plan: Plan, catalogue: Catalogue) -> Optimised:
    return optimise(plan, settings=SHORT, catalogue=catalogue, today=TODAY)


def changed(plan: Plan, where: str, identifier: str, **fields: Any) -> Plan:
    document = plan.model_dump()
    document[where] = [{**it, **fields} if it["id"] == identifier else it for it in document[where]]
    return Plan.model_validate(document)


def servers_of(found: Optimised, option: str) -> list[int]:
    servers = found.answer.choice.servers[found.problem.pools.index(option)]
    return [int(number) for number in servers]


def test_that_spares_are_asked_for_only_in_months_with_servers(catalogue: Catalogue) -> None:
    """One switch for all months would make the months before delivery impossible."""
    owned = servers_of(decide(mixed(), catalogue), "owned")
    assert owned[:3] == [0, 0, 0]
    assert min(owned[3:]) >= 2


def test_that_months_before_delivery_are_told_apart_from_work_left_by_choice(
    catalogue: Catalogue,
) -> None:
    found = decide(mixed(), catalogue)
    keys = [job.key for job in found.problem.instance.jobs]
    chat = found.answer.unavoidable[keys.index("chat")]
    assert (chat[:3] > 0).all()
    assert (chat[3:] == 0).all()
    assert found.answer.unavoidable[keys.index("search")].sum() == 0
    np.testing.assert_allclose(found.answer.unserved, found.answer.unavoidable)
    unserved = found.evaluation.bill_of(found.hybrid).unserved.values
    np.testing.assert_allclose(unserved, found.answer.unserved.sum(axis=0) * 1000)
    assert [f for f in found.evaluation.findings if f.code == "requests.unserved"]


def test_that_outages_nobody_stands_in_for_are_unserved_in_the_ledger(
    catalogue: Catalogue,
) -> None:
    plan = changed(mixed(), "options", "owned", availability={"value": 0.99})
    found = decide(plan, catalogue)
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)
    keys = [job.key for job in found.problem.instance.jobs]
    chat = found.problem.instance.jobs[keys.index("chat")].requests * 1000
    unserved = found.evaluation.bill_of(found.hybrid).unserved.values
    np.testing.assert_allclose(unserved[3:], 0.01 * chat[3:], rtol=1e-6)
    np.testing.assert_allclose(unserved[:3], chat[:3], rtol=1e-6)
    assert [f for f in found.evaluation.findings if f.code == "requests.unserved"]


def test_that_a_class_nobody_is_good_enough_for_is_not_swallowed(catalogue: Catalogue) -> None:
    plan = changed(mixed(), "workload", "search", quality_floor={"value": 0.95})
    found = decide(plan, catalogue)
    assert left_out(found.problem) == ("search",)
    excluded = {
        it.recipe.uses[0] for it in found.problem.candidates.excluded
        if it.request_class == "search"
        and any(reason.code == "quality_below" for reason in it.reasons)
    }  # fmt: skip
    assert excluded == {"api", "hosted", "rented", "reserved", "owned"}
    routed = next(o for o in found.plan.options if isinstance(o, Hybrid)).routes
    assert {route.request_class for route in routed} == {"chat", "documents"}
    assert found.evaluation.bill_of(found.hybrid).unserved.values.min() > 0


def test_that_a_mean_quality_is_not_reached_by_leaving_the_worst_work_undone(
    catalogue: Catalogue,
) -> None:
    found = decide(mixed(outside="restricted", quality={"value": 0.86}), catalogue)
    assert found.answer.unserved.sum() == 0
    assert found.evaluation.bill_of(found.hybrid).unserved.values.sum() == 0


def test_that_one_busy_hour_is_seen(catalogue: Catalogue) -> None:
    """Ten times the mean at noon only: a sample of every fourth hour may miss it."""
    rest = (24 - 10) / 23
    hours = [rest] * 13 + [10.0] + [rest] * 10
    profile = {"kind": "hourly", "hours": hours, "within_hour_peak": 1.0}
    found = decide(changed(mixed(), "workload", "chat", profile=profile), catalogue)
    bill = next(b for b in found.evaluation.bill.options if b.option.id == found.hybrid)
    assert bill.hybrid is not None
    room = [check for check in bill.hybrid.checks if check.code == "room"]
    assert room
    values = found.evaluation.values
    assert all(np.min(values.monthly(check.kept)) == 1 for check in room)
    peak = found.evaluation.line(f"option.{found.hybrid}.owned.firm.peak_load")
    assert max(servers_of(found, "owned")) - 1 >= np.max(values.monthly(peak)) / 0.7


def test_that_a_residual_value_counts_to_the_last_cent_and_only_if_it_is_stated(
    catalogue: Catalogue,
) -> None:
    none = changed(mixed(), "options", "owned", residual_share={"value": 0.0})
    some = changed(mixed(), "options", "owned", residual_share={"value": 0.4})
    without, kept = decide(none, catalogue), decide(some, catalogue)
    assert kept.npv < without.npv
    for found in (without, kept):
        assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)
    bill = kept.evaluation.bill_of(kept.hybrid)
    assert bill.categories["resale"].values.sum() < 0


def test_that_servers_are_whole_in_the_plan(catalogue: Catalogue) -> None:
    found = decide(mixed(), catalogue)
    hybrid = next(o for o in found.plan.options if isinstance(o, Hybrid))
    steps = [step.servers for fleet in hybrid.fleets for step in fleet.servers]
    assert steps
    assert all(isinstance(number, int) for number in steps)


def scaled(plan: Plan, factor: float) -> Plan:
    """The same plan in a currency of which one unit is worth so much less."""

    def grow(value: Any) -> Any:
        if isinstance(value, dict):
            if "currency" in value and "value" in value:
                return {**value, "value": value["value"] * factor}
            return {key: grow(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [grow(inner) for inner in value]
        return value

    return Plan.model_validate(grow(plan.model_dump()))


@pytest.mark.parametrize("factor", [1e-5, 1e5])
def test_that_the_size_of_money_does_not_change_a_decision(
    factor: float, catalogue: Catalogue
) -> None:
    plain, large = decide(mixed(), catalogue), decide(scaled(mixed(), factor), catalogue)
    assert large.npv == pytest.approx(plain.npv * factor, rel=SHORT.gap * 2)
    assert large.npv == pytest.approx(large.answer.objective * 1000, rel=1e-6)
    np.testing.assert_array_equal(large.answer.choice.servers, plain.answer.choice.servers)


@pytest.mark.parametrize("factor", [1e-4, 1e3])
def test_that_the_size_of_the_work_is_no_obstacle(factor: float, catalogue: Catalogue) -> None:
    document = mixed().model_dump()
    for one in document["workload"]:
        one["requests"] = {**one["requests"], "value": one["requests"]["value"] * factor}
    found = decide(Plan.model_validate(document), catalogue)
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)
    np.testing.assert_allclose(found.answer.unserved, found.answer.unavoidable, rtol=1e-6)
