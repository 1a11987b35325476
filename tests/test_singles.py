"""What a single option is for all of the work: one meaning of its score and of serving all."""

import pytest

from pricing.admissible import obstacles, serves_all
from pricing.optimise.advice.choices import cheapest_single
from pricing.singles import broken_alone, keeps_rules, mean_score
from tests.bill.small import api, bill, owned, request_class

CLASSES = [request_class(requests=30_000), request_class(id="mail", name="Mail", requests=10_000)]
LOW = [{"model": "m", "request_class": "use", "score": 0.5}]
"""Only one of the two classes has a score, and it is below the least mean score."""
RULES = {"quality": 0.8}


def test_that_every_request_counts_the_same_in_the_mean_score() -> None:
    scores = [*LOW, {"model": "m", "request_class": "mail", "score": 0.9}]
    found = bill(api(model="m"), classes=CLASSES, qualities=scores)
    assert mean_score(found, "api") == pytest.approx(0.75 * 0.5 + 0.25 * 0.9)


def test_that_a_score_that_is_not_entered_makes_the_mean_unknown_for_every_reader() -> None:
    """A hybrid of the same option is not checked either, and says so."""
    mix = {
        "kind": "hybrid", "id": "mix", "name": "Mix",
        "routes": [
            {"request_class": name, "recipe": {"kind": "direct", "option": "api"}}
            for name in ("use", "mail")
        ],
    }  # fmt: skip
    found = bill(api(model="m"), mix, classes=CLASSES, qualities=LOW, rules=RULES)
    assert mean_score(found, "api") is None
    assert (broken_alone(found, "api"), obstacles(found, "api"), obstacles(found, "mix")) == (
        (), (), (),
    )  # fmt: skip
    assert "route.mean_quality_not_checked" in {item.code for item in found.findings}
    single = cheapest_single(found)
    assert single is not None
    assert single.choice.quality is None


def test_that_a_class_without_requests_needs_no_score() -> None:
    idle = [CLASSES[0], request_class(id="mail", name="Mail", requests=0)]
    found = bill(api(model="m"), classes=idle, qualities=LOW, rules=RULES)
    assert mean_score(found, "api") == pytest.approx(0.5)
    assert broken_alone(found, "api") == ("quality",)
    assert not keeps_rules(found, "api")


def test_that_a_mean_score_that_is_just_reached_is_kept() -> None:
    thirds = [{"model": "m", "score": 0.1 + 0.2}]
    found = bill(api(model="m"), classes=CLASSES, qualities=thirds, rules={"quality": 0.3})
    assert keeps_rules(found, "api")


def test_that_a_single_request_missed_in_a_billion_is_not_serving_all() -> None:
    """Servers are full but for less than one request in a thousand million."""
    short = owned(servers=100_000, capacity={"requests_per_hour": 100 * (1 - 1e-10)})
    crowd = [request_class(requests=73_000e5)]
    found = bill(short, api(), classes=crowd)
    missing = found.bill_of("owned").unserved.values
    assert 0 < missing.sum() < 1e-9 * 12 * 73_000e5
    assert not serves_all(found.bill_of("owned"))
    single = cheapest_single(found)
    assert single is not None
    assert single.choice.option == "api"
