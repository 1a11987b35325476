"""One example worked by hand for each formula of servers, bought and rented."""

import numpy as np
import pytest

from pricing.evaluation import Evaluation
from tests.bill.small import api, bill, owned, rented, request_class


def category(evaluation: Evaluation, option: str, name: str) -> np.ndarray:
    return evaluation.bill_of(option).categories[name].values


def servers(evaluation: Evaluation, option: str) -> np.ndarray:
    found = evaluation.bill_of(option).servers
    assert found is not None
    return found.values


def test_that_servers_are_whole_and_follow_the_peak() -> None:
    """100 requests an hour at a peak of 2.5 need 2.5 servers: 3, and 4 with a spare."""
    peaky = request_class(profile={"kind": "peak-to-average", "ratio": 2.5})
    assert servers(bill(rented(), classes=[peaky]), "rented") == pytest.approx([3.0] * 12)
    spare = bill(rented(spare_servers=1), classes=[peaky])
    assert servers(spare, "rented") == pytest.approx([4.0] * 12)
    use = spare.bill_of("rented").utilisation
    assert use is not None
    assert use.values == pytest.approx([0.25] * 12)


def test_that_a_load_of_exactly_one_server_needs_one() -> None:
    assert servers(bill(rented()), "rented") == pytest.approx([1.0] * 12)
    more = request_class(requests=73_001)
    assert servers(bill(rented(), classes=[more]), "rented") == pytest.approx([2.0] * 12)


def test_that_only_the_usable_share_of_a_server_is_planned_with() -> None:
    half = rented(capacity={"requests_per_hour": 100, "usable_share": 0.4})
    assert servers(bill(half), "rented") == pytest.approx([3.0] * 12)


def test_that_the_time_of_a_request_is_its_output_and_its_uncached_input() -> None:
    """200 / 100 + 1,000 × (1 - 0.5) / 500 = 3 s: 100 an hour keep 1/12 of a server busy."""
    capacity = {"output_tokens_per_second": 100, "input_tokens_per_second": 500}
    cached = request_class(cacheable_share=0.5, cache_hit_rate=1)
    use = bill(rented(capacity=capacity), classes=[cached]).bill_of("rented").mean_utilisation
    assert use is not None
    assert use.value == pytest.approx(1 / 12)


def test_that_hours_of_several_classes_add_up_hour_by_hour() -> None:
    """Peaks at different hours: 3 + 0.5 in the one, 0.5 + 2 in the other, not 3 + 2.

    A busiest day of 7/5 and bursts of 1.2 raise the real-time class; batch fills other hours.
    """

    def at(hour: int, peak: float) -> dict[str, object]:
        rest = (24 - peak) / 23
        hours = [peak if h == hour else rest for h in range(24)]
        return {"kind": "hourly", "hours": hours}

    day = request_class(id="day", profile=at(10, 3.0))
    night = request_class(id="night", profile=at(22, 2.0))
    batch = request_class(id="batch", urgency="batch", profile=at(3, 24.0))
    evaluation = bill(rented(), classes=[day, night, batch])
    peak = evaluation.values.monthly(evaluation.line("option.rented.peak_load"))
    assert peak == pytest.approx([3 + 22 / 23] * 12)
    week = {**at(10, 3.0), "weekdays": [1.4] * 5 + [0, 0], "within_hour_peak": 1.2}
    evaluation = bill(rented(), classes=[request_class(id="day", profile=week), night, batch])
    peak = evaluation.values.monthly(evaluation.line("option.rented.peak_load"))
    assert peak == pytest.approx([3 * 1.4 * 1.2 + 22 / 23] * 12)


def test_that_batch_work_needs_servers_only_where_the_valleys_cannot_hold_it() -> None:
    """Real-time at a mean of 1 and a peak of 2 leaves room for 1; batch of 3 needs the mean, 4."""
    day = {"kind": "hourly", "hours": [2.0, 0.0] * 12}
    chat = request_class(id="chat", profile=day)

    def needed(batch_requests: float) -> list[float]:
        batch = request_class(id="batch", urgency="batch", requests=batch_requests)
        return servers(bill(rented(), classes=[chat, batch]), "rented")

    once = chat["requests"]
    assert needed(once) == pytest.approx([2.0] * 12)
    assert needed(3 * once) == pytest.approx([4.0] * 12)


def test_that_a_fixed_fleet_is_held_against_each_weekday_at_its_own_load() -> None:
    """One server, a mean load of 1: 2.2 on Monday, 0.8 on the other days; 1.2/7 goes over."""
    week = {"kind": "hourly", "hours": [1.0] * 24, "weekdays": [2.2] + [0.8] * 6,
            "within_hour_peak": 3.0}  # fmt: skip
    evaluation = bill(rented(servers=1), classes=[request_class(profile=week)])
    asked = evaluation.values.monthly(evaluation.line("demand.requests"))
    unserved = evaluation.bill_of("rented").unserved.values
    assert unserved / asked == pytest.approx([1.2 / 7] * 12)


