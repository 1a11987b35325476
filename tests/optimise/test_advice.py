"""Advice is held to shares, costs and savings worked out by hand from small plans."""

from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.optimise.advice.advise import Advice, advise
from pricing.optimise.advice.picture import Picture
from pricing.optimise.advice.rules_of_thumb import CHECKS, RuleOfThumb
from pricing.optimise.advice.sentences import TEMPLATES, VERDICTS, sentence
from pricing.optimise.statement import Statement
from pricing.plan.document import validate_document
from pricing.plan.figure import Share
from pricing.plan.plan import Plan

FLAT = {"kind": "peak-to-average", "ratio": 1}


def work(identifier: str, requests: float, **more: Any) -> dict[str, Any]:
    """A class of requests of 1,000 tokens in and 200 out, so many a month."""
    return {
        "id": identifier, "name": identifier.title(), "requests": requests, "per": "month",
        "input_tokens": 1000, "output_tokens": 200, "profile": FLAT,
    } | more  # fmt: skip


API = {
    "kind": "closed_api", "id": "api", "name": "Closed", "vendor": "Alpha", "model": "alpha/one",
    "prices": {"input": 0, "output": 10},
}  # fmt: skip
"""0.2 cents a request."""
OPEN = {
    "kind": "hosted_open", "id": "open", "name": "Open", "vendor": "Beta", "model": "beta/two",
    "prices": {"input": 0, "output": 5},
}  # fmt: skip
"""0.1 cents a request."""
OWN = {
    "kind": "owned_servers", "id": "own", "name": "Own", "vendor": "Gamma", "price": 12_000,
    "power_kw": 0, "pue": 1, "capacity": {"requests_per_hour": 10_000}, "useful_life_months": 12,
    "serves_model": "three",
}  # fmt: skip
"""7.3 million requests a month for 12,000 a year."""


def plan(classes: list[dict[str, Any]], *routes: tuple[str, str], **changes: Any) -> Plan:
    """A year of classes, three options, and a mix of (class, option) routes."""
    used = {option for _, option in routes}
    mix = {
        "kind": "hybrid", "id": "mix", "name": "Mix",
        "routes": [
            {"request_class": name, "recipe": {"kind": "direct", "option": option}}
            for name, option in routes
        ],
        "fleets": [{"option": "own", "servers": [{"servers": 1}]}] if "own" in used else [],
    }  # fmt: skip
    mix |= changes.pop("mix", {})
    content = {
        "format": "reckoner-plan", "schema": 1, "name": "Advice", "start": "2027-01", "months": 12,
        "electricity": 0.1, "finance": {"discount_rate": 0}, "workload": classes,
        "options": [*changes.pop("options", [API, OPEN, OWN]), mix],
    }  # fmt: skip
    return validate_document(content | changes)


def advice_on(stated: Plan) -> Advice:
    """Advice on the mix."""
    return advise(evaluate(stated), "mix")


def rule(found: Advice, code: str) -> RuleOfThumb:
    """One of the rules of thumb."""
    return next(one for one in found.rules_of_thumb if one.code == code)


def number(statement: Statement, fact: str) -> float:
    """A fact that is a number."""
    value = statement.facts[fact]
    assert isinstance(value, float)
    return value


def codes(statements: tuple[Statement, ...]) -> list[str]:
    """Codes of statements."""
    return [one.code for one in statements]


def test_that_real_time_requests_at_a_closed_api_agree_with_a13_by_their_share_of_tokens() -> None:
    classes = [work("chat", 3000), work("search", 1000)]
    agreed = rule(advice_on(plan(classes, ("chat", "api"), ("search", "open"))), "real_time")
    assert agreed.verdict == "agrees"
    assert number(agreed.reasons[0], "share") == pytest.approx(0.75)
    other = rule(advice_on(plan(classes, ("chat", "open"), ("search", "api"))), "real_time")
    assert other.verdict == "disagrees"
    assert number(other.reasons[0], "share") == pytest.approx(0.25)


def test_that_a_disagreement_names_what_the_request_would_have_cost() -> None:
    found = rule(advice_on(plan([work("chat", 3000)], ("chat", "open"))), "real_time")
    why = found.reasons[1]
    assert why.code == "why.dearer"
    assert number(why, "cost") == pytest.approx(200 * 10 / 1e6)
    assert number(why, "paid") == pytest.approx(200 * 5 / 1e6)
    said = sentence(why)
    assert "USD 0.00200 at Closed" in said
    assert "USD 0.00100" in said


