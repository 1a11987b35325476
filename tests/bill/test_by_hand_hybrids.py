"""One example worked by hand for each rule of hybrids: recipes, cache, outages, servers, money."""

from typing import Any

import numpy as np
import pytest

from tests.bill.hybrids import category, check, direct, fleet, lines_of, mix, monthly, route
from tests.bill.small import api, bill, owned, rented, request_class

FREE = {"input": 0, "output": 0}


def per_request(identifier: str, price: float, **changes: Any) -> dict[str, Any]:
    """An option that charges by the request only."""
    return api(id=identifier, name=identifier, prices=FREE, cost_per_request=price, **changes)


def layered(share: float, **changes: Any) -> dict[str, Any]:
    return {"kind": "layered", "base": "base", "enhancement": "more", "enhanced_share": share,
            **changes}  # fmt: skip


def cascade(**changes: Any) -> dict[str, Any]:
    """Of 0.6 and 0.8, both right 0.5: 0.1 × 0.6 + 0.8 × 0.4 = 0.38 of the answers go on."""
    return {"kind": "cascade", "small": "small", "large": "large", "accepts_right": 0.9,
            "accepts_wrong": 0.2, "both_right": 0.5, **changes}  # fmt: skip


def scored(*scores: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"model": model, "score": score} for model, score in scores]


def cluster(identifier: str, **changes: Any) -> dict[str, Any]:
    """A rented server of 10 USD an hour that does 100 requests an hour, with a model."""
    return rented(id=identifier, name=identifier, serves_model=identifier, **changes)


@pytest.mark.parametrize(("share", "cost"), [(1.0, 0.010), (0.4, 0.0058), (0.0, 0.003)])
def test_that_every_request_pays_the_base_and_a_share_the_enhancement(
    share: float, cost: float
) -> None:
    """A10: 0.003 + 0.007 = 0.010 USD where all answers are enhanced."""
    evaluation = bill(
        per_request("base", 0.003), per_request("more", 0.007), mix(route(layered(share)))
    )
    assert evaluation.bill_of("mix").per_request.value == pytest.approx(cost)


def test_that_an_enhancement_reads_request_and_first_answer() -> None:
    """Of 1,000 + 200 tokens 600 are prefix as before: 73,000 × 0.5 × (600 × 3 + 600 × 0.3 +
    200 × 15) / 1e6 = 181.77 USD."""
    cached = request_class(cacheable_share=0.6)
    prices = {"input": 3, "output": 15, "cached_input": 0.3}
    evaluation = bill(
        per_request("base", 0), api(id="more", name="more", prices=prices),
        mix(route(layered(0.5))), classes=[cached],
    )  # fmt: skip
    assert category(evaluation, "tokens") == pytest.approx([181.77] * 12)


def test_that_servers_that_enhance_are_busy_with_the_longer_input() -> None:
    """(1,200 - 600) / 1,000 + 200 / 100 = 2.6 s; half of 100 an hour keep 0.0361 servers busy."""
    work = {"output_tokens_per_second": 100, "input_tokens_per_second": 1000}
    cached = request_class(cacheable_share=0.6)
    evaluation = bill(
        per_request("base", 0), cluster("more", capacity=work), mix(route(layered(0.5))),
        classes=[cached],
    )  # fmt: skip
    key = "more.use.route_1.enhancement"
    assert monthly(evaluation, f"{key}.seconds") == pytest.approx([2.6] * 12)
    assert monthly(evaluation, f"{key}.mean_load") == pytest.approx([50 * 2.6 / 3600] * 12)


def test_that_an_enhanced_answer_scores_its_gain_or_as_the_enhancing_model() -> None:
    """0.7 + 0.4 × 0.1 = 0.74 as stated; 0.7 + 0.4 × (0.9 - 0.7) = 0.78 by the scores."""
    options = (per_request("base", 0, model="base"), per_request("more", 0, model="more"))
    scores = scored(("base", 0.7), ("more", 0.9))
    for recipe, score in ((layered(0.4, quality_gain=0.1), 0.74), (layered(0.4), 0.78)):
        evaluation = bill(*options, mix(route(recipe)), qualities=scores)
        assert evaluation.values.number(lines_of(evaluation).quality) == pytest.approx(score)


