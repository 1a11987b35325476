"""Who answers what: every request of a class counts once, at whoever is named for it."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.optimise.advice.advise import advise
from pricing.optimise.advice.picture import Picture
from pricing.optimise.advice.portions import portion_statement
from pricing.optimise.advice.sentences import sentence
from pricing.optimise.statement import state
from pricing.plan.plan import Plan
from tests.bill.hybrid_strategies import hybrid_plans
from tests.optimise.test_advice import API, OWN, advice_on, plan, work

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 22)


@settings(max_examples=60, deadline=None)
@given(plan=hybrid_plans())
def test_that_the_ways_of_a_class_are_all_of_its_requests(plan: Plan) -> None:
    evaluation = evaluate(plan, CATALOGUE, TODAY)
    picture = Picture(evaluation, "mix", CATALOGUE)
    for line in picture.lines.classes:
        mine = [way for way in picture.ways if way.request_class == line.asked.request_class.id]
        asked = float(np.sum(evaluation.values.monthly(line.asked.requests)))
        if asked > 0:
            assert sum(way.requests for way in mine) == pytest.approx(asked, rel=1e-6)
            assert sum(way.share for way in mine) == pytest.approx(1, rel=1e-6)
        assert all(0 < way.share <= 1 + 1e-9 for way in mine)


CASCADE = {
    "kind": "cascade", "small": "open", "large": "api", "accepts_right": 0.9,
    "accepts_wrong": 0.2, "correlation": 0.5,
}  # fmt: skip
SCORES = [{"model": "alpha/one", "score": 0.9}, {"model": "beta/two", "score": 0.7}]


def mixed(**changes: Any) -> Plan:
    """3,000 chats a month, a quarter from the cache, the rest by a cascade; 1,000 mails direct."""
    routes = [
        {"request_class": "chat", "recipe": CASCADE},
        {"request_class": "mail", "recipe": {"kind": "direct", "option": "api"}},
    ]
    mix = {"routes": routes, "caches": [{"request_class": "chat", "hit_rate": 0.25}]} | changes
    return plan([work("chat", 3000), work("mail", 1000)], qualities=SCORES, mix=mix)


def test_that_portions_are_of_all_requests_and_the_cache_is_one_of_them() -> None:
    """2,250 of 4,000 requests by both models together, 1,000 by one, 750 out of the cache."""
    found = advice_on(mixed())
    told = [(sentence(one.who), one.options, one.share) for one in found.portions]
    assert told == [
        ("Open first, Closed where doubtful", ("open", "api"), pytest.approx(0.5625)),
        ("Closed", ("api",), pytest.approx(0.25)),
        ("the result cache", (), pytest.approx(0.1875)),
    ]
    assert [(one.whole, one.most) for one in found.portions] == [
        ((), ("Chat",)), (("Mail",), ()), ((), ()),
    ]  # fmt: skip
    assert [sentence(portion_statement(one)) for one in found.portions] == [
        "56 %: Open first, Closed where doubtful (most of Chat)", "25 %: Closed (Mail)",
        "19 %: the result cache (part of Chat)",
    ]  # fmt: skip


def test_that_a_cascade_is_never_named_as_if_it_were_its_small_model() -> None:
    """The reasons name what a request is paid for: both models, not the one that begins."""
    stated = mixed()
    classes = tuple(
        one.model_copy(update={"sensitivity": "internal"}) for one in stated.workload
    )  # fmt: skip
    found = advice_on(stated.model_copy(update={"workload": classes}))
    every = [*found.recommendation, *(why for it in found.rules_of_thumb for why in it.reasons)]
    used = [one.facts["used"] for one in every if one.facts.get("request_class") == "Chat"]
    assert used
    both = state("who.cascade", small="Open", large="Closed")
    assert all(one == both for one in used)
    assert any("at Open first, Closed where doubtful" in sentence(one) for one in every)


def test_that_small_portions_are_told_together_and_four_at_most() -> None:
    shares = {"a": 0.5, "b": 0.2, "c": 0.15, "d": 0.1, "e": 0.05}
    options = [api_named(name) for name in shares]
    mix = {
        "routes": [
            {"request_class": "chat", "recipe": {"kind": "direct", "option": name},
             "shares": [{"share": share}]}
            for name, share in shares.items()
        ]
    }  # fmt: skip
    found = advice_on(plan([work("chat", 1000)], options=options, mix=mix))
    assert [sentence(portion_statement(one)) for one in found.portions] == [
        "50 %: A (most of Chat)", "20 %: B (part of Chat)", "15 %: C (part of Chat)",
        "15 %: 2 other ways",
    ]  # fmt: skip


def test_that_an_enhancement_belongs_to_the_class_of_its_request() -> None:
    """The base answers every request; the enhancement reads request and answer of half of them."""
    layers = {"kind": "layered", "base": "open", "enhancement": "api", "enhanced_share": 0.5}
    stated = plan(
        [work("chat", 1000)], qualities=SCORES,
        mix={"routes": [{"request_class": "chat", "recipe": layers}]},
    )  # fmt: skip
    picture = Picture(evaluate(stated), "mix", CATALOGUE)
    tokens = {part.option: float(part.tokens.sum()) for part in picture.parts}
    assert {part.request_class for part in picture.parts} == {"chat"}
    assert tokens == pytest.approx({"open": 12_000 * 1200, "api": 6_000 * (1200 + 200)})
    (one,) = advice_on(stated).portions
    assert (sentence(one.who), one.whole, one.share) == (
        "Open, some answers enhanced by Closed", ("Chat",), pytest.approx(1),
    )  # fmt: skip


def test_that_one_option_for_everything_is_not_taken_apart() -> None:
    found = advice_on(plan([work("chat", 1000)], ("chat", "open")))
    assert found.portions == ()
    assert "One option is enough: Open." in sentence(found.recommendation[0])


def test_that_what_nobody_serves_is_a_portion() -> None:
    half = {"routes": [{"request_class": "chat", "recipe": {"kind": "direct", "option": "open"},
                        "shares": [{"share": 0.6}]}]}  # fmt: skip
    other = {"request_class": "mail", "recipe": {"kind": "direct", "option": "api"}}
    half["routes"].append(other)
    found = advice_on(plan([work("chat", 1000), work("mail", 1000)], mix=half))
    assert [sentence(portion_statement(one)) for one in found.portions] == [
        "50 %: Closed (Mail)", "30 %: Open (most of Chat)", "20 %: nobody (part of Chat)",
    ]  # fmt: skip


def api_named(name: str) -> dict[str, Any]:
    """A closed API of its own."""
    return API | {"id": name, "name": name.upper(), "vendor": name}


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(plan=hybrid_plans())
def test_that_everything_advised_can_be_said(plan: Plan) -> None:
    found = advise(evaluate(plan, CATALOGUE, TODAY), "mix", CATALOGUE)
    said = [*found.recommendation, *found.singles, *found.cautions]
    said += [portion_statement(one) for one in found.portions]
    said += [why for one in found.rules_of_thumb for why in (one.claim, *one.reasons)]
    assert all(sentence(one) for one in said)
    if found.portions:
        assert 0.97 <= sum(one.share for one in found.portions) <= 1 + 1e-6


def test_that_vendors_are_said_with_their_shares() -> None:
    found = advice_on(mixed())
    vendors = next(one for one in found.rules_of_thumb if one.code == "two_vendors")
    assert "Alpha (" in sentence(vendors.reasons[0])


def test_that_the_terms_of_a_model_are_told_once_of_all_options_that_run_it() -> None:
    llama = "Llama-3.3-70B"
    twin = OWN | {"id": "twin", "name": "Twin", "serves_model": llama}
    options = [OWN | {"serves_model": llama}, twin]
    mix = {
        "routes": [
            {"request_class": name, "recipe": {"kind": "direct", "option": option}}
            for name, option in (("chat", "own"), ("mail", "twin"))
        ],
        "fleets": [{"option": one, "servers": [{"servers": 1}]} for one in ("own", "twin")],
    }  # fmt: skip
    found = advice_on(plan([work("chat", 1000), work("mail", 1000)], options=options, mix=mix))
    terms = [one for one in found.cautions if one.code == "reason.licence_conditions"]
    assert [one.facts["option"] for one in terms] == [("Own", "Twin")]
    assert sentence(terms[0]).startswith("Own, Twin: the licence of Llama-3.3-70B")
