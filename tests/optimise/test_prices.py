"""What rules cost: within limits that hold, against deciding from nothing without each rule."""

from datetime import date

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import hybrid_of, optimise
from pricing.optimise.problem.stated import problem_of
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.prices import TRIFLE, RulePrice, excludes_nothing, rule_prices
from pricing.optimise.questions.rules import rules_of
from pricing.plan.figure import Share
from pricing.plan.plan import Plan
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
TIGHT = Settings(gap=1e-4, seconds=15)
ROUGH = Settings(gap=TRIFLE, seconds=6)


def ruled() -> Plan:
    """Own servers are there from the first month on, so that every rule has a price."""
    plan = mixed(site_power_kw={"value": 60}, vendors=2, most_vendor_share={"value": 0.8},
                 capex_per_year=[5_000_000])  # fmt: skip
    owned = plan.options[-1].model_copy(update={"lead_time_months": 0, "most_servers": 9})
    chat = plan.workload[0].model_copy(update={"quality_floor": Share(value=0.7)})
    return plan.model_copy(
        update={"options": (*plan.options[:-1], owned), "months": 12,
                "workload": (chat, *plan.workload[1:])}
    )  # fmt: skip


def ask(plan: Plan, catalogue: Catalogue, settings: Settings) -> Asked:
    return Asked(plan, catalogue, hybrid_of(plan, None), TODAY, settings)


@pytest.fixture(scope="module")
def alone(catalogue: Catalogue) -> dict[str, float]:
    """Least cost with all rules, and without each of them, decided from nothing."""
    plan = ruled()
    plans = {"": plan} | {rule.path: rule.lifted(plan) for rule in rules_of(plan)}
    return {
        path: optimise(one, settings=TIGHT, catalogue=catalogue, today=TODAY).npv
        for path, one in plans.items()
    }


@pytest.mark.parametrize("settings", [TIGHT, ROUGH], ids=["tight", "rough"])
def test_that_the_price_of_a_rule_lies_within_its_limits(
    settings: Settings, alone: dict[str, float], catalogue: Catalogue
) -> None:
    asked, told = ask(ruled(), catalogue, settings), list[RulePrice]()
    prices = rule_prices(asked, told.append)
    assert {one.rule.path for one in prices} == alone.keys() - {""}
    assert {one.rule.path for one in told} == {one.rule.path for one in prices}
    for one in prices:
        true = alone[""] - alone[one.rule.path]
        assert one.price is not None
        assert 0 <= one.low <= one.price <= one.high
        # each of the two decided from nothing may be its gap dearer than the cheapest
        assert one.low <= true + TIGHT.gap * alone[""]
        assert one.high >= true - TIGHT.gap * alone[""]
        if settings is TIGHT:
            assert one.high - one.low <= 2.5 * TIGHT.gap * one.bill
    assert any(one.low > 0.01 * one.bill for one in prices)


def test_that_rules_a_meeting_asks_for_come_first(catalogue: Catalogue) -> None:
    codes = [one.rule.code for one in rule_prices(ask(ruled(), catalogue, ROUGH))]
    assert codes[0] == "data"
    assert codes[-1] == "most_servers"


def test_that_a_rule_that_rules_nothing_out_costs_nothing_without_deciding(
    catalogue: Catalogue,
) -> None:
    prices = {one.rule.code: one for one in rule_prices(ask(ruled(), catalogue, ROUGH))}
    assert prices["quality_floor"].idle  # every option that may serve the chat scores 0.8
    assert prices["most_servers"].idle  # 60 kW feed five servers of 10.2 kW
    for code in ("quality_floor", "most_servers"):
        assert prices[code].high == 0
        assert prices[code].answer is None
    assert not prices["data"].idle
    assert not prices["site_power"].idle


@pytest.mark.parametrize(
    ("changes", "idle"),
    [
        ({"site_power_kw": {"value": 25}}, True), ({"site_power_kw": {"value": 300}}, False),
        ({}, False),
    ],
)  # fmt: skip
def test_that_most_servers_restrict_only_what_the_site_can_feed(
    changes: dict[str, object], idle: bool, catalogue: Catalogue
) -> None:
    plan = mixed(**changes)
    owned = plan.options[-1].model_copy(update={"most_servers": 3})
    plan = plan.model_copy(update={"options": (*plan.options[:-1], owned)})
    rule = next(one for one in rules_of(plan) if one.code == "most_servers")
    hybrid = hybrid_of(plan, None)
    stated = problem_of(plan, catalogue, hybrid, TODAY)
    lifted = problem_of(rule.lifted(plan), catalogue, hybrid, TODAY)
    assert excludes_nothing(stated.instance, lifted.instance) is idle
    assert excludes_nothing(stated.instance, stated.instance)


def test_that_a_stopped_question_tells_what_was_found(catalogue: Catalogue) -> None:
    asked, told = ask(ruled(), catalogue, ROUGH), list[RulePrice]()
    asked.answer()
    asked.cancel = lambda: bool(told)
    prices = rule_prices(asked, told.append)
    assert [one.rule for one in prices] == [one.rule for one in told]
    assert all(one.idle for one in prices)
    assert len(prices) == 1


def test_that_a_rule_with_which_not_everything_is_served_has_no_price(
    catalogue: Catalogue,
) -> None:
    plan = mixed(capex_per_year=[1])
    rented = [o.model_copy(update={"most_servers": 1}) if o.id in {"rented", "reserved"} else o
              for o in plan.options]  # fmt: skip
    asked = ask(plan.model_copy(update={"options": tuple(rented)}), catalogue, ROUGH)
    prices = {one.rule.code: one for one in rule_prices(asked)}
    assert prices["capex"].price is None
    assert prices["capex"].unserved > 0
    assert np.isinf(prices["capex"].high)
