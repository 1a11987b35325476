"""One example worked by hand for each rule of servers, suppliers and money in hybrids."""

import numpy as np
import pytest

from tests.bill.hybrids import (
    cascade,
    category,
    check,
    cluster,
    direct,
    fleet,
    mix,
    monthly,
    route,
    scored,
)
from tests.bill.small import api, bill, owned, rented, request_class


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


def test_that_outages_take_no_load_off_servers_while_they_are_up() -> None:
    """Load of 1.5 while up, for half of the time: two servers all the same, as without outages."""
    busy = request_class(requests=109_500)
    up, down = rented(), rented(availability=0.5)
    for option in (up, down):
        follows = bill(api(), option, mix(direct("rented", failover="api")), classes=[busy])
        assert follows.bill_of("mix").servers.values == pytest.approx([2.0] * 12)
    evaluation = bill(
        api(), down, mix(direct("rented", failover="api", overflow="api"),
                         fleets=[fleet("rented", 1)]), classes=[busy],
    )  # fmt: skip
    left = monthly(evaluation, "rented.use.route_1.left")
    assert left == pytest.approx([54_750 / 3] * 12)
    assert monthly(evaluation, "api.use.requests") == pytest.approx([54_750 * 4 / 3] * 12)
    assert monthly(evaluation, "rented.utilisation") == pytest.approx([0.5] * 12)


def test_that_an_overflow_that_is_down_passes_on_to_the_failover_or_loses() -> None:
    """Load of 1.5 on a server that is up half the time; the overflow is up for four fifths."""
    busy = request_class(requests=109_500)
    server = rented(availability=0.5)
    cloud = [api(id="first", name="First", availability=0.8), api(id="last", name="Last")]
    way = direct("rented", overflow="first", failover="last")
    beyond = 54_750 / 3 + 54_750  # no room while the server is up, and its outages
    evaluation = bill(*cloud, server, mix(way, fleets=[fleet("rented", 1)]), classes=[busy])
    assert monthly(evaluation, "first.use.requests") == pytest.approx([0.8 * beyond] * 12)
    assert monthly(evaluation, "last.use.requests") == pytest.approx([0.2 * beyond] * 12)
    assert evaluation.bill_of("mix").unserved.values == pytest.approx([0.0] * 12)
    for nobody in (None, "first"):
        alone = direct("rented", overflow="first", failover=nobody)
        lost = bill(*cloud, server, mix(alone, fleets=[fleet("rented", 1)]), classes=[busy])
        assert lost.bill_of("mix").unserved.values == pytest.approx([0.2 * beyond] * 12)


def test_that_an_overflow_without_servers_keeps_nobody_from_standing_in() -> None:
    options = api(availability=0.9), api(id="other", name="Other")
    both = direct("api", overflow="other", failover="other")
    evaluation = bill(*options, mix(both))
    assert monthly(evaluation, "other.use.requests") == pytest.approx([7_300] * 12)
    assert evaluation.bill_of("mix").unserved.values == pytest.approx([0.0] * 12)


def test_that_an_overflow_that_is_a_stage_of_the_recipe_is_up_while_servers_overflow() -> None:
    """Nothing finds room, so all goes to the large model, which is up for 0.8 of the time.

    It is while both are up for 0.72 of it; the other 0.08 come while the servers are down.
    """
    options = (
        cluster("small", availability=0.9), api(id="large", model="large", availability=0.8),
        api(id="last", name="Last"),
    )  # fmt: skip
    way = route(cascade(), overflow="large", failover="last")
    evaluation = bill(
        *options, mix(way, fleets=[{"option": "small", "servers": [{"servers": 0}]}]),
        qualities=scored(("small", 0.6), ("large", 0.8)),
    )  # fmt: skip
    assert monthly(evaluation, "large.use.requests") == pytest.approx([0.8 * 73_000] * 12)
    assert monthly(evaluation, "last.use.requests") == pytest.approx([0.2 * 73_000] * 12)


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
