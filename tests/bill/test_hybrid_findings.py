"""What a hybrid is told beside its bill: data, lengths, scores, and what cannot matter."""

from string import Formatter
from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.finding import Finding
from pricing.messages import TEMPLATES, sentence
from pricing.plan.edit import value_at
from pricing.plan.file import load_plan
from pricing.plurals import is_counted
from pricing.resources import resource
from pricing.routing.eligibility import recipe_reasons
from tests.bill.predicted import bill as predicted_bill
from tests.bill.predicted import predicted
from tests.bill.small import api, bill, owned, request_class

SECRET = {"sensitivity": "confidential"}


def route(**changes: Any) -> dict[str, Any]:
    return {
        "request_class": "use",
        "recipe": {"kind": "direct", "option": "owned"},
        **changes,
    }


def direct(option: str) -> dict[str, Any]:
    return {"kind": "direct", "option": option}


def cascade(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "cascade", "small": "owned", "large": "api", "accepts_right": 0.9,
        "accepts_wrong": 0.1, "both_right": 0.6, **changes,
    }  # fmt: skip


def mix(*routes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"kind": "hybrid", "id": "mix", "name": "Mix", "routes": list(routes), **changes}


SCORES = [{"model": "small", "score": 0.7}, {"model": "large", "score": 0.9}]
LARGE = api(name="Cloud", model="large")
SMALL = owned(name="Rack", serves_model="small")


def found(
    *routes: dict[str, Any], asked: dict[str, Any] | None = None,
    options: list[dict[str, Any]] | None = None, hybrid: dict[str, Any] | None = None,
    **changes: Any,
) -> Evaluation:  # fmt: skip
    classes = [request_class(name="Chat", **(asked or {}))]
    known = {"qualities": SCORES, "classes": classes, **changes}
    return bill(*(options or [LARGE, SMALL]), mix(*routes, **(hybrid or {})), **known)


def of(evaluation: Evaluation, code: str) -> list[Finding]:
    findings = [finding for finding in evaluation.findings if finding.code == code]
    for finding in findings:
        value_at(evaluation.plan, finding.path)
        assert "{" not in sentence(finding)
    return findings


def test_that_a_sound_hybrid_is_told_nothing() -> None:
    sound = found(route(overflow="api"), asked={"quality_floor": 0.6})
    about = [f for f in sound.findings if f.facts.get("option") == "Mix"]
    assert about == []


def test_that_sensitive_data_that_leaves_by_a_route_is_an_error_naming_class_and_option() -> None:
    (error,) = of(found(route(recipe=direct("api")), asked=SECRET), "route.data_outside")
    assert (error.severity, error.path) == ("error", "options.mix.routes.0.recipe.option")
    assert sentence(error) == (
        "Mix, route 1: Chat carries confidential data, and Cloud, the option, may be sent internal "
        "data at most."
    )


LAYERED = {"kind": "layered", "base": "api", "enhancement": "owned", "enhanced_share": 0.5}
ROUTER = {"kind": "router", "weak": "owned", "strong": "api", "strong_share": 0.3, "apgr": 0.6}


@pytest.mark.parametrize(
    ("way", "path"),
    [
        (route(overflow="api"), "overflow"),
        (route(failover="api"), "failover"),
        (route(recipe=LAYERED), "recipe.base"),
        (route(recipe=cascade()), "recipe.large"),
        (route(recipe=ROUTER), "recipe.strong"),
    ],
)
def test_that_data_leaves_by_any_part_of_a_route(way: dict[str, Any], path: str) -> None:
    options = [LARGE, SMALL | {"availability": 0.99}]
    (error,) = of(found(way, asked=SECRET, options=options), "route.data_outside")
    assert error.path == f"options.mix.routes.0.{path}"
    allowed = [LARGE | {"accepts": "confidential"}, options[1]]
    assert not of(found(way, asked=SECRET, options=allowed), "route.data_outside")
    assert not of(
        found(way, asked=SECRET, options=options, rules={"outside": "confidential"}),
        "route.data_outside",
    )


