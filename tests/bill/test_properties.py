"""What holds for every plan, whatever its figures."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.figure import Share
from pricing.plan.option import SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from tests.bill.oracle import bill_of
from tests.bill.small import api, bill, owned, rented, request_class
from tests.bill.strategies import plans

TODAY = date(2026, 11, 22)
a_few = settings(
    max_examples=25, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


@a_few
@given(plan=plans())
def test_that_a_bill_adds_up(plan: Plan, catalogue: Catalogue) -> None:
    """Categories make the cash, cash the TCO; what is served and what is not make the demand."""
    evaluation = evaluate(plan, catalogue, TODAY)
    demand = evaluation.values.monthly(evaluation.bill.demand.requests)
    for option in evaluation.bills:
        money = max(1e-6, *(float(np.abs(s.values).max()) for s in option.categories.values()))
        parts = np.sum([series.values for series in option.categories.values()], axis=0)
        np.testing.assert_allclose(parts, option.cash.values, rtol=1e-9, atol=1e-9 * money)
        np.testing.assert_allclose(
            option.cash.values.cumsum(), option.cumulative.values, rtol=1e-9, atol=1e-9 * money
        )
        assert option.tco.value == pytest.approx(option.cumulative.values[-1], abs=1e-9 * money)
        served = evaluation.values.monthly(evaluation.line(f"option.{option.id}.requests"))
        bridged = option.unserved.values
        np.testing.assert_allclose(served + bridged, demand, rtol=1e-9, atol=1e-9)
        assert (bridged >= -1e-9 * max(1.0, demand.max())).all()


@a_few
@given(plan=plans())
def test_that_servers_are_never_busier_than_they_can_be(plan: Plan, catalogue: Catalogue) -> None:
    evaluation = evaluate(plan, catalogue, TODAY)
    for option in evaluation.bills:
        if option.utilisation is not None and option.servers is not None:
            use = option.utilisation.values
            assert ((use >= 0) & (use <= 1 + 1e-9)).all()
            assert (option.servers.values == np.rint(option.servers.values)).all()


@a_few
@given(plan=plans(), factor=st.floats(0.1, 20))
def test_that_a_bill_by_the_token_is_proportional_to_volume(
    plan: Plan, factor: float, catalogue: Catalogue
) -> None:
    """Without an agreed minimum, of which less is missing at a larger volume."""
    unbound = {"minimum_spend": TokenPriced.model_fields["minimum_spend"].default}
    options = [
        option.model_copy(update=unbound) if isinstance(option, TokenPriced) else option
        for option in plan.options
    ]
    evaluation = evaluate(plan.model_copy(update={"options": tuple(options)}), catalogue, TODAY)
    tokens = evaluation.bill_of("api").categories["tokens"]
    line = evaluation.line(tokens.key)
    more = evaluation.ledger.evaluate({"demand.volume": factor})
    np.testing.assert_allclose(more.monthly(line), tokens.values * factor, rtol=1e-12)


@a_few
@given(plan=plans(), share=st.floats(0, 1))
def test_that_a_discount_never_raises_what_is_paid(
    plan: Plan, share: float, catalogue: Catalogue
) -> None:
    tokens = plan.options[0]
    discounted = tokens.model_copy(update={"discount": Share(value=share)})
    listed = tokens.model_copy(update={"discount": Share(value=0)})

    def costs(option: Any) -> list[tuple[float, float]]:
        whole = plan.model_copy(update={"options": (option, *plan.options[1:])})
        return [(b.tco.value, b.npv.value) for b in evaluate(whole, catalogue, TODAY).bills]

    for less, full in zip(costs(discounted), costs(listed), strict=True):
        for paid, before in zip(less, full, strict=True):
            assert paid <= before + 1e-9 * max(1.0, abs(before))


@a_few
@given(plan=plans(), low=st.floats(0, 0.1), more=st.floats(0, 0.2))
def test_that_a_higher_discount_rate_never_raises_the_present_value_of_costs(
    plan: Plan, low: float, more: float, catalogue: Catalogue
) -> None:
    evaluation = evaluate(plan, catalogue, TODAY)
    first = evaluation.ledger.evaluate({"finance.discount_rate_per_year": low})
    second = evaluation.ledger.evaluate({"finance.discount_rate_per_year": low + more})
    for option in evaluation.bills:
        if (option.cash.values >= 0).all():
            line = evaluation.line(option.npv.key)
            assert second.number(line) <= first.number(line) * (1 + 1e-12)


@a_few
@given(plan=plans(), seed=st.integers(0, 2**32 - 1))
def test_that_draws_are_what_each_of_them_is_alone(
    plan: Plan, seed: int, catalogue: Catalogue
) -> None:
    evaluation = evaluate(plan, catalogue, TODAY)
    random = np.random.default_rng(seed)
    chosen = random.choice(
        [i.key for i in evaluation.ledger.inputs if i.section.startswith(("option", "demand"))],
        size=3, replace=False,
    )  # fmt: skip
    own = {key: evaluation.values.number(evaluation.ledger.find(key)) for key in chosen}
    draws = {key: value * random.uniform(0.5, 1, 4) for key, value in own.items()}
    together = evaluation.ledger.evaluate(draws)
    for number in range(4):
        alone = evaluation.ledger.evaluate({key: values[number] for key, values in draws.items()})
        for option in evaluation.bills:
            line = evaluation.line(option.cash.key)
            rows = np.broadcast_to(together.monthly(line), (4, plan.months))
            np.testing.assert_allclose(
                rows[number], alone.monthly(line), rtol=1e-9,
                atol=1e-9 * float(np.abs(rows[number]).max()),
            )  # fmt: skip


@a_few
@given(plan=plans(), factor=st.floats(0.05, 8))
def test_that_another_volume_in_the_ledger_is_another_plan(
    plan: Plan, factor: float, catalogue: Catalogue
) -> None:
    """The volume that break-even searches turn is the volume of every class."""
    evaluation = evaluate(plan, catalogue, TODAY)
    values = evaluation.ledger.evaluate({"demand.volume": factor})
    for option in plan.options:
        oracle = bill_of(plan, option, catalogue, factor)
        money = max([1e-6, *(abs(v) for row in oracle.categories.values() for v in row)])
        tco = values.number(evaluation.line(evaluation.bill_of(option.id).tco.key))
        assert tco == pytest.approx(oracle.tco, rel=1e-9, abs=1e-9 * money)


@a_few
@given(plan=plans())
def test_that_more_servers_leave_no_more_undone(plan: Plan, catalogue: Catalogue) -> None:
    fixed = [o for o in plan.options if isinstance(o, SelfHosted) and o.servers is not None]
    assume(fixed)

    def left(extra: int) -> list[float]:
        options = tuple(
            o.model_copy(update={"servers": o.servers + extra, "bridge": None})
            if isinstance(o, SelfHosted) and o.servers is not None
            else o
            for o in plan.options
        )
        whole = plan.model_copy(update={"options": options})
        evaluation = evaluate(whole, catalogue, TODAY)
        unserved = [evaluation.bill_of(o.id).unserved.values for o in fixed]
        assert all((series >= 0).all() for series in unserved)
        requests = evaluation.values.monthly(evaluation.bill.demand.requests).sum()
        return [float(series.sum() / max(requests, 1e-9)) for series in unserved]

    for fewer, more in zip(left(0), left(2), strict=True):
        assert more <= fewer + 1e-12  # of all requests: rounding of a share near 1


def _unmoved(evaluation: Evaluation) -> list[float]:
    return [option.tco.value for option in evaluation.bills]


def test_that_the_order_of_options_and_classes_does_not_matter() -> None:
    options = (api(), owned(lead_time_months=2, bridge="api"), rented(servers=1))
    classes = [request_class(), request_class(id="night", name="Night", urgency="batch")]
    forth = bill(*options, classes=classes)
    back = bill(*reversed(options), classes=classes[::-1])
    assert _unmoved(back) == pytest.approx(_unmoved(forth)[::-1])
