"""What a meeting asks of a decision, against deciding again from nothing and closed forms."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import hybrid_of, optimise
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.first_server import first_server
from pricing.optimise.questions.vendors import without_vendors
from pricing.plan.figure import Price
from pricing.plan.plan import Plan
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
TIGHT = Settings(gap=1e-4, seconds=15)


def ask(plan: Plan, catalogue: Catalogue) -> Asked:
    return Asked(plan, catalogue, hybrid_of(plan, None), TODAY, TIGHT)


def test_that_servers_overflow_to_the_next_supplier_when_one_is_done_without(
    catalogue: Catalogue,
) -> None:
    """A supplier that another one beats everywhere is offered all the same."""
    plan = mixed()
    dear = plan.options[1].model_copy(update={"id": "dear", "name": "Dear", "vendor": "Dear"})
    prices = dear.prices.model_copy(update={"input": Price(value=0.7), "output": Price(value=2)})
    dear = dear.model_copy(update={"prices": prices})
    plan = plan.model_copy(update={"options": (*plan.options, dear)})
    asked = ask(plan, catalogue)
    without = {found.vendor: found for found in without_vendors(asked)}
    assert without["Two"].used
    bare = plan.model_copy(update={"options": tuple(o for o in plan.options if o.id != "hosted")})
    alone = optimise(bare, settings=TIGHT, catalogue=catalogue, today=TODAY)
    assert without["Two"].npv == pytest.approx(alone.npv, rel=1e-3)
    assert without["Two"].more == pytest.approx(alone.npv - asked.answer().objective * 1000,
                                                rel=0.05)  # fmt: skip
    assert not without["Dear"].used
    assert without["Dear"].more == 0
    assert without["Four"].npv is None


def one_pool(**work: Any) -> Plan:
    """Batch work on servers rented by the month, or at a supplier: a rent of 7,200 a month."""
    return Plan.model_validate(
        {
            "name": "One pool", "start": "2027-01", "months": 12,
            "calendar": {"days_per_month": 30},
            "workload": [
                {"id": "work", "name": "Work", "requests": 100_000, "per": "month",
                 "input_tokens": 1000, "output_tokens": 500, "urgency": "batch",
                 "profile": {"kind": "peak-to-average", "ratio": 1.0}, **work},
            ],
            "options": [
                {"kind": "hosted_open", "id": "api", "name": "Supplier",
                 "prices": {"input": 4, "output": 16}},
                {"kind": "rented_gpus", "id": "rented", "name": "Rented", "price_per_hour": 10,
                 "capacity": {"requests_per_hour": 5000, "usable_share": 0.8}},
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize("requests", [20_000, 100_000, 1_500_000])
def test_that_the_first_server_pays_where_its_rent_equals_what_the_supplier_asks(
    requests: int, catalogue: Catalogue
) -> None:
    asked = ask(one_pool(requests=requests), catalogue)
    found = first_server(asked)
    per_request = (1000 * 4 + 500 * 16) / 1e6
    break_even = 10 * 24 * 30 / per_request
    assert break_even < 5000 * 0.8 * 24 * 30
    assert found.requests_per_month == pytest.approx(break_even, rel=1e-2)
    assert found.multiple == pytest.approx(break_even / requests, rel=1e-2)


def test_that_work_that_only_servers_may_serve_is_left_out_of_when_they_pay(
    catalogue: Catalogue,
) -> None:
    """The break-even of the other work is what it is alone, though servers are there anyway."""
    plan = one_pool()
    secret = plan.workload[0].model_copy(
        update={"id": "secret", "name": "Secret", "sensitivity": "confidential"}
    )
    rented = plan.options[1].model_copy(update={"accepts": "confidential"})
    both = plan.model_copy(
        update={"workload": (secret, *plan.workload), "options": (plan.options[0], rented)}
    )
    asked = ask(both, catalogue)
    best = asked.answer()
    assert best.choice is not None
    assert best.choice.servers.any()
    found = first_server(asked)
    assert found.needed == ("secret",)
    assert found.others
    break_even = 10 * 24 * 30 / ((1000 * 4 + 500 * 16) / 1e6)
    assert found.requests_per_month == pytest.approx(break_even, rel=1e-2)
    alone = first_server(ask(both.model_copy(update={"workload": (secret,)}), catalogue))
    assert alone.needed == ("secret",)
    assert not alone.others
    assert alone.multiple is None


def test_that_rules_that_ask_for_servers_are_not_told_as_servers_that_pay(
    catalogue: Catalogue,
) -> None:
    plan = mixed(on_premises={"value": 0.01})
    waiting = tuple(one for one in plan.workload if one.id != "chat")
    owned = plan.options[-1].model_copy(update={"lead_time_months": 0})
    plan = plan.model_copy(
        update={"workload": waiting, "options": (*plan.options[:-1], owned), "months": 12}
    )
    found = first_server(ask(plan, catalogue))
    assert not found.needed
    assert found.forced
    assert found.multiple is None


def test_that_servers_that_never_pay_are_said_never_to_pay(catalogue: Catalogue) -> None:
    plan = one_pool(requests=1000)
    rented = plan.options[1].model_copy(update={"price_per_hour": Price(value=100_000)})
    asked = ask(plan.model_copy(update={"options": (plan.options[0], rented)}), catalogue)
    assert first_server(asked).multiple is None


def test_that_growth_moves_the_first_server_no_further_than_its_best_month(
    catalogue: Catalogue,
) -> None:
    """Rented by the month, a server pays as soon as it pays in the busiest month."""
    growing = ask(one_pool(growth={"kind": "monthly", "rate": 0.05}), catalogue)
    found = first_server(growing)
    busiest = 1.05**11
    break_even = 10 * 24 * 30 / ((1000 * 4 + 500 * 16) / 1e6)
    assert found.multiple == pytest.approx(break_even / (100_000 * busiest), rel=1e-2)
    assert np.isfinite(found.requests_per_month)