def test_that_a_disagreement_caused_by_a_rule_names_the_rule() -> None:
    chat = work("chat", 3000, sensitivity="confidential")
    found = rule(advice_on(plan([chat], ("chat", "own"))), "real_time")
    assert found.verdict == "disagrees"
    assert found.reasons[1].code == "reason.data_outside"
    assert "confidential" in sentence(found.reasons[1])


def test_that_work_that_waits_agrees_with_a13_where_it_is_served_by_own_servers() -> None:
    classes = [
        work("reports", 1000, urgency="asynchronous"),
        work("archive", 1000, urgency="batch"),
    ]
    both = rule(advice_on(plan(classes, ("reports", "own"), ("archive", "own"))), "asynchronous")
    assert (both.verdict, number(both.reasons[0], "share")) == ("agrees", pytest.approx(1))
    none = rule(advice_on(plan(classes, ("reports", "open"), ("archive", "api"))), "asynchronous")
    assert (none.verdict, number(none.reasons[0], "share")) == ("disagrees", pytest.approx(0))
    chat = rule(advice_on(plan([work("chat", 10)], ("chat", "api"))), "asynchronous")
    assert (chat.verdict, chat.reasons[0].code) == ("cannot tell", "unknown.no_waiting")


def test_that_a_cache_agrees_with_e14_by_what_its_hits_would_have_cost() -> None:
    cache = {"caches": [{"request_class": "chat", "hit_rate": 0.25, "false_hits": 0.1}]}
    stated = plan([work("chat", 4000)], ("chat", "api"), mix={**cache, "lookup_cost": 0.0001})
    found = rule(advice_on(stated), "cache")
    assert found.verdict == "agrees"
    assert number(found.reasons[0], "share") == pytest.approx(0.25)
    assert number(found.reasons[0], "saving") == pytest.approx(12 * (1000 * 0.002 - 4000 * 0.0001))
    wrong = [one for one in advice_on(stated).cautions if one.code == "caution.false_hits"]
    assert number(wrong[0], "share") == pytest.approx(0.025)
    dear = plan([work("chat", 4000)], ("chat", "api"), mix={**cache, "lookup_cost": 0.001})
    assert rule(advice_on(dear), "cache").verdict == "disagrees"
    bare = rule(advice_on(plan([work("chat", 4000)], ("chat", "api"))), "cache")
    assert (bare.verdict, bare.reasons[0].code) == ("cannot tell", "unknown.no_cache")


def test_that_two_vendors_are_counted_from_the_share_that_the_plan_states() -> None:
    classes = [work("chat", 9000), work("search", 1000)]
    routes = (("chat", "api"), ("search", "open"))
    assert rule(advice_on(plan(classes, *routes)), "two_vendors").verdict == "agrees"
    strict = plan(classes, *routes, rules={"least_vendor_share": 0.2})
    found = rule(advice_on(strict), "two_vendors")
    assert found.verdict == "disagrees"
    assert found.reasons[0].facts["vendor"] == "Alpha"
    assert number(found.reasons[0], "share") == pytest.approx(0.9)


def test_that_b5_begins_closed_only_where_the_first_months_do() -> None:
    steps = [{"from_month": 1, "share": 1.0}, {"from_month": 4, "share": 0.0}]
    later = [{"from_month": 4, "share": 1.0}]
    routes = [
        {"request_class": "chat", "recipe": {"kind": "direct", "option": option}, "shares": shares}
        for option, shares in (("api", steps), ("open", later))
    ]
    found = rule(advice_on(plan([work("chat", 100)], mix={"routes": routes})), "proof_of_concept")
    assert found.verdict == "agrees"
    assert number(found.reasons[0], "early") == pytest.approx(1)
    assert number(found.reasons[0], "late") == pytest.approx(0)
    routes[0]["shares"], routes[1]["shares"] = later, steps
    found = rule(advice_on(plan([work("chat", 100)], mix={"routes": routes})), "proof_of_concept")
    assert found.verdict == "disagrees"