def test_that_work_that_can_wait_takes_the_room_a_fixed_fleet_has_left() -> None:
    """Two servers, real-time of 1 at half the hours of 2: room for 1 of the 1.5 that can wait."""
    chat = request_class(id="chat", profile={"kind": "hourly", "hours": [2.0, 0.0] * 12})
    batch = request_class(id="batch", urgency="batch", requests=1.5 * chat["requests"])
    evaluation = bill(rented(servers=2), classes=[chat, batch])
    asked = evaluation.values.monthly(evaluation.line("demand.batch.requests"))
    assert evaluation.bill_of("rented").unserved.values / asked == pytest.approx([1 / 3] * 12)


def test_that_a_day_s_work_that_can_wait_is_spread_over_its_busiest_day() -> None:
    profile = {"kind": "hourly", "hours": [2.0, 0.0] * 12, "weekdays": [1.4] * 5 + [0, 0],
               "within_hour_peak": 3.0}  # fmt: skip
    waits = request_class(urgency="asynchronous", profile=profile)
    evaluation = bill(rented(), classes=[waits])
    assert evaluation.values.monthly(evaluation.line("option.rented.peak_load"))[0] == (
        pytest.approx(1.4)
    )


def test_that_rent_is_for_every_hour() -> None:
    assert category(bill(rented()), "rented", "rent") == pytest.approx([7300.0] * 12)


def test_that_servers_with_fixed_hours_are_paid_and_serve_in_those_hours_only() -> None:
    """8 to 18 on 5 of 7 days: rent for 10/24 × 5/7 of the hours.

    Real-time requests come evenly, so 10/24 × 5/7 of them are served; batch waits, and is crowded
    into 25/84 of the hours.
    """
    terms = {"kind": "scheduled", "from_hour": 8, "to_hour": 18, "days_per_week": 5}
    share = 10 / 24 * 5 / 7
    evaluation = bill(rented(terms=terms))
    assert category(evaluation, "rented", "rent") == pytest.approx([7300 * share] * 12)
    unserved = evaluation.bill_of("rented").unserved.values
    assert unserved == pytest.approx([73_000 * (1 - share)] * 12)
    batch = bill(rented(terms=terms), classes=[request_class(urgency="batch")])
    assert servers(batch, "rented") == pytest.approx([4.0] * 12)
    assert batch.bill_of("rented").unserved.values == pytest.approx([0.0] * 12, abs=1e-6)
    use = batch.bill_of("rented").mean_utilisation
    assert use is not None
    assert use.value == pytest.approx(1 / share / 4)


def test_that_servers_with_fixed_hours_are_not_sized_for_hours_in_which_they_are_off() -> None:
    evening = [0.5] * 20 + [3.5] * 4
    terms = {"kind": "scheduled", "from_hour": 8, "to_hour": 18}
    profile = {"kind": "hourly", "hours": evening}
    evaluation = bill(rented(terms=terms), classes=[request_class(profile=profile)])
    assert servers(evaluation, "rented") == pytest.approx([1.0] * 12)


def test_that_commitments_run_for_whole_terms() -> None:
    """Needs 1, 2 and 1 server in years 1 to 3: the second one is kept for its year only."""
    steps = request_class(growth={"kind": "yearly", "factors": [1, 2, 1]})
    terms = {"kind": "committed", "years": 1}
    evaluation = bill(rented(terms=terms), classes=[steps], months=36)
    assert servers(evaluation, "rented") == pytest.approx([1.0] * 12 + [2.0] * 12 + [1.0] * 12)
    terms = {"kind": "committed", "years": 3}
    evaluation = bill(rented(terms=terms), classes=[steps], months=36)
    assert servers(evaluation, "rented") == pytest.approx([1.0] * 12 + [2.0] * 24)
    beyond = [f for f in evaluation.findings if f.code == "commitment.beyond_the_plan"]
    assert [f.facts["server_months"] for f in beyond] == [12]


def test_that_energy_is_for_installed_servers_at_pue_and_tariff() -> None:
    """10 kW × 1.4 × 730 h × 0.12 USD = 1,226.40 USD, busy or not."""
    idle = request_class(requests=1)
    evaluation = bill(owned(power_kw=10, pue=1.4), classes=[idle])
    assert category(evaluation, "owned", "energy") == pytest.approx([1226.40] * 12)


def test_that_every_yearly_and_monthly_charge_of_an_owned_server_is_billed() -> None:
    """Maintenance 5 % of 100,000 / 12; software 8 × 1,500 / 12; 10 kW × 150; 90 a machine."""
    evaluation = bill(
        owned(power_kw=10, maintenance_rate=0.05, gpus_per_server=8, software_per_gpu=1500,
              colocation=150, facility_per_server=90, installation=4000, network_share=0.1)
    )  # fmt: skip
    assert category(evaluation, "owned", "maintenance") == pytest.approx([5000 / 12] * 12)
    assert category(evaluation, "owned", "software") == pytest.approx([1000.0] * 12)
    assert category(evaluation, "owned", "facility") == pytest.approx([1590.0] * 12)
    assert category(evaluation, "owned", "installation") == pytest.approx([4000.0] + [0.0] * 11)
    assert category(evaluation, "owned", "network") == pytest.approx([10_000.0] + [0.0] * 11)
    assert evaluation.bill_of("owned").one_off.values[0] == pytest.approx(114_000)