def test_that_a_cascade_asks_the_large_model_for_what_the_verifier_rejects() -> None:
    """A12 with 13B and 70B in one cluster: 0.9 × 0.6 + 0.1 × 0.5 + 0.8 × (0.8 - 0.5) = 0.83.

    100 an hour fill one server of the small model, 38 an hour 0.38 of one of the large model;
    the verifier costs 73 USD a month.
    """
    evaluation = bill(
        cluster("small"), cluster("large"), mix(route(cascade(verifier_cost=0.001))),
        qualities=scored(("small", 0.6), ("large", 0.8)),
    )  # fmt: skip
    assert monthly(evaluation, "route_1.escalation") == pytest.approx(0.38)
    assert monthly(evaluation, "large.busy") == pytest.approx([0.38 * 730] * 12)
    assert category(evaluation, "rent") == pytest.approx([14_600.0] * 12)
    assert category(evaluation, "gateway") == pytest.approx([73.0] * 12)
    found = evaluation.values.number(lines_of(evaluation).quality)
    assert found == pytest.approx(0.83)


def test_that_a_cascade_without_scores_says_which_one_it_needs() -> None:
    with pytest.raises(ValueError, match="enter the quality score of large for Use"):
        bill(
            cluster("small"), cluster("large"), mix(route(cascade())),
            qualities=scored(("small", 0.6)),
        )  # fmt: skip


def test_that_correlation_bounds_what_both_models_answer_rightly() -> None:
    """0.6 × 0.8 + 0.5 × √(0.6 × 0.4 × 0.8 × 0.2) = 0.578; with 1 it is 0.676, but 0.6 at most."""
    for phi, both in ((0.5, 0.48 + 0.5 * 0.0384**0.5), (1.0, 0.6), (-0.9, 0.4)):
        recipe = cascade(correlation=phi)
        del recipe["both_right"]
        evaluation = bill(
            cluster("small"), cluster("large"), mix(route(recipe)),
            qualities=scored(("small", 0.6), ("large", 0.8)),
        )  # fmt: skip
        assert monthly(evaluation, "route_1.both") == pytest.approx(both)


def test_that_a_router_splits_requests_and_recovers_the_gap_by_its_curve() -> None:
    """A quarter goes to the strong model; a router at chance recovers a quarter of the gap."""
    for apgr, part in ((0.5, 0.25), (0.75, 0.61)):
        recipe = {"kind": "router", "weak": "weak", "strong": "strong", "strong_share": 0.25,
                  "apgr": apgr, "router_cost": 5e-6}  # fmt: skip
        evaluation = bill(
            per_request("weak", 0.001, model="weak"), per_request("strong", 0.02, model="strong"),
            mix(route(recipe)), qualities=scored(("weak", 0.6), ("strong", 0.8)),
        )  # fmt: skip
        cost = 0.75 * 0.001 + 0.25 * 0.02 + 5e-6
        assert evaluation.bill_of("mix").per_request.value == pytest.approx(cost)
        score = evaluation.values.number(lines_of(evaluation).quality)
        assert score == pytest.approx(0.6 + 0.2 * part, abs=2e-4)


def test_that_a_gateway_sends_urgent_work_out_and_the_rest_to_the_cluster_behind_a_cache() -> None:
    """A13: a fifth of both classes is found; 58,400 × 0.006 = 350.4 USD go to the API.

    Of 292,000 asynchronous requests 233,600 are left, 320 an hour: 4 servers, 29,200 USD.
    """
    waits = request_class(id="wait", name="Wait", urgency="asynchronous", requests=292_000)
    caches = [{"request_class": name, "hit_rate": 0.2} for name in ("use", "wait")]
    evaluation = bill(
        api(), rented(),
        mix(direct("api"), {**direct("rented"), "request_class": "wait"}, caches=caches),
        classes=[request_class(), waits],
    )  # fmt: skip
    assert category(evaluation, "tokens") == pytest.approx([350.4] * 12)
    assert category(evaluation, "rent") == pytest.approx([29_200.0] * 12)
    assert evaluation.bill_of("mix").per_request.value == pytest.approx(29_550.4 / 365_000)


def test_that_a_result_cache_costs_its_look_ups_and_what_it_keeps() -> None:
    """E14: 73,000 × 0.0001 + 51,100 × 0.0002 = 17.52 USD; 30 % of 438 USD are saved."""
    caches = [{"request_class": "use", "hit_rate": 0.3}]
    evaluation = bill(
        api(), mix(direct("api"), caches=caches, lookup_cost=0.0001, store_cost=0.0002)
    )
    assert category(evaluation, "gateway") == pytest.approx([17.52] * 12)
    assert category(evaluation, "tokens") == pytest.approx([306.6] * 12)