SCORES = [
    {"model": "alpha/one", "score": 0.9},
    {"model": "beta/two", "score": 0.8},
    {"model": "three", "score": 0.7},
]


def test_that_b5_looks_at_the_work_with_the_highest_floor_and_at_private_work_apart() -> None:
    classes = [
        work("serious", 1000, quality_floor=0.85),
        work("private", 1000, quality_floor=0.6, sensitivity="restricted"),
    ]
    found = advice_on(plan(classes, ("serious", "api"), ("private", "own"), qualities=SCORES))
    assert rule(found, "serious").verdict == "agrees"
    assert rule(found, "serious").reasons[0].facts["classes"] == ("Serious",)
    assert rule(found, "private").verdict == "agrees"
    assert rule(found, "private").reasons[0].facts["classes"] == ("Private",)


def test_that_e6_agrees_where_the_cheapest_option_that_reaches_the_floor_answers() -> None:
    classes = [work("chat", 1000, quality_floor=0.75)]
    fitting = rule(advice_on(plan(classes, ("chat", "open"), qualities=SCORES)), "fitting")
    assert (fitting.verdict, number(fitting.reasons[0], "share")) == ("agrees", 1.0)
    dear = rule(advice_on(plan(classes, ("chat", "api"), qualities=SCORES)), "fitting")
    assert dear.verdict == "disagrees"
    assert dear.reasons[1].facts["option"] == "Open"
    unknown = rule(advice_on(plan(classes, ("chat", "open"))), "fitting")
    assert (unknown.verdict, unknown.reasons[0].code) == ("cannot tell", "unknown.score")


def test_that_a_mix_is_held_against_the_cheapest_single_option_that_serves_everything() -> None:
    """0.2 cents for 3 million requests, half of them on a server of 12,000 a year instead."""
    classes = [work("chat", 2_000_000), work("search", 1_000_000, quality_floor=0.85)]
    found = advice_on(plan(classes, ("chat", "own"), ("search", "api"), qualities=SCORES))
    assert found.cheapest is not None
    assert (found.cheapest.option, found.cheapest.npv) == ("api", pytest.approx(72_000))
    first = found.recommendation[0]
    assert first.code == "advice.saves"
    assert number(first, "npv") == pytest.approx(36_000)
    assert number(first, "saving") == pytest.approx(0.5)
    assert "50 % less than Closed alone (USD 72 k)" in sentence(first)
    assert len(found.recommendation) in {2, 3}


def test_that_a_mix_dearer_than_a_single_option_is_not_recommended() -> None:
    classes = [work("chat", 1_000_000), work("search", 1_000_000)]
    first = advice_on(plan(classes, ("chat", "api"), ("search", "open"))).recommendation[0]
    assert first.code == "advice.dearer"
    assert first.facts["single"] == "Own"
    assert "not worth its trouble" in sentence(first)


def test_that_a_mix_is_not_called_dearer_than_an_option_that_loses_its_outages() -> None:
    """Own loses a tenth of 24 million requests, and nobody takes over; the mix loses none."""
    classes = [work("chat", 1_000_000), work("search", 1_000_000)]
    mixed = plan(classes, ("chat", "api"), ("search", "open"))
    own = next(option for option in mixed.options if option.id == "own")
    own = own.model_copy(update={"availability": Share(value=0.9)})
    others = tuple(own if option.id == "own" else option for option in mixed.options)
    found = advice_on(mixed.model_copy(update={"options": others}))
    assert found.cheapest is not None
    assert (found.cheapest.option, found.cheapest.lost) == ("own", pytest.approx(2_400_000))
    first = found.recommendation[0]
    assert first.code == "advice.outages_of_one"
    assert "2,400,000 requests would arrive during its outages" in sentence(first)
    beside = next(one for one in found.singles if one.code == "single.outages")
    assert "Own alone would lose 2,400,000 requests" in sentence(beside)


def test_that_one_option_for_everything_is_called_that() -> None:
    first = advice_on(plan([work("chat", 1000)], ("chat", "open"))).recommendation[0]
    assert first.code == "advice.one"