def test_that_a_server_is_replaced_and_sold_at_the_end_of_its_life() -> None:
    """Bought in months 1 and 19; sold for 10,000 in month 19.

    The second one is 6 of 18 months old at the end of month 24: it has lost a third of 90,000.
    """
    evaluation = bill(owned(useful_life_months=18, residual_share=0.1), months=24)
    purchase = np.zeros(24)
    purchase[[0, 18]] = 100_000
    resale = np.zeros(24)
    resale[[18, 23]] = -10_000, -70_000
    assert category(evaluation, "owned", "purchase") == pytest.approx(purchase)
    assert category(evaluation, "owned", "resale") == pytest.approx(resale, abs=1e-6)


def test_that_a_deposit_is_paid_with_the_order() -> None:
    """Three months of lead time: 30 % in month 1, the rest in month 4, nothing served before."""
    evaluation = bill(owned(lead_time_months=3, deposit_share=0.3))
    paid = category(evaluation, "owned", "purchase")
    assert paid == pytest.approx([30_000.0, 0, 0, 70_000] + [0.0] * 8)
    unserved = evaluation.bill_of("owned").unserved.values
    assert unserved == pytest.approx([73_000.0] * 3 + [0.0] * 9)


def test_that_a_bridge_serves_until_the_servers_are_there() -> None:
    evaluation = bill(api(), owned(lead_time_months=3, bridge="api"))
    assert category(evaluation, "owned", "bridge") == pytest.approx([438.0] * 3 + [0.0] * 9)
    assert evaluation.bill_of("owned").unserved.values.sum() == 0


def test_that_what_a_fixed_number_of_servers_cannot_serve_overflows_hour_by_hour() -> None:
    """Load 0.5 for 20 hours and 3.5 for 4: one server serves (20 × 0.5 + 4 × 1) / 24 = 14/24."""
    profile = {"kind": "hourly", "hours": [0.5] * 20 + [3.5] * 4}
    evaluation = bill(
        api(), owned(servers=1, bridge="api"), classes=[request_class(profile=profile)]
    )
    assert category(evaluation, "owned", "bridge") == pytest.approx([438 * 10 / 24] * 12)
    use = evaluation.bill_of("owned").mean_utilisation
    assert use is not None
    assert use.value == pytest.approx(14 / 24)


def test_that_the_cost_of_a_request_is_that_of_requests_served() -> None:
    """One server for a load of two: half is served, at twice the cost for each."""
    twice = request_class(requests=146_000)
    evaluation = bill(rented(servers=1), classes=[twice])
    option = evaluation.bill_of("rented")
    assert option.per_request.value == pytest.approx(7300 / 73_000)
    assert option.per_million_tokens.value == pytest.approx(7300 / (73_000 * 1200 / 1e6))


def test_that_purchases_are_depreciated_for_tax_and_the_rest_deducted_when_sold() -> None:
    """100,000 over 5 years at 25 %: 416.67 a month; sold after a year for 55,000.

    20,000 are written off by then, so 80,000 - 55,000 are deducted in the last month.
    """
    evaluation = bill(
        owned(useful_life_months=24, residual_share=0.1), finance={"tax": {"rate": 0.25}}
    )
    tax = category(evaluation, "owned", "tax")
    assert tax[:11] == pytest.approx([-416.6666666667] * 11)
    assert tax[11] == pytest.approx(-416.6666666667 - 0.25 * 25_000)
    assert tax.sum() == pytest.approx(-0.25 * 45_000)


def test_that_an_appliance_is_bought_and_supported() -> None:
    appliance = {
        "kind": "appliance", "id": "box", "name": "Box", "capacity": {"requests_per_hour": 1000},
        "price": 240_000, "support_rate": 0.1, "power_kw": 5, "pue": 1.2,
        "facility_per_server": 200, "servers": 2,
    }  # fmt: skip
    evaluation = bill(appliance)
    assert category(evaluation, "box", "purchase")[0] == pytest.approx(480_000)
    assert category(evaluation, "box", "maintenance") == pytest.approx([4000.0] * 12)
    assert category(evaluation, "box", "energy") == pytest.approx([2 * 5 * 1.2 * 730 * 0.12] * 12)
    assert category(evaluation, "box", "facility") == pytest.approx([400.0] * 12)


def test_that_weights_are_taken_over_their_own_mean() -> None:
    """Weights of 0.996 all day are a flat day: 73,250 requests need more than one server."""
    flat = request_class(requests=73_250, profile={"kind": "hourly", "hours": [0.996] * 24})
    assert servers(bill(rented(), classes=[flat]), "rented") == pytest.approx([2.0] * 12)
