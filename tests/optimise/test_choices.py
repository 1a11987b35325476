"""Options one by one: cost of a request, score, waiting; the plain choice beside any routing."""

from typing import Any

import pytest

from pricing.bill.demand import ClassDemand
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.optimise.advice.choices import Choice, cheapest_single, choices
from pricing.plan.file import load_plan
from pricing.resources import resource
from tests.bill.predicted import bill as predicted_bill
from tests.bill.predicted import predicted, work_of
from tests.bill.small import api, bill, owned, rented, request_class


def row(evaluation: Evaluation, option: str, asked: str = "use") -> Choice:
    (found,) = [c for c in choices(evaluation) if (c.option, c.request_class) == (option, asked)]
    return found


def test_that_there_is_one_row_for_each_class_and_pure_option() -> None:
    mix = {"kind": "hybrid", "id": "mix", "name": "Mix"}
    classes = [request_class(), request_class(id="mail", name="Mail")]
    rows = choices(bill(api(), owned(), mix, classes=classes))
    assert [(c.request_class, c.option) for c in rows] == [
        ("use", "api"), ("use", "owned"), ("mail", "api"), ("mail", "owned"),
    ]  # fmt: skip


def test_that_a_token_priced_request_costs_its_tokens() -> None:
    # 1,000 x 3 + 200 x 15 USD per million tokens; people and setup are no part of it
    found = bill(api(setup_cost=5000, cost_per_request=0.001))
    assert row(found, "api").cost_per_request == pytest.approx(0.007)


def test_that_a_request_on_rented_servers_costs_the_server_time_that_is_paid_for() -> None:
    # 100 requests an hour on servers of 100 an hour and 10 USD: full, so 0.10 USD each
    assert row(bill(rented()), "rented").cost_per_request == pytest.approx(0.10)
    half = bill(rented(capacity={"requests_per_hour": 200}, people_fte=0))
    assert row(half, "rented").cost_per_request == pytest.approx(0.10)
    assert half.bill_of("rented").per_request.value == pytest.approx(0.10)


def test_that_classes_share_the_machines_by_busy_time() -> None:
    classes = [request_class(), request_class(id="long", name="Long", output_tokens=600)]
    option = rented(capacity={"output_tokens_per_second": 100})
    found = bill(option, classes=classes)
    short, long = row(found, "rented"), row(found, "rented", "long")
    assert short.cost_per_request is not None
    assert long.cost_per_request == pytest.approx(3 * short.cost_per_request)
    machines = 73_000 * 12 * (short.cost_per_request + (long.cost_per_request or 0))
    assert machines == pytest.approx(found.bill_of("rented").tco.value)


def test_that_what_the_bridge_serves_is_no_request_of_the_servers() -> None:
    option = owned(lead_time_months=6, bridge="api")
    found = bill(option, api())
    purchase = found.bill_of("owned").tco.value - found.bill_of("owned").categories[
        "bridge"
    ].values.sum()  # fmt: skip
    assert row(found, "owned").cost_per_request == pytest.approx(purchase / (73_000 * 6))


def test_that_an_option_planned_without_a_class_costs_nothing_for_it() -> None:
    classes = [request_class(), request_class(id="mail", name="Mail")]
    found = bill(api(serves=["use"]), rented(), classes=classes)
    mail = row(found, "api", "mail")
    assert (mail.cost_per_request, mail.allowed) == (None, False)
    shut = [reason.code for reason in mail.reasons if reason.severity == "excluded"]
    assert shut == ["not_served"]


def test_that_no_request_has_no_cost() -> None:
    found = bill(api(), owned(), classes=[request_class(requests=0)])
    assert row(found, "api").cost_per_request is None
    assert row(found, "owned").cost_per_request is None


def test_that_speed_is_entered_predicted_or_not_known() -> None:
    stated = row(bill(api(first_token_seconds=0.5, tokens_per_second=100)), "api")
    assert (stated.first_token_seconds, stated.seconds, stated.speed) == (0.5, 2.5, "entered")
    assert (row(bill(api()), "api").seconds, row(bill(api()), "api").speed) == (None, None)
    found = predicted_bill(predicted())
    operation = work_of(found.plan, "rented").classes["use"].operation
    said = row(found, "rented")
    assert said.speed == "predicted"
    assert said.seconds == pytest.approx(
        float(operation.ttft_unloaded) + 200 * float(operation.tpot_at)
    )