def test_that_zones_add_up_and_the_busiest_moment_has_its_own_hit_rate() -> None:
    """0.5 × 0.4 + 0.25 × 0.2 = 0.25 are found, at the peak 0.5 × 0.1 + 0.25 × 0.2 = 0.1.

    A peak of 4 over 75 requests an hour would need 3 servers; what is left peaks at 0.9 / 0.75
    of that: 3.6, so 4 servers. Wrong are 0.2 × 0.05 of 0.25: 4 % of the hits.
    """
    zones = [
        {"request_class": "use", "zone": "EU", "zone_share": 0.5, "hit_rate": 0.4,
         "peak_hit_rate": 0.1, "false_hits": 0.05},
        {"request_class": "use", "zone": "US", "zone_share": 0.25, "hit_rate": 0.2},
    ]  # fmt: skip
    peaky = request_class(profile={"kind": "peak-to-average", "ratio": 4.0})
    evaluation = bill(cluster("rented"), mix(direct("rented"), caches=zones), classes=[peaky],
                      qualities=scored(("rented", 0.8)))  # fmt: skip
    assert monthly(evaluation, "use.hits") == pytest.approx([0.25 * 73_000] * 12)
    assert monthly(evaluation, "rented.in_service") == pytest.approx([4.0] * 12)
    score = evaluation.values.number(lines_of(evaluation).quality)
    assert score == pytest.approx(0.75 * 0.8 + 0.25 * 0.96 * 0.8)


def test_that_requests_of_an_outage_go_to_the_failover_or_to_nobody() -> None:
    """Two options at 0.99 and 0.98: 1 - 0.9702 = 0.0298 of the requests meet an outage."""
    options = (
        cluster("small", availability=0.99), cluster("large", availability=0.98),
        api(model="api"),
    )  # fmt: skip
    scores = scored(("small", 0.6), ("large", 0.8), ("api", 0.9))
    lost = bill(*options, mix(route(cascade())), qualities=scores)
    assert lost.bill_of("mix").unserved.values == pytest.approx([0.0298 * 73_000] * 12)
    assert check(lost, "served") == [False]
    kept = bill(*options, mix(route(cascade(), failover="api")), qualities=scores)
    assert category(kept, "tokens") == pytest.approx([0.0298 * 438] * 12)
    assert kept.bill_of("mix").unserved.values == pytest.approx([0.0] * 12)
    score = kept.values.number(lines_of(kept).quality)
    assert score == pytest.approx(0.9702 * 0.83 + 0.0298 * 0.9)


def test_that_servers_serve_first_what_has_nowhere_else_to_go() -> None:
    """Two servers: batch of 1.2 without overflow comes first, then 0.8 of the chat of 1.0."""
    batch = request_class(id="batch", name="Batch", urgency="batch", requests=87_600)
    evaluation = bill(
        api(), rented(),
        mix(direct("rented", overflow="api"), {**direct("rented"), "request_class": "batch"},
            fleets=[fleet("rented", 2)]),
        classes=[request_class(), batch],
    )  # fmt: skip
    assert category(evaluation, "tokens") == pytest.approx([0.2 * 438] * 12)
    assert evaluation.bill_of("mix").unserved.values == pytest.approx([0.0] * 12)
    assert check(evaluation, "room") == [True]
    short = bill(api(), rented(), mix(
        direct("rented", overflow="api"), {**direct("rented"), "request_class": "batch"},
        fleets=[fleet("rented", 1)]), classes=[request_class(), batch],
    )  # fmt: skip
    assert short.bill_of("mix").unserved.values == pytest.approx([0.2 * 73_000] * 12)
    assert category(short, "tokens") == pytest.approx([438.0] * 12)
    assert check(short, "room") == [False]


