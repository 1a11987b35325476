"""One example worked by hand for each recipe, and for caches and outages."""

from typing import Any

import pytest

from tests.bill.hybrids import (
    cascade,
    category,
    check,
    cluster,
    direct,
    lines_of,
    mix,
    monthly,
    route,
    scored,
)
from tests.bill.small import api, bill, rented, request_class

FREE = {"input": 0, "output": 0}


def per_request(identifier: str, price: float, **changes: Any) -> dict[str, Any]:
    """An option that charges by the request only."""
    return api(id=identifier, name=identifier, prices=FREE, cost_per_request=price, **changes)


def layered(share: float, **changes: Any) -> dict[str, Any]:
    return {"kind": "layered", "base": "base", "enhancement": "more", "enhanced_share": share,
            **changes}  # fmt: skip


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


def test_that_a_class_with_the_name_of_an_enhancement_is_billed_apart() -> None:
    """438 USD of its own, and 73,000 × 0.5 × (1,200 × 3 + 200 × 15) / 1e6 of enhancements."""
    other = request_class(id="use.enhancement", name="Other")
    evaluation = bill(
        per_request("base", 0), api(id="more", name="more"),
        mix(route(layered(0.5)), {**direct("more"), "request_class": "use.enhancement"}),
        classes=[request_class(), other],
    )  # fmt: skip
    assert category(evaluation, "tokens") == pytest.approx([438 + 240.9] * 12)


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


def test_that_a_routers_share_says_who_chose_it() -> None:
    """One that the optimiser picked is a decision; one that was typed is not."""
    chosen = {"value": 0.2, "source": "chosen by the optimiser"}
    for share, source, is_decision in (
        (0.25, "entered by the buyer", False), (chosen, "chosen by the optimiser", True),
    ):  # fmt: skip
        recipe = {"kind": "router", "weak": "weak", "strong": "strong", "strong_share": share,
                  "apgr": 0.7}  # fmt: skip
        evaluation = bill(
            per_request("weak", 0.001, model="weak"), per_request("strong", 0.02, model="strong"),
            mix(route(recipe)), qualities=scored(("weak", 0.6), ("strong", 0.8)),
        )  # fmt: skip
        key = "option.mix.route_1.strong_share"
        found = next(one for one in evaluation.ledger.inputs if one.key == key)
        assert (found.provenance.source, found.provenance.is_decision) == (source, is_decision)
