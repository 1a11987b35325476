"""Every hybrid of any plan agrees with a simulation written apart from the engine."""

from datetime import date

from hypothesis import HealthCheck, Phase, given, note, settings

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.bill.hybrid_strategies import hybrid_plans
from tests.bill.oracle import OracleHybrid, hybrid_of
from tests.bill.test_second_opinion import agree

TODAY = date(2026, 11, 22)


def check(evaluation: Evaluation, option: str, oracle: OracleHybrid) -> None:
    engine = evaluation.bill_of(option)
    money = max([1e-6, *(abs(amount) for row in oracle.categories.values() for amount in row)])
    for name in {*engine.categories, *oracle.categories}:
        ours = engine.categories[name].values if name in engine.categories else 0.0
        agree(name, ours, oracle.categories.get(name, 0.0), money)
    agree("cash", engine.cash.values, oracle.cash, money)
    agree("tco", engine.tco.value, oracle.tco, money)
    agree("npv", engine.npv.value, oracle.npv, money)
    unit = max(abs(oracle.per_request), abs(oracle.per_million_tokens)) * max(
        1.0, money / max(abs(oracle.tco), 1e-9)
    )
    agree("per request", engine.per_request.value, oracle.per_request, unit)
    agree("per Mtok", engine.per_million_tokens.value, oracle.per_million_tokens, unit)
    agree("unserved", engine.unserved.values, oracle.unserved, max([1.0, *oracle.unserved]))
    check_members(evaluation, option, oracle, money)


def check_members(evaluation: Evaluation, option: str, oracle: OracleHybrid, money: float) -> None:
    lines = next(bill for bill in evaluation.bill.options if bill.option.id == option)
    assert lines.hybrid is not None
    values = evaluation.values
    servers = evaluation.bill_of(option).servers
    agree("servers", 0.0 if servers is None else servers.values, oracle.servers, 0)
    assert {member.option.id for member in lines.hybrid.members} == set(oracle.members)
    for member in lines.hybrid.members:
        name = member.option.id
        agree(f"cash of {name}", values.monthly(member.cash), oracle.members[name], money)
        if name in oracle.in_service:
            ours = values.monthly(evaluation.line(f"option.{option}.{name}.in_service"))
            agree(f"servers of {name}", ours, oracle.in_service[name], 0)
    for line in lines.hybrid.classes:
        theirs = oracle.quality[line.asked.key]
        assert (line.quality is None) == (theirs is None)
        if line.quality is not None:
            agree(f"quality of {line.asked.key}", values.monthly(line.quality), theirs, 1)
    assert (lines.hybrid.quality is None) == (oracle.overall is None)
    if lines.hybrid.quality is not None:
        agree("quality", values.number(lines.hybrid.quality), oracle.overall, 1)


@settings(
    max_examples=60, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(plan=hybrid_plans())
def test_that_the_bill_of_any_hybrid_equals_a_simulation_month_by_month(
    plan: Plan, catalogue: Catalogue
) -> None:
    evaluation = evaluate(plan, catalogue, TODAY)
    for option in plan.options:
        if isinstance(option, Hybrid):
            note(f"{option!r}")
            check(evaluation, option.id, hybrid_of(plan, option, catalogue))
