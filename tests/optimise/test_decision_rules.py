"""Rules that a buyer sets are kept by the ledger's own checks of the decision."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from pricing.bill.hybrid import HybridLines
from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.optimise import Optimised, optimise
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
SHORT = Settings(gap=2e-3, seconds=15)


def changed(plan: Plan, option: str, **fields: Any) -> Plan:
    document = plan.model_dump()
    document["options"] = [
        {**it, **fields} if it["id"] == option else it for it in document["options"]
    ]
    return Plan.model_validate(document)


def decide(plan: Plan, catalogue: Catalogue) -> Optimised:
    return optimise(plan, settings=SHORT, catalogue=catalogue, today=TODAY)


def lines_of(found: Optimised) -> HybridLines:
    bill = next(b for b in found.evaluation.bill.options if b.option.id == found.hybrid)
    assert bill.hybrid is not None
    return bill.hybrid


def kept(found: Optimised, code: str) -> bool:
    """Whether the ledger finds the rule kept; it must have checked it at all."""
    checks = [check for check in lines_of(found).checks if check.code == code]
    assert checks
    return all(np.min(found.evaluation.values.monthly(check.kept)) == 1 for check in checks)


def vendors_of(found: Optimised) -> int:
    """Vendors with at least a fifth of all tokens, as the recipes of the decision buy them."""
    tables = Tables(found.problem.instance)
    answered = outcome(tables, found.answer.choice).answered * tables.requests[tables.job]
    tokens = tables.bought @ answered.sum(axis=1)
    return int((tokens >= 0.2 * tokens.sum() * (1 - 1e-6)).sum())


@pytest.mark.parametrize("count", [2, 3])
def test_that_as_many_vendors_serve_as_the_buyer_asks_for(count: int, catalogue: Catalogue) -> None:
    share = {"value": 0.2}
    rules = {"outside": "restricted", "least_vendor_share": share}
    free = decide(mixed(**rules), catalogue)
    found = decide(mixed(**rules, vendors=count), catalogue)
    assert kept(found, "vendors")
    assert vendors_of(free) < count <= vendors_of(found)
    assert found.npv > free.npv
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)


def test_that_no_vendor_serves_more_than_its_share_in_any_year(catalogue: Catalogue) -> None:
    found = decide(
        mixed(outside="restricted", most_vendor_share={"value": 0.6}), catalogue
    )  # fmt: skip
    assert kept(found, "vendor_share")
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)


def test_that_purchases_stay_within_the_cap_of_each_year(catalogue: Catalogue) -> None:
    free = decide(mixed(), catalogue)
    capped = decide(mixed(capex_per_year=[{"value": 900_000}, {"value": 0}]), catalogue)
    assert kept(capped, "capex")
    servers = dict(zip(capped.problem.pools, capped.answer.choice.servers, strict=True))
    assert servers["owned"].max() == 3
    assert capped.answer.unserved.sum() > free.answer.unserved.sum()
    unserved = capped.evaluation.bill_of(capped.hybrid).unserved.values.sum()
    assert unserved == pytest.approx(capped.answer.unserved.sum() * 1000, rel=1e-6)


def test_that_servers_draw_no_more_than_the_site_can_feed(catalogue: Catalogue) -> None:
    found = decide(mixed(site_power_kw={"value": 35}), catalogue)
    assert kept(found, "site_power")
    assert found.answer.choice.servers.max() <= 3


def test_that_a_least_share_on_premises_is_reached(catalogue: Catalogue) -> None:
    found = decide(mixed(on_premises={"value": 0.9}), catalogue)
    assert kept(found, "on_premises")


def test_that_a_least_mean_quality_is_reached_with_the_dearer_model_only_where_needed(
    catalogue: Catalogue,
) -> None:
    found = decide(mixed(quality={"value": 0.82}), catalogue)
    assert kept(found, "quality_overall")
    quality = lines_of(found).quality
    assert quality is not None
    assert found.evaluation.values.number(quality) == pytest.approx(0.82, abs=2e-3)


def test_that_a_minimum_spend_is_paid_or_avoided_as_the_ledger_counts_it(
    catalogue: Catalogue,
) -> None:
    plan = mixed(outside="restricted")
    for option in ("owned", "reserved", "rented"):
        plan = changed(plan, option, most_servers=1, spare_servers=1)
    agreed = changed(plan, "hosted", minimum_spend={"value": 1_000_000})
    before, after = decide(plan, catalogue), decide(agreed, catalogue)
    assert after.npv == pytest.approx(after.answer.objective * 1000, rel=1e-6)
    assert after.npv >= before.npv * (1 - SHORT.gap)


def test_that_confidential_work_stays_inside_and_the_rest_goes_where_it_is_cheapest(
    catalogue: Catalogue,
) -> None:
    """The gateway by class: real-time work inside, work that waits beside it or outside."""
    found = decide(mixed(), catalogue)
    hybrid = next(o for o in found.plan.options if isinstance(o, Hybrid))
    chat = [route for route in hybrid.routes if route.request_class == "chat"]
    assert {use for route in chat for use in route.recipe.uses} == {"owned"}
    assert all(route.overflow is None for route in chat)
    pure = [bill for bill in found.evaluation.bills if bill.id != found.hybrid]
    complete = [bill.npv.value for bill in pure if bill.unserved.values.sum() == 0]
    outside = found.evaluation.bill_of("owned")
    assert outside.unserved.values.sum() > found.evaluation.bill_of(
        found.hybrid).unserved.values.sum()  # fmt: skip
    assert complete


@pytest.mark.parametrize("gain", [0.05, 0.2])
def test_that_a_layered_recipe_is_taken_only_where_it_is_the_cheapest_way_to_the_quality(
    gain: float, catalogue: Catalogue
) -> None:
    """Base by an open model, part of the answers enhanced by a closed one that re-reads them."""
    layered = {
        "kind": "layered", "base": "hosted", "enhancement": "api",
        "enhanced_share": {"value": 0.5}, "quality_gain": {"value": gain},
    }  # fmt: skip
    plan = mixed(outside="restricted", quality={"value": 0.85}, recipes=[layered])
    found = decide(plan, catalogue)
    assert kept(found, "quality_overall")
    assert found.npv == pytest.approx(found.answer.objective * 1000, rel=1e-6)
    hybrid = next(o for o in found.plan.options if isinstance(o, Hybrid))
    used = {route.recipe.kind for route in hybrid.routes}
    assert ("layered" in used) == (gain == 0.2)
