"""What a bill says beside its numbers: rules that are broken or cannot be checked."""

import pytest

from pricing.evaluation import Evaluation
from pricing.messages import TEMPLATES, sentence
from tests.bill.small import api, bill, owned, rented, request_class


def sentences(evaluation: Evaluation, code: str) -> list[str]:
    return [sentence(finding) for finding in evaluation.findings if finding.code == code]


def test_that_sensitive_requests_at_a_provider_are_named_once_an_option() -> None:
    secret = [
        request_class(id=name, name=name, sensitivity=kind)
        for name, kind in (("a", "restricted"), ("b", "confidential"), ("c", "internal"))
    ]
    found = sentences(bill(api(name="Cloud"), classes=secret), "data.leaves")
    assert len(found) == 1
    assert "(a, b)" in found[0]
    assert "Cloud" in found[0]


def test_that_a_bridge_takes_sensitive_requests_out_only_when_something_is_left_for_it() -> None:
    secret = [request_class(sensitivity="restricted")]
    at_once = bill(api(), rented(bridge="api"), classes=secret)
    later = bill(api(), rented(bridge="api", lead_time_months=2), classes=secret)
    assert len(sentences(at_once, "data.leaves")) == 1
    assert len(sentences(later, "data.leaves")) == 2


def test_that_a_bridge_planned_without_a_class_is_pointed_out() -> None:
    classes = [request_class(id="a", name="Chat"), request_class(id="b", name="Search")]
    bridged = rented(serves=["b"], bridge="api")
    short = rented(serves=["b"], bridge="api", lead_time_months=1)
    for option in (bridged, short):
        evaluation = bill(api(serves=["a"]), option, classes=classes)
        expected = 1 if option is short else 0
        found = sentences(evaluation, "bridge.does_not_serve")
        assert len(found) == expected
        assert all("Search" in text for text in found)


def test_that_machines_nobody_resells_are_pointed_out() -> None:
    assert sentences(bill(owned()), "resale.not_counted")
    assert not sentences(bill(owned(residual_share=0)), "resale.not_counted")


def test_that_hours_nobody_knows_are_pointed_out_for_a_fixed_fleet() -> None:
    peaky = [request_class(profile={"kind": "peak-to-average", "ratio": 3})]
    assert sentences(bill(rented(servers=2), classes=peaky), "overflow.unknown_hours")
    assert not sentences(bill(rented(), classes=peaky), "overflow.unknown_hours")


def test_that_requests_longer_than_the_model_takes_are_pointed_out() -> None:
    long = [request_class(input_tokens=2_000_000)]
    evaluation = bill(api(prices=None, model="openai/gpt-5-mini"), classes=long)
    (text,) = sentences(evaluation, "context.too_short")
    assert "2,000,200" in text
    assert "400,000" in text


def test_that_work_without_output_is_no_silent_free_ride() -> None:
    reading = [request_class(output_tokens=0)]
    by_output = rented(capacity={"output_tokens_per_second": 1000})
    by_both = rented(capacity={"output_tokens_per_second": 1000, "input_tokens_per_second": 9000})
    assert sentences(bill(by_output, classes=reading), "capacity.no_input_rate")
    assert not sentences(bill(by_both, classes=reading), "capacity.no_input_rate")


def test_that_a_quality_floor_is_not_passed_off_as_checked() -> None:
    demanding = [request_class(quality_floor=0.8)]
    assert sentences(bill(api(), classes=demanding), "quality.not_checked")


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_that_every_sentence_ends_as_one(code: str) -> None:
    assert TEMPLATES[code].endswith(".")
