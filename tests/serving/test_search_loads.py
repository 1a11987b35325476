"""The load of a plan's classes as a search sees it, held against the bill of the same plan."""

from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.plan.plan import Plan
from pricing.plan.workload import HourlyProfile, PeakToAverage, RequestClass
from pricing.serving.search.candidates import Software
from pricing.serving.search.loads import loads_of
from pricing.serving.search.ranking import search
from tests.serving.markets import market, rented

DAY = [0.2] * 8 + [1.8] * 12 + [0.2] * 4
WEEK = [1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5]
HOURLY = {"kind": "hourly", "hours": [w * 24 / sum(DAY) for w in DAY], "weekdays": WEEK}
NIGHT = {
    "kind": "hourly",
    "hours": HOURLY["hours"][12:] + HOURLY["hours"][:12],  # type: ignore[index]
    "within_hour_peak": 1.5,
}
PEAK = {"kind": "peak-to-average", "ratio": 3}


def request_class(name: str, requests: float, profile: object, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "name": name, "requests": requests, "input_tokens": 1200,
        "output_tokens": 300, "profile": profile, **more,
    }  # fmt: skip


DAYTIME = request_class("day", 900_000, HOURLY)
NIGHTLY = request_class("night", 500_000, NIGHT, input_variation=0.4, output_variation=0.7)
STEADY = request_class("steady", 700_000, PEAK, cacheable_share=0.5, cache_hit_rate=0.8)
WAITING = request_class("mails", 4_000_000, HOURLY, urgency="asynchronous")
MONTHLY = request_class("archive", 90_000_000, PEAK, per="month", urgency="batch")


def plan_of(*classes: dict[str, Any], **serving: Any) -> Plan:
    return Plan.model_validate(
        {
            "name": "Loads",
            "start": "2027-01",
            "months": 12,
            "calendar": {"days_per_month": 30},
            "workload": list(classes),
            "options": [
                {
                    "kind": "rented_gpus", "id": "rented", "name": "Rented",
                    "price_per_hour": 20,
                    "serving": {
                        "model": "llama-3.1-8b", "accelerator": "h100-sxm", "accelerators": 8,
                        "precision": "fp8",
                        "targets": {"ttft_seconds": 2, "tpot_milliseconds": 40}, **serving,
                    },
                }
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    "classes",
    [
        (DAYTIME,),
        (STEADY,),
        (DAYTIME, NIGHTLY),
        (DAYTIME, STEADY, WAITING),
        (DAYTIME, WAITING, MONTHLY),
        (WAITING,),
        (MONTHLY,),
    ],
    ids=lambda classes: "+".join(of["id"] for of in classes),
)
def test_that_a_search_needs_the_servers_that_the_bill_counts(
    classes: tuple[dict[str, Any], ...],
) -> None:
    plan = plan_of(*classes)
    (option,) = plan.options
    serving = getattr(option, "serving")  # noqa: B009
    catalogue = load_catalogue()
    loads = loads_of(plan.workload, serving, plan.calendar)
    ranking = search(
        catalogue.open_model("llama-3.1-8b"), loads, market=market(rented("h100-sxm", 8, 20)),
        software=Software(precisions=("fp8",)),
    )  # fmt: skip
    (row,) = ranking.rows
    stack = row.stack
    same = plan_of(
        *classes, tensor_parallel=stack.tensor, data_parallel=stack.data,
        pipeline_parallel=stack.pipeline,
    )  # fmt: skip
    bill = evaluate(same, catalogue)
    units = float(bill.values.monthly(bill.ledger.find("option.rented.units"))[0])
    assert row.peak_use * row.servers.typical == pytest.approx(units, rel=1e-9)
    servers = bill.bill_of("rented").servers
    assert servers is not None
    assert row.servers.typical == servers.values[0]


def test_that_rates_of_a_flat_class_are_its_mean_times_its_ratio() -> None:
    of = RequestClass(**request_class("flat", 86_400, PeakToAverage(ratio=2.5)))
    (load,) = loads_of([of], plan_of(STEADY).options[0].serving)  # type: ignore[union-attr, arg-type]
    assert load.mean == pytest.approx(1.0)
    assert set(load.rates[:24]) == {2.5}
    assert load.rates[24:] == (1.0, 1.0)


def test_that_hours_follow_the_profile_of_the_busiest_day() -> None:
    profile = HourlyProfile(hours=tuple(HOURLY["hours"]), weekdays=tuple(WEEK))  # type: ignore[arg-type]
    of = RequestClass(**request_class("day", 864_000, profile))
    (load,) = loads_of([of], plan_of(STEADY).options[0].serving, volume=2)  # type: ignore[union-attr, arg-type]
    busiest = 20 * 1.2 * 7 / sum(WEEK)
    assert load.rates[12] == pytest.approx(busiest * 1.8 * 24 / sum(DAY))
    assert load.rates[3] == pytest.approx(busiest * 0.2 * 24 / sum(DAY))
    assert load.rates[24] == pytest.approx(busiest)
    assert load.rates[25] == pytest.approx(20)