def test_that_a_cheaper_single_option_is_never_advised_where_it_breaks_a_rule() -> None:
    chat = work("chat", 1_000_000, sensitivity="confidential")
    search = work("search", 1_000_000)
    found = advice_on(plan([chat, search], ("chat", "own"), ("search", "open")))
    assert found.cheapest is not None
    assert found.cheapest.option == "own"
    shared = plan(
        [work("chat", 1_000_000), search], ("chat", "own"), ("search", "open"),
        rules={"vendors": 2},
    )  # fmt: skip
    first = advice_on(shared).recommendation[0]
    assert first.code == "advice.rules_forbid_one"
    assert "single.breaks" in codes(advice_on(shared).singles)


def test_that_a_decision_that_breaks_a_rule_is_no_advice_and_the_rule_is_named() -> None:
    chat = work("chat", 1000, sensitivity="restricted")
    found = advice_on(plan([chat], ("chat", "api")))
    assert codes(found.recommendation) == ["advice.breaks", "reason.data_outside"]
    capped = plan([work("chat", 1000)], ("chat", "own"), rules={"capex_per_year": [100]})
    said = " ".join(sentence(one) for one in advice_on(capped).recommendation)
    assert "no advice" in said
    assert "Not kept: Purchases of plan year 1 within the cap." in said


LASTING = OWN | {"useful_life_months": 24, "residual_share": 0.2}
"""After one of two years it is worth 12,000 - 12,000 x 0.8 / 2 = 7,200: 4,800 a year."""


@pytest.mark.parametrize(
    ("requests", "code"), [(500_000, "caution.resale_turns"), (1_100_000, "caution.resale")]
)
def test_that_a_decision_is_told_without_resale_and_whether_another_would_then_be_cheaper(
    requests: float, code: str
) -> None:
    """A hosted model answers 500,000 a month for 6,000 a year, 1,100,000 for 13,200."""
    stated = plan([work("chat", requests)], ("chat", "own"), options=[OPEN, LASTING])
    (found,) = [one for one in advice_on(stated).cautions if one.code.startswith("caution.resale")]
    assert (found.code, found.facts["npv"]) == (code, pytest.approx(4_800))
    assert (found.facts["resale"], found.facts["without"]) == pytest.approx((7_200, 12_000))
    told = "if they fetch nothing, the same decision costs USD 12 k"
    assert told in sentence(found)
    if code == "caution.resale_turns":
        assert sentence(found).endswith(f"{told}, and Open alone would cost less: USD 6,000.")


def test_that_nothing_is_said_of_resale_where_none_is_counted_on() -> None:
    for own in (OWN, LASTING | {"residual_share": 0, "useful_life_months": 12}):
        stated = plan([work("chat", 500_000)], ("chat", "own"), options=[OPEN, own])
        assert not [one for one in advice_on(stated).cautions if "resale" in one.code]


def test_that_a_plain_choice_is_told_once() -> None:
    told = advice_on(plan([work("chat", 500_000)], ("chat", "open"), rules={"vendors": 2})).singles
    assert len(told) == len({(one.code, str(one.facts)) for one in told})


def test_that_what_nobody_has_proven_is_said() -> None:
    stated = plan([work("chat", 1000)], ("chat", "api"))
    assert "caution.no_bound" in codes(advice_on(stated).cautions)
    npv = evaluate(stated).bill_of("mix").npv.value
    decision = {"made_by": "optimiser", "made_on": "2026-11-22", "npv": npv, "bound": npv * 0.9}
    loose = plan([work("chat", 1000)], ("chat", "api"), mix={"decision": decision})
    gap = next(one for one in advice_on(loose).cautions if one.code == "caution.gap")
    assert number(gap, "gap") == pytest.approx(0.1)
    assert number(gap, "less") == pytest.approx(npv * 0.1)
    changed = plan([work("chat", 2000)], ("chat", "api"), mix={"decision": decision})
    assert "caution.changed" in codes(advice_on(changed).cautions)


def test_that_what_should_be_checked_is_said_of_the_options_that_work_and_of_no_others() -> None:
    stated = plan([work("chat", 500_000), work("mail", 500_000)], ("chat", "own"), ("mail", "own"))
    told = [one for one in advice_on(stated).cautions if one.code.startswith("reason.")]
    assert [(one.code, one.facts["option"]) for one in told] == [
        ("reason.licence_unchecked", "Own"), ("reason.context_unknown", "Own"),
    ]  # fmt: skip
    assert sentence(told[1]).startswith("Own: how many tokens its model takes at once is not known")