def test_that_what_is_never_sent_does_not_leave() -> None:
    never = route(recipe=direct("api"), shares=[{"share": 0}])
    late = route(recipe=direct("api"), shares=[{"from_month": 13, "share": 1}])
    for way in (never, late, route(failover="api")):
        assert not of(found(way, asked=SECRET), "route.data_outside")


def test_that_pure_options_respect_what_they_say_they_accept() -> None:
    classes = [request_class(**SECRET)]
    assert len(of(bill(api(), classes=classes), "data.leaves")) == 1
    assert not of(bill(api(accepts="confidential"), classes=classes), "data.leaves")
    assert not of(bill(api(), classes=classes, rules={"outside": "restricted"}), "data.leaves")
    strict = bill(api(), classes=[request_class(name="Chat")], rules={"outside": "public"})
    (finding,) = of(strict, "data.leaves")
    assert sentence(finding) == (
        "API: internal requests (Chat) reach a provider (API) who may not be sent such data."
    )


def test_that_a_route_longer_than_the_context_is_pointed_out() -> None:
    mini = api(name="Cloud", model="openai/gpt-5-mini")
    asked = {"input_tokens": 399_000, "output_tokens": 700}
    options = [mini, SMALL]
    enhance = {"kind": "layered", "base": "owned", "enhancement": "api", "enhanced_share": 0.5,
               "quality_gain": 0.1}  # fmt: skip
    fits = found(route(recipe=direct("api")), asked=asked, options=options)
    assert not of(fits, "route.context_too_short")
    more = found(route(recipe=enhance), asked=asked, options=options)
    (finding,) = of(more, "route.context_too_short")
    assert (finding.severity, finding.facts["length"]) == ("warning", 400_400)
    assert finding.path == "options.mix.routes.0.recipe.enhancement"


def test_that_a_route_that_answers_too_late_is_pointed_out() -> None:
    # 1 s and 200 tokens at 50 a second are 5 s; a cascade that sends 34 % on takes 5 + 0.34 x 5 s
    quick = {"first_token_seconds": 1, "tokens_per_second": 50}
    options = [LARGE | quick, SMALL | quick]

    def late(recipe: dict[str, Any], **limits: float) -> list[Finding]:
        evaluation = found(route(recipe=recipe), asked=limits, options=options)
        return [*of(evaluation, "route.first_token_late"), *of(evaluation, "route.answer_late")]

    assert not late(direct("api"), first_token_limit=1, answer_limit=5)
    (answer,) = late(cascade(), answer_limit=6)
    assert (answer.severity, answer.path) == ("warning", "options.mix.routes.0.recipe")
    assert sentence(answer) == (
        "Mix, route 1: Rack + Cloud takes 6.7 s for an answer on average and 10 s for one in "
        "twenty requests; Chat allows 6 s."
    )
    (first,) = late(cascade(), first_token_limit=4)
    assert (first.code, first.facts["slow"]) == ("route.first_token_late", 6)
    assert not of(found(route(recipe=cascade()), asked={"answer_limit": 6}), "route.answer_late")


def test_that_a_predicted_speed_is_held_against_the_limits() -> None:
    hybrid = mix(route(recipe=direct("rented")))
    for limit, late in ((1000, 0), (0.01, 1)):
        classes = [request_class(answer_limit=limit)]
        evaluation = predicted_bill(predicted(), hybrid, classes=classes)
        assert len(of(evaluation, "route.answer_late")) == late


def test_that_overflow_without_servers_cannot_matter() -> None:
    options = [LARGE, api(id="other", name="Other"), SMALL]
    idle = found(route(recipe=direct("api"), overflow="other"), options=options)
    (note,) = of(idle, "route.overflow_idle")
    assert (note.severity, note.path) == ("note", "options.mix.routes.0.overflow")
    assert not of(found(route(overflow="api")), "route.overflow_idle")


def test_that_failover_needs_an_availability_and_another_option() -> None:
    (note,) = of(found(route(failover="api")), "route.failover_idle")
    assert note.severity == "note"
    up = [LARGE, SMALL | {"availability": 0.99}]
    assert not of(found(route(failover="api"), options=up), "route.failover_idle")
    both = route(recipe=cascade(), failover="api")
    assert not of(found(both, options=up), "route.failover_down")
    down = [LARGE | {"availability": 0.999}, SMALL]
    (warning,) = of(found(both, options=down), "route.failover_down")
    assert "Cloud itself is down" in sentence(warning)


