"""What a decision costs, serves and breaks is the same in the ledger as in the optimiser."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st

from pricing.bill.hybrid import HybridLines
from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.optimise.decision import decided, with_hybrid
from pricing.optimise.engine.answer import Answer, Settings
from pricing.optimise.engine.instance import Choice
from pricing.optimise.engine.outcome import Outcome, outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.errors import NothingFoundError
from pricing.optimise.optimise import hybrid_of, optimise
from pricing.optimise.problem.stated import Problem, problem_of
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.optimise.plans import HYBRID, plans, random_choice

TODAY = date(2026, 11, 22)

CHECKS = {
    "capex": "capex",
    "site_kw": "site_power",
    "vendor_share": "vendor_share",
    "vendors": "vendors",
    "quality": "quality_overall",
    "on_premises": "on_premises",
}
"""What a limit of an instance is called among the checks of a hybrid."""

everything = settings(
    deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


def answer_of(choice: Choice, found: Outcome) -> Answer:
    """A choice nobody searched for."""
    return Answer(
        choice, found.money, found.money, 0.0, "optimal", found.unserved, found.unserved,
        0.0, 0.0, (0, 0, 0), found.lost,
    )  # fmt: skip


def lines_of(evaluation: Evaluation) -> HybridLines:
    found = next(bill for bill in evaluation.bill.options if bill.option.id == HYBRID).hybrid
    assert found is not None
    return found


def agree_on_money(evaluation: Evaluation, money: float) -> None:
    """Relative to the cost, or to what cancels out in it."""
    bill = evaluation.bill_of(HYBRID)
    size = sum(float(np.abs(it.values).sum()) for it in bill.categories.values())
    assert money * 1000 == pytest.approx(bill.npv.value, rel=1e-6, abs=1e-9 * size + 1e-6)


def agree_on_unserved(evaluation: Evaluation, problem: Problem, found: Outcome) -> None:
    """Month by month and class by class, requests lost in outages included."""
    routed = {line.asked.key: line for line in lines_of(evaluation).classes}
    for place, job in enumerate(problem.instance.jobs):
        theirs = job.requests * 1000
        if job.key in routed:
            theirs = np.array(evaluation.values.monthly(routed[job.key].unserved))
        size = max(1.0, float(job.requests.max()) * 1000)
        ours = (found.unserved + found.lost)[place] * 1000
        np.testing.assert_allclose(theirs / size, ours / size, atol=1e-6)


def broken_of(evaluation: Evaluation) -> set[str]:
    return {
        check.code
        for check in lines_of(evaluation).checks
        if np.min(evaluation.values.monthly(check.kept)) < 1
    }


@settings(everything, max_examples=100)
@given(plan=plans(), seed=st.integers(0, 1000))
def test_that_any_decision_costs_serves_and_breaks_in_the_ledger_what_the_optimiser_says(
    plan: Plan, seed: int, catalogue: Catalogue
) -> None:
    problem = problem_of(plan, catalogue, hybrid_of(plan, HYBRID), TODAY)
    assume(problem.instance.jobs)
    choice = random_choice(problem.instance, seed)
    found = outcome(Tables(problem.instance), choice)
    hybrid = decided(problem, choice, answer_of(choice, found), TODAY)
    note(f"{hybrid!r}")
    evaluation = evaluate(with_hybrid(plan, hybrid), catalogue, TODAY)
    agree_on_money(evaluation, found.money)
    agree_on_unserved(evaluation, problem, found)
    cached = any(isinstance(o, Hybrid) and o.caches for o in plan.options)
    everybody = found.unserved.max() == 0 and (found.lost.max() == 0 or not cached)
    if everybody and all(job.requests.any() for job in problem.instance.jobs):
        ours = {CHECKS[name] for name in found.broken if name in CHECKS}
        assert ours == broken_of(evaluation) & set(CHECKS.values())


@settings(everything, max_examples=12)
@given(plan=plans())
def test_that_the_best_decision_costs_in_the_ledger_what_the_optimiser_says(
    plan: Plan, catalogue: Catalogue
) -> None:
    bare = plan.model_copy(update={"rules": plan.rules.model_copy(
        update={"capex_per_year": (), "site_power_kw": None, "vendors": 1,
                "most_vendor_share": None, "quality": None, "on_premises": None})})  # fmt: skip
    short = Settings(gap=1e-2, seconds=2)
    if not problem_of(bare, catalogue, hybrid_of(bare, HYBRID), TODAY).instance.jobs:
        with pytest.raises(NothingFoundError):
            optimise(bare, HYBRID, short, catalogue=catalogue, today=TODAY)
        return
    found = optimise(bare, HYBRID, short, catalogue=catalogue, today=TODAY)
    assert found.answer.choice is not None
    agree_on_money(found.evaluation, found.answer.objective)
    assert found.answer.bound <= found.answer.objective
    agree_on_unserved(
        found.evaluation, found.problem,
        outcome(Tables(found.problem.instance), found.answer.choice),
    )  # fmt: skip