def test_that_unknown_quality_and_unserved_requests_are_said() -> None:
    found = advice_on(plan([work("chat", 1000), work("search", 10)], ("chat", "api")))
    assert "caution.no_score" in codes(found.cautions)
    stages = {
        "routes": [{"request_class": "chat", "recipe": {"kind": "direct", "option": "own"}}],
        "fleets": [{"option": "own", "servers": [{"from_month": 7, "servers": 1}]}],
    }
    late = advice_on(plan([work("chat", 1000)], mix=stages))
    lost = next(one for one in late.cautions if one.code == "caution.unserved")
    assert number(lost, "requests") == pytest.approx(6000)
    assert (lost.facts["first"], lost.facts["last"]) == ("2027-01", "2027-06")


def test_that_deciding_reasons_name_what_moves_most() -> None:
    """A server serves 2 million requests for 1,000 a month; the API would take 4,000."""
    classes = [work("chat", 2_000_000)]
    found = advice_on(plan(classes, ("chat", "own"), options=[API, OWN]))
    volume = next(one for one in found.recommendation if one.code == "reason.volume")
    assert number(volume, "paid") == pytest.approx(12_000 / 24_000_000)
    assert number(volume, "cost") == pytest.approx(0.002)
    assert number(volume, "busy") == pytest.approx(24_000_000 / (10_000 * 8760), rel=1e-3)
    private = [work("chat", 2_000_000, sensitivity="confidential")]
    tied = advice_on(plan(private, ("chat", "own"), options=[API, OWN])).recommendation
    assert tied[1].code == "reason.data_agrees"


def test_that_a_request_of_a_cascade_costs_what_both_of_its_options_take() -> None:
    """All 1,000 go to Open for 0.1 cents; what the verifier rejects goes on to Closed for 0.2."""
    recipe = {
        "kind": "cascade", "small": "open", "large": "api", "accepts_right": 0.9,
        "accepts_wrong": 0.4, "correlation": 0.0,
    }  # fmt: skip
    stated = plan(
        [work("chat", 1000, quality_floor=0.75)],
        mix={"routes": [{"request_class": "chat", "recipe": recipe}]}, qualities=SCORES,
    )  # fmt: skip
    passed_on = 0.1 * 0.8 + 0.6 * 0.2
    picture = Picture(evaluate(stated), "mix", load_catalogue())
    assert picture.paid("chat", "open") == pytest.approx(0.001 + passed_on * 0.002)
    assert rule(advice_on(stated), "fitting").reasons[0].code == "unknown.recipes"


def test_that_an_option_that_reaches_the_floor_only_in_a_cascade_is_held_against_itself_alone() -> (
    None
):
    recipe = {
        "kind": "cascade", "small": "open", "large": "api", "accepts_right": 0.9,
        "accepts_wrong": 0.4, "correlation": 0.0,
    }  # fmt: skip
    top = max(one["score"] for one in SCORES)
    stated = plan(
        [work("chat", 1000, quality_floor=top - 0.01)],
        mix={"routes": [{"request_class": "chat", "recipe": recipe}]}, qualities=SCORES,
    )  # fmt: skip
    reasons = advice_on(stated).recommendation
    alone = next(one for one in reasons if one.code == "reason.floor_alone")
    assert "Open alone would answer for USD 0.00100 a request" in sentence(alone)


def test_that_every_rule_of_thumb_and_every_code_has_a_template() -> None:
    assert {f"claim.{code}" for code in CHECKS} == {
        code for code in TEMPLATES if code.startswith("claim.")
    }
    assert set(VERDICTS) == {"agrees", "disagrees", "cannot tell"}


def test_that_a_plan_without_a_hybrid_of_that_id_is_refused() -> None:
    with pytest.raises(KeyError):
        advise(evaluate(plan([work("chat", 10)], ("chat", "api"))), "api")


def test_that_the_bill_and_the_advice_speak_of_the_same_hybrid() -> None:
    evaluation = evaluate(plan([work("chat", 1000)], ("chat", "api")))
    first = advise(evaluation, "mix").recommendation[0]
    assert number(first, "npv") == evaluation.bill_of("mix").npv.value