def test_that_a_failover_behind_an_overflow_needs_one_that_may_be_down() -> None:
    other = api(id="other", name="Other")
    shaky, sure = LARGE | {"availability": 0.99}, [LARGE, other, SMALL | {"availability": 0.9}]
    behind = route(overflow="api", failover="other")
    assert len(of(found(behind, options=sure), "route.failover_idle")) == 1
    assert not of(found(behind, options=[shaky, other, SMALL]), "route.failover_idle")
    (note,) = of(
        found(route(overflow="api", failover="api"), options=[shaky, SMALL]),
        "route.failover_same",
    )
    assert (note.severity, note.path) == ("note", "options.mix.routes.0.failover")
    assert "Cloud is the overflow" in sentence(note)


def test_that_routes_that_differ_in_their_shares_only_are_pointed_out() -> None:
    halves = [route(shares=[{"share": 0.5}]), route(shares=[{"share": 0.5}])]
    (note,) = of(found(*halves), "route.twice")
    assert (note.path, note.facts["other"]) == ("options.mix.routes.1.shares", 1)
    halves[1]["overflow"] = "api"
    assert not of(found(*halves), "route.twice")


def test_that_routes_that_leave_a_part_of_a_class_out_are_pointed_out() -> None:
    third = {"shares": [{"share": 0.333}]}
    ways = [route(**third), route(**third, order=2), route(**third, order=3)]
    (short,) = of(found(*ways), "route.shares_short")
    assert sentence(short) == (
        "Mix: the routes of Chat take 99.9 % of its requests in month 1 and less than all in 12 "
        "months; the rest is not served."
    )
    exact = [way | {"shares": [{"share": 1 / 3}]} for way in ways]
    assert not of(found(*exact), "route.shares_short")
    late = found(route(shares=[{"from_month": 3, "share": 1}]))
    (short,) = of(late, "route.shares_short")
    assert (short.facts["month"], short.facts["months"], short.facts["share"]) == (1, 2, 0)


@pytest.mark.parametrize(
    ("right", "wrong", "warned"), [(0.8, 0.2, False), (0.79, 0.2, True), (1, 0.41, True)]
)
def test_that_a_verifier_that_errs_on_more_than_a_fifth_is_a_warning(
    right: float, wrong: float, warned: bool
) -> None:
    recipe = cascade(accepts_right=right, accepts_wrong=wrong)
    findings = of(found(route(recipe=recipe)), "cascade.weak_verifier")
    assert bool(findings) is warned
    if warned:
        assert findings[0].facts["error"] == pytest.approx(50 * (1 - right + wrong))


def test_that_scores_are_missed_where_a_floor_asks_for_them() -> None:
    floor = {"quality_floor": 0.6}
    only_small = {"qualities": SCORES[:1], "asked": floor}
    (note,) = of(found(route(overflow="api"), **only_small), "route.quality_not_checked")
    assert (note.severity, note.facts["members"]) == ("note", "Cloud")
    assert not of(found(route(), **only_small), "route.quality_not_checked")
    assert not of(found(route(overflow="api"), qualities=[]), "route.quality_not_checked")
    mean = found(route(), qualities=[], rules={"quality": 0.5})
    (note,) = of(mean, "route.mean_quality_not_checked")
    assert (note.path, note.facts["members"]) == ("rules.quality", "Rack")


def test_that_servers_nobody_uses_and_servers_that_are_not_there_yet_are_pointed_out() -> None:
    fleet = {"fleets": [{"option": "owned", "servers": [{"servers": 2}]}]}
    (idle,) = of(found(route(recipe=direct("api")), hybrid=fleet), "fleet.no_route")
    assert (idle.severity, idle.path) == ("warning", "options.mix.fleets.0.servers")
    assert not of(found(route(), hybrid=fleet), "fleet.no_route")
    slow = [LARGE, SMALL | {"lead_time_months": 3}]
    (early,) = of(found(route(overflow="api"), hybrid=fleet, options=slow), "fleet.too_early")
    assert sentence(early).endswith("3 months from order to service none is there before month 4.")
    fleet["fleets"][0]["servers"] = [{"servers": 0}, {"from_month": 4, "servers": 2}]
    assert not of(found(route(overflow="api"), hybrid=fleet, options=slow), "fleet.too_early")