def test_that_a_predicted_speed_is_held_against_the_limits_of_the_class() -> None:
    quick, slow = (
        predicted_bill(predicted(), classes=[request_class(answer_limit=limit)])
        for limit in (1000, 0.01)
    )
    assert row(quick, "rented").allowed
    assert row(slow, "rented").reasons[0].code == "answer_late"
    assert not row(slow, "rented").allowed


SCORED = [
    {"model": "best", "score": 0.90},
    {"model": "near", "score": 0.89},
    {"model": "far", "score": 0.88},
]


def priced(name: str, output: float, **changes: Any) -> dict[str, Any]:
    prices = {"input": 0, "output": output}
    return api(id=name, name=name, model=name, prices=prices, **changes)


def test_that_the_cheapest_within_one_point_of_the_best_is_the_plain_choice() -> None:
    found = bill(priced("best", 20), priced("near", 5), priced("far", 1), qualities=SCORED)
    single = cheapest_single(found)
    assert single is not None
    assert (single.choice.option, single.best.option) == ("near", "best")
    assert single.saving == pytest.approx(0.75)
    assert single.choice.npv == found.bill_of("near").npv.value
    wider = cheapest_single(found, tolerance=0.02)
    assert wider is not None
    assert (wider.choice.option, wider.saving) == ("far", pytest.approx(0.95))
    strict = cheapest_single(found, tolerance=0)
    assert strict is not None
    assert (strict.choice.option, strict.saving) == ("best", 0)


def test_that_the_score_of_an_option_is_the_mean_over_all_requests() -> None:
    classes = [request_class(requests=30_000), request_class(id="mail", requests=10_000)]
    scores = [
        {"model": "best", "score": 0.9},
        {"model": "best", "request_class": "mail", "score": 0.5},
    ]
    single = cheapest_single(bill(priced("best", 1), classes=classes, qualities=scores))
    assert single is not None
    assert single.choice.quality == pytest.approx(0.8)


def test_that_an_option_that_may_not_serve_a_class_is_no_single_choice() -> None:
    secret = [request_class(), request_class(id="mail", sensitivity="restricted")]
    cheap, own = priced("near", 1), owned()
    single = cheapest_single(bill(cheap, own, classes=secret, qualities=SCORED))
    assert single is not None
    assert (single.choice.option, single.choice.quality) == ("owned", None)
    assert cheapest_single(bill(cheap, classes=secret)) is None


def test_that_an_option_that_leaves_requests_unserved_is_no_single_choice() -> None:
    late = owned(lead_time_months=2, price=1)
    single = cheapest_single(bill(late, priced("near", 1)))
    assert single is not None
    assert single.choice.option == "near"


def test_that_without_any_score_the_cheapest_is_named_and_no_quality() -> None:
    single = cheapest_single(bill(priced("best", 20), priced("near", 5)))
    assert single is not None
    assert single.choice == single.best
    assert (single.choice.option, single.choice.quality, single.saving) == ("near", None, 0)


@pytest.mark.parametrize("name", ["customer_service", "coding_assistant", "bank_private_zh"])
def test_that_a_real_plan_is_divided_among_its_classes_without_a_rest(name: str) -> None:
    found = evaluate(load_plan(resource("samples") / f"{name}.reckon"))
    rows = choices(found)
    pure = [lines for lines in found.bill.options if lines.hybrid is None]
    assert len(rows) == len(pure) * len(found.plan.workload)
    for lines in pure:
        bill_of = found.bill_of(lines.option.id)
        apart = {"people", "setup", "other", "bridge", "tax"}
        whole = sum(s.values.sum() for key, s in bill_of.categories.items() if key not in apart)
        parts = sum(
            (c.cost_per_request or 0) * served(found, lines.option.id, demand)
            for demand in found.bill.demand.classes
            for c in rows
            if (c.option, c.request_class) == (lines.option.id, demand.request_class.id)
        )
        assert parts == pytest.approx(whole, rel=1e-9), lines.option.id


def served(found: Evaluation, option: str, demand: ClassDemand) -> float:
    """Requests that the option itself serves over the horizon."""
    asked = float(found.values.monthly(demand.requests).sum())
    key = f"option.{option}.{demand.key}.left"
    known = {line.key for line in found.ledger.lines}
    return asked - float(found.values.monthly(found.line(key)).sum()) if key in known else asked
