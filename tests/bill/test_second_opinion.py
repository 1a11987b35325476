"""Every option of any plan agrees with a simulation written apart from the engine."""

from datetime import date

import numpy as np
from hypothesis import HealthCheck, Phase, given, note, settings

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import OptionBill
from pricing.plan.plan import Plan
from tests.bill.oracle import OracleBill, bill_of
from tests.bill.strategies import plans

TODAY = date(2026, 11, 22)
CLOSE = 1e-9


def agree(name: str, ours: object, theirs: object, scale: float) -> None:
    """Numbers or series agree to a billionth of the size of the money (or load) they stand for."""
    np.testing.assert_allclose(
        np.asarray(ours, float), np.asarray(theirs, float), rtol=CLOSE, atol=CLOSE * scale,
        err_msg=name,
    )  # fmt: skip


def check(engine: OptionBill, oracle: OracleBill) -> None:
    money = max([1e-6, *(abs(amount) for row in oracle.categories.values() for amount in row)])
    for name in {*engine.categories, *oracle.categories}:
        ours = engine.categories[name].values if name in engine.categories else 0.0
        agree(name, ours, oracle.categories.get(name, 0.0), money)
    agree("cash", engine.cash.values, oracle.cash, money)
    agree("cumulative", engine.cumulative.values, oracle.cumulative, money)
    agree("tco", engine.tco.value, oracle.tco, money)
    agree("npv", engine.npv.value, oracle.npv, money)
    agree("peak cash", engine.peak_cash.value, oracle.peak_cash, money)
    unit = max(abs(oracle.per_request), abs(oracle.per_million_tokens)) * max(
        1.0, money / max(abs(oracle.tco), 1e-9)
    )
    agree("per request", engine.per_request.value, oracle.per_request, unit)
    agree("per Mtok", engine.per_million_tokens.value, oracle.per_million_tokens, unit)
    agree("unserved", engine.unserved.values, oracle.unserved, max([1.0, *oracle.unserved]))
    if oracle.servers is None or oracle.utilisation is None:
        assert engine.servers is None
        assert engine.utilisation is None
        return
    assert engine.servers is not None
    assert engine.utilisation is not None
    assert engine.mean_utilisation is not None
    agree("servers", engine.servers.values, oracle.servers, 0)
    agree("utilisation", engine.utilisation.values, oracle.utilisation, 1)
    agree("mean utilisation", engine.mean_utilisation.value, oracle.mean_utilisation, 1)


@settings(
    max_examples=80, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(plan=plans())
def test_that_the_bill_of_any_plan_equals_a_simulation_month_by_month(
    plan: Plan, catalogue: Catalogue
) -> None:
    evaluation = evaluate(plan, catalogue, TODAY)
    for option in plan.options:
        note(f"option {option.id}: {option!r}")
        check(evaluation.bill_of(option.id), bill_of(plan, option, catalogue))