def test_that_a_cache_of_a_class_without_routes_has_no_effect() -> None:
    cached = {"caches": [{"request_class": "use", "hit_rate": 0.2}]}
    assert len(of(found(hybrid=cached), "cache.no_route")) == 1
    assert not of(found(route(), hybrid=cached), "cache.no_route")


def two(small: float, large: float) -> list[dict[str, Any]]:
    """Two APIs that charge so much for a request of 200 output tokens."""
    return [
        api(id=name, name=name, model=name, prices={"input": 0, "output": cost * 1e6 / 200})
        for name, cost in (("small", small), ("large", large))
    ]


@pytest.mark.parametrize(
    ("small", "check", "dearer"),
    [(0.0066, 0, False), (0.0068, 0, True), (0.0056, 0.001, False), (0.0058, 0.001, True)],
)
def test_that_a_cascade_pays_only_below_the_break_even_escalation(
    small: float, check: float, dearer: bool
) -> None:
    # e = 0.1 x 0.7 + 0.9 x 0.3 = 0.34, so the rest may cost up to 0.66 of the large model's 0.01
    recipe = cascade(small="small", large="large", verifier_cost=check)
    evaluation = found(route(recipe=recipe), options=two(small, 0.01))
    findings = of(evaluation, "cascade.dearer")
    assert bool(findings) is dearer
    if dearer:
        (finding,) = findings
        assert finding.facts["cascade"] == pytest.approx(small + check + 0.0034, rel=5e-3)
        assert finding.facts["alone"] == pytest.approx(0.01)
        assert finding.facts["escalation"] == pytest.approx(34)
        assert finding.facts["most"] == pytest.approx(100 * (1 - (small + check) / 0.01), rel=5e-3)


def test_that_idle_servers_make_a_cascade_dearer_than_its_large_model() -> None:
    half_empty = [LARGE, SMALL | {"capacity": {"requests_per_hour": 100_000}}]
    (finding,) = of(found(route(recipe=cascade()), options=half_empty), "cascade.dearer")
    assert finding.facts["most"] == 0
    assert finding.facts["alone"] == pytest.approx(0.006)


def test_that_an_empty_hybrid_is_evaluated_and_says_what_it_leaves() -> None:
    empty = found()
    assert empty.bill_of("mix").tco.value == 0
    assert of(empty, "option.not_all_classes")
    (finding,) = of(empty, "requests.unserved")
    assert finding.path == "options.mix.routes"


def test_that_the_sample_sends_every_request_where_it_may_go_and_keeps_every_rule() -> None:
    sample = load_plan(resource("samples") / "hybrid_routing.reckon")
    evaluation = evaluate(sample)
    (lines,) = [lines for lines in evaluation.bill.options if lines.hybrid is not None]
    assert lines.hybrid is not None
    about = [f.code for f in evaluation.findings if f.facts.get("option") == lines.option.name]
    assert about == []
    broken = [
        check.label for check in lines.hybrid.checks
        if not evaluation.values.monthly(check.kept).all()
    ]  # fmt: skip
    assert broken == []
    assert evaluation.bill_of(lines.option.id).unserved.values.sum() == 0
    assert {member.option.kind for member in lines.hybrid.members} == {
        "closed_api", "hosted_open", "rented_gpus", "owned_servers",
    }  # fmt: skip
    classes = {item.id: item for item in sample.workload}
    for one in lines.hybrid.routes:
        asked = classes[one.route.request_class]
        found = recipe_reasons(sample, load_catalogue(), one.route.recipe, asked)
        assert not [reason for reason in found if reason.severity == "excluded"]


def test_that_every_template_names_facts_that_a_translation_can_rely_on() -> None:
    for code, template in TEMPLATES.items():
        for _, name, spec, conversion in Formatter().parse(template):
            assert name is None or (name.isidentifier() and not conversion), code
            assert spec in (None, "", "percent") or is_counted(spec), code