def test_that_the_order_of_routes_says_who_overflows() -> None:
    """One server, two classes of 0.75: the first gets all it needs, the second 0.25."""
    classes = [request_class(id=name, name=name, requests=54_750) for name in ("a", "b")]
    for first, second in (("a", "b"), ("b", "a")):
        routes = [
            {**direct("rented", overflow="api", order=rank), "request_class": name}
            for rank, name in ((1, first), (2, second))
        ]
        evaluation = bill(api(), rented(), mix(*routes, fleets=[fleet("rented", 1)]),
                          classes=classes)  # fmt: skip
        assert monthly(evaluation, f"api.{first}.requests") == pytest.approx([0.0] * 12)
        assert monthly(evaluation, f"api.{second}.requests") == pytest.approx([36_500.0] * 12)


def test_that_routes_of_one_class_and_rank_get_the_same_part() -> None:
    """One server for 0.9 and 0.6 of one class: two thirds of each are served."""
    big = request_class(requests=109_500)
    routes = [direct("rented", share=part, overflow="api") for part in (0.6, 0.4)]
    evaluation = bill(api(), rented(), mix(*routes, fleets=[fleet("rented", 1)]), classes=[big])
    for number in (1, 2):
        asked = monthly(evaluation, f"route_{number}.assigned")
        left = monthly(evaluation, f"rented.use.route_{number}.left")
        assert left == pytest.approx(asked / 3)


def test_that_real_time_work_is_met_hour_by_hour_before_what_can_wait() -> None:
    """Chat of 2 in half the hours, batch of 0.5, one server, both may overflow.

    Chat carries 0.5 of its mean 1; the idle half holds the batch of 0.5.
    """
    chat = request_class(profile={"kind": "hourly", "hours": [2.0, 0.0] * 12})
    batch = request_class(id="batch", name="Batch", urgency="batch", requests=36_500)
    evaluation = bill(
        api(), rented(),
        mix(direct("rented", overflow="api"),
            {**direct("rented", overflow="api", order=2), "request_class": "batch"},
            fleets=[fleet("rented", 1)]),
        classes=[chat, batch],
    )  # fmt: skip
    assert monthly(evaluation, "api.use.requests") == pytest.approx([36_500.0] * 12)
    assert monthly(evaluation, "api.batch.requests") == pytest.approx([0.0] * 12, abs=1e-6)


def test_that_a_request_left_by_two_stages_is_left_once() -> None:
    """No servers at all: 73,000 requests are left, not 73,000 × 1.38."""
    fleets = [fleet("small", 0), fleet("large", 0)]
    options = (api(), cluster("small"), cluster("large"))
    scores = scored(("small", 0.6), ("large", 0.8))
    nobody = bill(*options, mix(route(cascade()), fleets=fleets), qualities=scores)
    assert nobody.bill_of("mix").unserved.values == pytest.approx([73_000.0] * 12)
    assert nobody.bill_of("mix").per_request.value == 0
    other = bill(*options, mix(route(cascade(), overflow="api"), fleets=fleets), qualities=scores)
    assert category(other, "tokens") == pytest.approx([438.0] * 12)


def test_that_decided_servers_come_after_their_lead_time_and_stay_for_their_life() -> None:
    """Two from month 1, none from month 8; a lead time of 2 and a life of 12 months."""
    steps = [{"from_month": 1, "servers": 2}, {"from_month": 8, "servers": 0}]
    server = owned(lead_time_months=2, useful_life_months=12, deposit_share=0.25)
    evaluation = bill(
        server, api(),
        mix(direct("owned", overflow="api"), fleets=[{"option": "owned", "servers": steps}]),
        months=18,
    )  # fmt: skip
    assert monthly(evaluation, "owned.in_service") == pytest.approx(
        [0.0] * 2 + [2.0] * 12 + [0.0] * 4
    )
    assert category(evaluation, "purchase") == pytest.approx([50_000.0, 0, 150_000] + [0.0] * 15)
    assert category(evaluation, "tokens") == pytest.approx([438.0] * 2 + [0.0] * 12 + [438.0] * 4)


