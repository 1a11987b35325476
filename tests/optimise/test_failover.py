"""Who takes over during outages, and what is lost where nobody may."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.optimise.engine.answer import Settings
from pricing.optimise.lost import lost_in_outages, total_lost
from pricing.optimise.optimise import Optimised, hybrid_of, optimise
from pricing.optimise.problem.stated import Problem, problem_of
from pricing.optimise.questions.asked import mean_quality
from pricing.plan.figure import Price
from pricing.plan.file import load_plan
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.resources import resource
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
COARSE = Settings(gap=1e-2, seconds=30)
CASCADE = {
    "kind": "cascade", "small": "hosted", "large": "api", "correlation": {"value": 0.2},
    "accepts_right": {"value": 0.8}, "accepts_wrong": {"value": 0.2},
}  # fmt: skip


def plan_of(available: dict[str, float], options: set[str] | None = None, **rules: Any) -> Plan:
    """The mix with availability stated for some options."""
    document = mixed(**rules).model_dump()
    document["options"] = [
        one for one in document["options"] if options is None or one["id"] in options
    ]
    for option in document["options"]:
        if option["id"] in available:
            option["availability"] = {"value": available[option["id"]]}
    document["workload"] = [one for one in document["workload"] if one["id"] != "chat"]
    return Plan.model_validate(document)


def ways_of(problem: Problem, kind: str) -> list[tuple[str | None, bool]]:
    """Failover of each way of a kind to answer searches, and whether it loses any requests."""
    return [
        (way.failover, recipe.lost is not None)
        for recipe, way in zip(problem.instance.recipes, problem.ways, strict=True)
        if way.candidate.recipe.kind == kind
        and way.candidate.request_class == "search"
        and recipe.overflow is None
    ]


def decide(plan: Plan, catalogue: Catalogue) -> Optimised:
    return optimise(plan, None, COARSE, catalogue=catalogue, today=TODAY)


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ({"hosted": 0.99}, [("api", False), (None, True)]),
        ({"hosted": 0.99, "api": 0.999}, [(None, True)]),
        ({"api": 0.999}, [("hosted", False), (None, True)]),
        ({}, [(None, False)]),
    ],
)
def test_that_a_stage_takes_over_only_if_it_is_always_up(
    available: dict[str, float], expected: list[tuple[str | None, bool]], catalogue: Catalogue
) -> None:
    """The ledger counts a failover as up, so that it must be up when the recipe is not."""
    plan = plan_of(available, {"api", "hosted"}, recipes=[CASCADE])
    problem = problem_of(plan, catalogue, hybrid_of(plan, None), TODAY)
    assert ways_of(problem, "cascade") == expected


def test_that_a_decision_loses_nothing_where_somebody_may_take_over(catalogue: Catalogue) -> None:
    found = decide(plan_of({"hosted": 0.99}, {"api", "hosted"}), catalogue)
    assert found.answer.lost.sum() == 0
    assert lost_in_outages(found.evaluation, found.hybrid) == ()
    hybrid = next(o for o in found.plan.options if isinstance(o, Hybrid))
    assert {r.failover for r in hybrid.routes if "hosted" in r.recipe.uses} == {"api"}


def test_that_what_is_bought_for_failover_is_proven_where_nothing_can_overflow(
    catalogue: Catalogue,
) -> None:
    """API is set up for a twentieth of the work; without servers nobody can do without that."""
    plan = plan_of({"hosted": 0.95}, {"api", "hosted"})
    costly = [
        one.model_copy(update={"setup_cost": Price(value=200_000)}) if one.id == "api" else one
        for one in plan.options
    ]
    found = decide(plan.model_copy(update={"options": tuple(costly)}), catalogue)
    assert {way.overflow for way in found.problem.ways} == {None}
    assert found.answer.status == "optimal"


def test_that_what_nobody_takes_over_is_in_the_answer_and_in_the_ledger(
    catalogue: Catalogue,
) -> None:
    found = decide(plan_of({"hosted": 0.99}, {"hosted"}), catalogue)
    jobs = {job.key: place for place, job in enumerate(found.problem.instance.jobs)}
    lost = lost_in_outages(found.evaluation, found.hybrid)
    assert {(one.request_class, one.options) for one in lost} == {
        ("search", ("hosted",)), ("documents", ("hosted",)),
    }  # fmt: skip
    for one in lost:
        requests = found.problem.instance.jobs[jobs[one.request_class]].requests * 1000
        np.testing.assert_allclose(one.monthly, 0.01 * requests, rtol=1e-9)
        ours = found.answer.lost[jobs[one.request_class]] * 1000
        np.testing.assert_allclose(one.monthly, ours, rtol=1e-9)
        assert one.requests == pytest.approx(0.01 * requests.sum())
    unserved = found.evaluation.bill_of(found.hybrid).unserved.values
    np.testing.assert_allclose(total_lost(lost, found.plan.months), unserved, rtol=1e-9)
    assert found.answer.unserved.sum() == 0
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)
    assert found.answer.bound <= found.answer.objective


def test_that_rules_come_before_failover(catalogue: Catalogue) -> None:
    """All tokens stay on premises, so that no supplier may stand in for own servers."""
    plan = plan_of({"owned": 0.99}, {"hosted", "owned"}, on_premises={"value": 1.0})
    late = plan.model_dump()
    for option in late["options"]:
        if option["id"] == "owned":
            option["lead_time_months"] = 0
    found = decide(Plan.model_validate(late), catalogue)
    requests = sum(job.requests.sum() for job in found.problem.instance.jobs)
    assert found.answer.unserved.sum() == pytest.approx(0.0, abs=1e-9)
    assert found.answer.lost.sum() == pytest.approx(0.01 * requests, rel=1e-6)
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)
    lost = lost_in_outages(found.evaluation, found.hybrid)
    assert sum(one.requests for one in lost) == pytest.approx(10 * requests, rel=1e-6)


def test_that_the_mean_score_of_what_is_answered_is_the_one_of_the_ledger(
    catalogue: Catalogue,
) -> None:
    """Searches are answered by the better model only and lose a tenth, documents lose nothing."""
    document = plan_of({"api": 0.9}, {"api", "hosted"}).model_dump()
    for option, served in (("api", ("search",)), ("hosted", ("documents",))):
        next(one for one in document["options"] if one["id"] == option)["serves"] = served
    found = decide(Plan.model_validate(document), catalogue)
    assert found.answer.choice is not None
    assert found.answer.lost.sum() > 0
    lines = next(o.hybrid for o in found.evaluation.bill.options if o.option.id == found.hybrid)
    assert lines is not None
    assert lines.quality is not None
    ours = mean_quality(found.problem.instance, found.answer.choice)
    assert ours == pytest.approx(found.evaluation.values.number(lines.quality), rel=1e-9)


def test_that_servers_are_not_bought_for_a_thousandth_of_the_work(catalogue: Catalogue) -> None:
    """Own servers behind which the supplier stands would lose nothing, but cost far more."""
    honest = decide(plan_of({"hosted": 0.999}, {"hosted", "owned"}), catalogue)
    silent = decide(plan_of({}, {"hosted", "owned"}), catalogue)
    assert honest.answer.lost.sum() == pytest.approx(
        0.001 * sum(job.requests.sum() for job in honest.problem.instance.jobs)
    )
    assert honest.npv <= silent.npv


def test_that_the_sample_loses_nothing_though_purchases_are_capped(catalogue: Catalogue) -> None:
    """Its cascade has a hosted model that is down at times and a large one that is not."""
    sample = load_plan(resource("samples/hybrid_routing.reckon"))
    capped = sample.model_dump()
    capped["rules"]["capex_per_year"] = [{"value": 0}]
    found = decide(Plan.model_validate(capped), catalogue)
    assert found.answer.answered_by_nobody.sum() == 0
    assert found.answer.gap <= COARSE.gap  # not stuck on work sent to servers only to overflow
    again = evaluate(found.plan, catalogue, TODAY)
    assert again.bill_of(found.hybrid).unserved.values.sum() == pytest.approx(0.0, abs=1e-6)
