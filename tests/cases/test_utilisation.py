"""Where the 240 times come from: a server that is predicted, and how far it is used (E2, E4)."""

import pytest

from pricing.cases import load_case
from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.edit import edited
from pricing.plan.plan import Plan
from pricing.resources import resource

HOURS = 730


@pytest.fixture(scope="module")
def startup() -> Plan:
    """The start-up's test of 2,500 requests, on a server whose work is predicted."""
    return load_case(resource("cases", "E2")).plans["predicted.reckon"]


def at(plan: Plan, requests: float) -> Evaluation:
    figure = plan.workload[0].requests.model_copy(update={"value": requests})
    return evaluate(edited(plan, "workload.use.requests", figure))


def ratio(evaluation: Evaluation) -> float:
    """What a token costs on the server over what it costs by the API."""
    return (
        evaluation.bill_of("llama").per_million_tokens.value
        / evaluation.bill_of("gpt35").per_million_tokens.value
    )


def full(plan: Plan) -> float:
    """Requests a month of one server at the load that keeps its service level."""
    work = evaluate(plan).bill.predictions["llama"].work
    return HOURS * 3600 * work.usable_share.value / work.seconds["use"].value


def test_that_the_test_costs_240_times_as_much_on_a_predicted_server(startup: Plan) -> None:
    assert ratio(evaluate(startup)) == pytest.approx(240, abs=0.01)


def test_that_the_same_server_at_full_load_is_about_as_cheap_as_the_api(startup: Plan) -> None:
    evaluation = at(startup, 0.999 * full(startup))
    servers = evaluation.bill_of("llama").servers
    assert servers is not None
    assert servers.values == pytest.approx([1.0] * 12)
    assert 1 / 3 < ratio(evaluation) < 1.2


def test_that_utilisation_alone_is_the_difference(startup: Plan) -> None:
    """Cost over the API's times utilisation is the same at every load of one server."""
    loads = [2500 * factor for factor in (1, 4, 40, 240)]
    products = []
    for requests in loads:
        evaluation = at(startup, requests)
        use = evaluation.bill_of("llama").mean_utilisation
        assert use is not None
        products.append(ratio(evaluation) * use.value)
    assert products == pytest.approx([products[0]] * len(loads))
    assert products[0] < 1, "busy all the time, the server would be cheaper than the API"


def test_that_a_hundred_servers_cost_per_token_what_one_full_server_does(startup: Plan) -> None:
    """Whole servers stop mattering: what makes an API cheap is that it can be kept full."""
    many = at(startup, 100 * 0.999 * full(startup))
    one = at(startup, 0.999 * full(startup))
    assert ratio(many) == pytest.approx(ratio(one), rel=0.002)


RENTAL = "runpod-secure/h100@global"
PUBLISHED = (0.21, 15.25)
"""USD per million output tokens for which one and the same H100 was reported to serve."""


def test_that_the_published_spread_of_one_h100_follows_from_its_load_alone(startup: Plan) -> None:
    """The ends are 73 times apart; so are the loads at which a predicted server costs them."""
    changes = {
        "price_per_hour": None, "instance": RENTAL,
        "serving": {"model": "llama-3.1-8b", "precision": "fp8", "kv_precision": "fp8"},
    }  # fmt: skip
    document = startup.model_dump(mode="json")
    document["options"][1] = {**document["options"][1], **changes}
    plan = Plan.model_validate(document)
    offer = load_catalogue().rental(RENTAL).on_demand
    assert offer is not None
    month = offer.per_instance_hour.value * HOURS
    output = plan.workload[0].output_tokens.value / 1e6
    loads = [month / (price * output) for price in PUBLISHED]
    assert loads[0] / loads[1] == pytest.approx(PUBLISHED[1] / PUBLISHED[0])
    assert loads[0] < full(plan), "the low end asks for no more than one server bears"
    for requests, price in zip(loads, PUBLISHED, strict=True):
        option = at(plan, requests).bill_of("llama")
        assert option.per_request.value / output == pytest.approx(price)