def test_that_shares_change_from_a_month_on_and_members_cost_from_their_first_use() -> None:
    """All to the API until month 6, half of it to the other from month 7 on; setup in month 7."""
    routes = [
        {**direct("api"), "shares": [{"share": 1.0}, {"from_month": 7, "share": 0.5}]},
        {**direct("other"), "shares": [{"from_month": 7, "share": 0.5}]},
    ]
    other = api(id="other", name="Other", prices={"input": 1, "output": 5}, setup_cost=900,
                fixed_monthly_cost=10, people_fte=0.5, minimum_spend=1200)  # fmt: skip
    evaluation = bill(
        api(), other, mix(*routes, setup_cost=100, fixed_monthly_cost=1),
        people={"loaded_cost_per_year": 12_000}, months=18,
    )  # fmt: skip
    part = 73_000 / 2 * (1000 * 1 + 200 * 5) / 1e6  # 73 USD a month
    assert part == pytest.approx(73)
    tokens = np.array([438.0] * 6 + [219.0 + 73] * 12)
    tokens[11] += 1200 - 6 * 73  # the whole year's minimum
    tokens[17] += 600 - 6 * 73  # half a year's
    assert category(evaluation, "tokens") == pytest.approx(tokens)
    setup = np.zeros(18)
    setup[[0, 6]] = 100, 900
    assert category(evaluation, "setup") == pytest.approx(setup)
    assert category(evaluation, "people") == pytest.approx([0.0] * 6 + [500.0] * 12)
    assert category(evaluation, "other") == pytest.approx([1.0] * 6 + [11.0] * 12)


def test_that_a_supplier_standing_by_for_overflow_is_paid_its_minimum() -> None:
    """The server serves all; the API that would take the overflow still has its minimum spend."""
    evaluation = bill(
        api(minimum_spend=6000, setup_cost=50), rented(),
        mix(direct("rented", overflow="api"), fleets=[fleet("rented", 3)]),
    )  # fmt: skip
    assert category(evaluation, "tokens") == pytest.approx([0.0] * 11 + [6000.0])
    assert category(evaluation, "setup") == pytest.approx([50.0] + [0.0] * 11)


def test_that_what_an_agreed_minimum_lacks_is_owed_at_the_end_of_each_plan_year() -> None:
    """438 a month are 5,256 a year: 744 lack to 6,000; of 6 months more 2,628 of 3,000, so 372."""
    evaluation = bill(api(minimum_spend=6000), months=18)
    owed = np.full(18, 438.0)
    owed[[11, 17]] += 744, 372
    assert category(evaluation, "tokens", "api") == pytest.approx(owed)


def test_that_tax_and_present_value_are_those_of_the_sums() -> None:
    """100,000 a server over 5 years and 438 / 2 of tokens at 25 %: (1,666.67 + 219) × 0.25."""
    evaluation = bill(
        owned(), api(), mix(direct("owned", share=0.5), direct("api", share=0.5)),
        finance={"tax": {"rate": 0.25}, "discount_rate": 0.08},
    )  # fmt: skip
    tax = category(evaluation, "tax")
    assert tax == pytest.approx([-(100_000 / 60 + 219) * 0.25] * 12)
    cash = evaluation.bill_of("mix").cash.values
    factors = 1.08 ** -((np.arange(12) + 0.5) / 12)
    assert evaluation.bill_of("mix").npv.value == pytest.approx(float(cash @ factors))


def test_that_commitments_beyond_the_plan_are_told() -> None:
    """Two servers for a year from month 7 of 12: half of 24 server-months are left to pay."""
    terms = {"kind": "committed", "years": 1}
    evaluation = bill(
        rented(terms=terms), api(),
        mix(direct("rented", overflow="api"), fleets=[fleet("rented", 2, from_month=7)]),
    )  # fmt: skip
    told = [f for f in evaluation.findings if f.code == "commitment.beyond_the_plan"]
    facts = {f.path: f.facts["server_months"] for f in told}
    assert facts["options.mix.fleets"] == pytest.approx(12)


def test_that_only_members_that_resell_deduct_what_is_left_in_their_books() -> None:
    """A year of five is written off; the one that is sold for 80,000 deducts its other 80,000."""
    sold = owned(id="sold", name="Sold", useful_life_months=60, residual_share=0)
    kept = owned(id="kept", name="Kept", useful_life_months=60)
    evaluation = bill(
        sold, kept, api(), mix(direct("api"), fleets=[fleet("sold", 1), fleet("kept", 1)]),
        finance={"tax": {"rate": 0.25, "depreciation_years": 5}},
    )  # fmt: skip
    written_off = 2 * 100_000 / 60 + 438
    assert category(evaluation, "resale")[11] == pytest.approx(-80_000)
    assert category(evaluation, "tax")[:11] == pytest.approx([-0.25 * written_off] * 11)
    assert category(evaluation, "tax")[11] == pytest.approx(-0.25 * written_off)
