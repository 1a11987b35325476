"""Flags of a hybrid's bill: each rule of the plan is kept or broken by the cells it reads."""

from typing import Any

import pytest

from pricing.evaluation import Evaluation
from tests.bill.hybrids import check, direct, fleet, lines_of, mix
from tests.bill.small import api, bill, owned, rented, request_class


def ruled(*options: dict[str, Any], rules: dict[str, Any], **changes: Any) -> Evaluation:
    return bill(*options, rules=rules, **changes)


def test_that_a_cap_holds_for_its_plan_year_and_the_last_one_for_later_years() -> None:
    """Two servers in year 1, one more in year 3: 200,000, nothing, 100,000."""
    steps = [{"from_month": 1, "servers": 2}, {"from_month": 30, "servers": 3}]
    hybrid = mix(direct("owned", overflow="api"), fleets=[{"option": "owned", "servers": steps}])
    caps = {"capex_per_year": [200_000, 50_000]}
    evaluation = ruled(owned(), api(), hybrid, rules=caps, months=36)
    assert check(evaluation, "capex") == [True, True, False]
    caps = {"capex_per_year": [199_999, 100_000]}
    evaluation = ruled(owned(), api(), hybrid, rules=caps, months=36)
    assert check(evaluation, "capex") == [False, True, True]


@pytest.mark.parametrize(("limit", "kept"), [(20, True), (19.9, False)])
def test_that_the_site_feeds_owned_servers_and_not_rented_ones(limit: float, kept: bool) -> None:
    evaluation = ruled(
        owned(power_kw=10), rented(), api(),
        mix(direct("owned", share=0.5, overflow="api"), direct("rented", share=0.5),
            fleets=[fleet("owned", 2)]),
        rules={"site_power_kw": limit},
    )  # fmt: skip
    assert check(evaluation, "site_power") == [kept]


def test_that_vendors_share_tokens_by_plan_year_and_over_the_horizon() -> None:
    """One API until month 6, then two in halves: 75 and 25 % of a year's tokens."""
    routes = [
        {**direct("api"), "shares": [{"share": 1.0}, {"from_month": 7, "share": 0.5}]},
        {**direct("other"), "shares": [{"from_month": 7, "share": 0.5}]},
    ]
    options = (api(vendor="A"), api(id="other", name="Other", vendor="B"))

    def kept(**rules: Any) -> Evaluation:
        return ruled(*options, mix(*routes), rules=rules)

    assert check(kept(most_vendor_share=0.75), "vendor_share") == [True, True]
    assert check(kept(most_vendor_share=0.74), "vendor_share") == [False, True]
    assert check(kept(vendors=2, least_vendor_share=0.25), "vendors") == [True]
    assert check(kept(vendors=2, least_vendor_share=0.26), "vendors") == [False]


@pytest.mark.parametrize(("least", "kept"), [(0.5, True), (0.51, False)])
def test_that_tokens_count_as_on_premises_where_servers_serve_them(
    least: float, kept: bool
) -> None:
    """One server for a load of two: half is served at home, the rest overflows."""
    evaluation = ruled(
        owned(), api(), mix(direct("owned", overflow="api"), fleets=[fleet("owned", 1)]),
        classes=[request_class(requests=146_000)], rules={"on_premises": least},
    )  # fmt: skip
    assert check(evaluation, "on_premises") == [kept]


@pytest.mark.parametrize(("floor", "kept"), [(0.75, True), (0.76, False)])
def test_that_floors_hold_for_classes_and_for_all_answers(floor: float, kept: bool) -> None:
    evaluation = ruled(
        api(model="one"), api(id="other", name="Other", model="two"),
        mix(direct("api", share=0.5), direct("other", share=0.5)),
        classes=[request_class(quality_floor=floor)], rules={"quality": floor},
        qualities=[{"model": "one", "score": 0.6}, {"model": "two", "score": 0.9}],
    )  # fmt: skip
    assert check(evaluation, "quality") == [kept]
    assert check(evaluation, "quality_overall") == [kept]


def test_that_a_score_that_is_not_known_leaves_no_flag_that_looks_kept() -> None:
    evaluation = ruled(
        api(model="one"), mix(direct("api")), classes=[request_class(quality_floor=0.5)],
        rules={"quality": 0.5},
    )  # fmt: skip
    assert lines_of(evaluation).quality is None
    assert check(evaluation, "quality") == []
    assert check(evaluation, "quality_overall") == []


def test_that_a_share_that_is_missing_shows() -> None:
    evaluation = bill(api(), mix(direct("api", share=0.9)))
    assert check(evaluation, "served") == [False]
    assert evaluation.bill_of("mix").unserved.values == pytest.approx([7300.0] * 12)


def test_that_a_rule_says_what_is_held_against_which_limit() -> None:
    """75 and 25 % of a year's tokens; a score of 0.6, from month 7 on 0.9 for half."""
    routes = [
        {**direct("api"), "shares": [{"share": 1.0}, {"from_month": 7, "share": 0.5}]},
        {**direct("other"), "shares": [{"from_month": 7, "share": 0.5}]},
    ]
    evaluation = ruled(
        api(vendor="A", model="one"), api(id="other", name="Other", vendor="B", model="two"),
        mix(*routes), rules={"most_vendor_share": 0.8, "quality": 0.6, "capex_per_year": [1000]},
        classes=[request_class(quality_floor=0.6)],
        qualities=[{"model": "one", "score": 0.6}, {"model": "two", "score": 0.9}],
    )  # fmt: skip
    found: dict[str, list[tuple[float, float, float]]] = {}
    for rule in lines_of(evaluation).checks:
        if rule.held is not None and rule.limit is not None:
            held = evaluation.values.monthly(rule.held)
            limit = float(evaluation.values.monthly(rule.limit)[0])
            found.setdefault(rule.code, []).append((float(held.min()), float(held.max()), limit))
    assert found["vendor_share"] == [
        pytest.approx((0.75, 0.75, 0.8)), pytest.approx((0.25, 0.25, 0.8)),
    ]  # fmt: skip
    assert found["quality"] == [pytest.approx((0.6, 0.75, 0.6))]
    assert found["quality_overall"] == [pytest.approx((0.675, 0.675, 0.6))]
    assert found["capex"] == [(0.0, 0.0, 1000.0)]


def test_that_a_month_without_answers_stands_at_its_floor_and_not_at_nothing() -> None:
    late = [{"from_month": 4, "share": 1.0}]
    evaluation = ruled(
        api(model="one"), mix(direct("api", shares=late)), rules={},
        classes=[request_class(quality_floor=0.7)], qualities=[{"model": "one", "score": 0.8}],
    )  # fmt: skip
    (rule,) = [rule for rule in lines_of(evaluation).checks if rule.code == "quality"]
    assert rule.held is not None
    held = evaluation.values.monthly(rule.held)
    assert held == pytest.approx([0.7] * 3 + [0.8] * 9)
    assert check(evaluation, "quality") == [True]
