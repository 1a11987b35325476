"""From which volume an option is cheaper, against a fine scan of volumes."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pricing.analysis import break_even_volume
from pricing.catalogue import Catalogue, load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation, FloatArray
from pricing.plan.plan import Plan
from tests.bill.small import api, bill, rented, request_class
from tests.bill.strategies import plans

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def per_request(price: float) -> dict[str, object]:
    return api(prices={"input": 0, "output": 0}, cost_per_request=price)


def test_that_a_break_even_between_two_whole_servers_is_found() -> None:
    """7,300 USD a server of 73,000 requests against 0.15 USD a request.

    One server is cheaper from 2/3 of its load; the second one makes it dearer until 4/3.
    """
    found = break_even_volume(bill(per_request(0.15), rented()), "rented", "api")
    assert found.answer == "volume"
    assert found.multiple == pytest.approx(2 / 3)
    assert found.requests_per_month == pytest.approx(73_000 * 2 / 3)
    assert found.lasting_from == pytest.approx(4 / 3)


def test_that_a_fleet_with_too_many_steps_to_walk_is_searched_beyond_the_plan() -> None:
    """300 times the load: the same places, 300 times earlier, though the walk skips steps."""
    many = [request_class(requests=300 * 73_000)]
    found = break_even_volume(bill(per_request(0.15), rented(), classes=many), "rented", "api")
    assert found.multiple == pytest.approx(2 / 3 / 300, rel=1e-9)
    assert found.lasting_from == pytest.approx(4 / 3 / 300, rel=1e-9)
    assert found.searched_to >= 20


def test_that_whole_servers_that_are_always_dearer_never_break_even() -> None:
    """Even a full server costs 0.1 USD a request."""
    found = break_even_volume(bill(per_request(0.099), rented()), "rented", "api")
    assert (found.answer, found.multiple, found.lasting_from) == ("never", None, None)
    assert found.searched_to > 1


def test_that_a_price_of_exactly_a_full_server_is_even_when_it_is_full() -> None:
    found = break_even_volume(bill(per_request(0.1), rented()), "rented", "api")
    assert found.multiple == pytest.approx(1)


def test_that_the_token_price_wins_at_any_small_volume() -> None:
    found = break_even_volume(bill(per_request(0.15), rented()), "api", "rented")
    assert found.answer == "already"
    assert found.multiple == 0
    assert found.lasting_from is None


def test_that_a_fixed_number_of_servers_with_a_bridge_breaks_even_once() -> None:
    """Beyond its load the overflow costs the same in both, so the lead stays."""
    found = break_even_volume(
        bill(per_request(0.2), rented(servers=1, bridge="api")), "rented", "api"
    )
    assert found.multiple == pytest.approx(0.5)
    assert found.lasting_from == pytest.approx(0.5)


def differences(evaluation: Evaluation, one: str, two: str, volumes: FloatArray) -> FloatArray:
    lines = [evaluation.line(evaluation.bill_of(name).tco.key) for name in (one, two)]
    values = evaluation.ledger.evaluate({"demand.volume": volumes}, only=tuple(lines))
    first, second = (np.broadcast_to(values.array(x)[..., 0], volumes.shape) for x in lines)
    return first - second


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(plan=plans())
def test_that_no_scan_of_volumes_finds_an_earlier_or_a_missed_break_even(
    plan: Plan, catalogue: Catalogue
) -> None:
    """4,000 volumes up to the end of the search: dearer at all below, cheaper at all that last."""
    evaluation = evaluate(plan, catalogue, TODAY)
    for one, two in (("first", "api"), ("api", "first")):
        found = break_even_volume(evaluation, one, two)
        top = found.searched_to
        load = evaluation.values.monthly(evaluation.line("option.first.peak_load"))
        # Less than a hundred-millionth of a server is no load.
        least = max([1e-4, *(3e-8 / load[load > 0])])
        if least >= top:
            continue
        volumes = np.unique(
            np.concatenate([np.linspace(least, top, 3000), np.geomspace(least, top, 1000)])
        )
        scan = differences(evaluation, one, two, volumes)
        slack = 1e-7 * max(
            1.0, float(np.abs(scan).max()), abs(evaluation.bill_of(one).tco.value)
        )  # fmt: skip
        if found.answer == "never":
            assert (scan > -slack).all()
            continue
        assert found.multiple is not None
        assert (scan[volumes < found.multiple * (1 - 1e-6)] > -slack).all()
        if found.answer == "volume":
            at = differences(evaluation, one, two, np.array([found.multiple * (1 + 2e-8)]))
            assert at[0] <= slack
        if found.lasting_from is None:
            assert scan[-1] > -slack
        else:
            assert (scan[volumes > found.lasting_from * (1 + 1e-6)] < slack).all()
