"""Hybrids in a plan: what cannot be is refused in a sentence, what can be comes back exactly."""

import json
from copy import deepcopy
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from pricing.plan.document import plan_document, validate_document
from pricing.plan.figure import Share
from pricing.plan.file import load_plan, plan_text
from pricing.plan.hybrid import Decision, Fleet, Hybrid, Question, ResultCache, Route
from pricing.plan.option_base import OptionBase
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError, Problem
from pricing.plan.quality import ModelQuality
from pricing.plan.recipe import Cascade, Direct, Layered, Router
from pricing.plan.rules import Rules
from pricing.plan.schema import plan_schema
from tests.plan.json_schema import accepts
from tests.plan.replacing import refused, replaced
from tests.plan.test_fuzz import check_that_it_explains

GOLDEN = Path(__file__).parent / "golden"
PATH = GOLDEN / "version_1_hybrid.reckon"
TEXT = PATH.read_text(encoding="utf-8")
PLAN = load_plan(PATH)
MIX = next(i for i, option in enumerate(PLAN.options) if option.id == "mix.1")
SCHEMA = plan_schema()


def changed(way: str, value: object) -> dict[str, Any]:
    """The document of the golden plan with one entry replaced."""
    return replaced(TEXT, way, value)


def problems(way: str, value: object) -> tuple[Problem, ...]:
    return refused(changed(way, value))


def test_that_a_hybrid_of_version_1_opens_forever() -> None:
    assert plan_text(PLAN) == TEXT
    assert json.loads(TEXT)["schema"] == 1


@pytest.mark.parametrize(
    "model", [OptionBase, Hybrid, Route, Fleet, ResultCache, Decision, Direct, Layered, Cascade,
              Question, Router, Rules, ModelQuality],
)  # fmt: skip
def test_that_the_golden_hybrid_states_every_field(model: type[Any]) -> None:
    written = keys(json.loads(TEXT))
    assert set(model.model_fields) - {"kind"} <= written


def test_that_decisions_of_files_that_say_nothing_of_a_question_have_none() -> None:
    document = json.loads(TEXT)
    decision = document["options"][MIX]["decision"]
    assert decision.pop("question") == {"axis": "on_premises", "level": 0.9}
    hybrid = validate_document(document).options[MIX]
    assert isinstance(hybrid, Hybrid)
    assert hybrid.decision == Decision.model_validate(decision)
    assert hybrid.decision.question is None
    assert "question" not in plan_document(validate_document(document))["options"][MIX]["decision"]


def test_that_a_share_that_was_asked_for_is_no_more_than_all() -> None:
    way = f"options/{MIX}/decision/question"
    validate_document(changed(way, {"axis": "capex", "level": 90}))
    (problem,) = problems(way, {"axis": "on_premises", "level": 90})
    assert "90" in str(problem)


def keys(node: object) -> set[str]:
    """Every key written in a document."""
    if isinstance(node, dict):
        return set(node).union(*(keys(item) for item in node.values()))
    return set().union(*(keys(item) for item in node)) if isinstance(node, list) else set()


def test_that_defaults_of_hybrids_stay_what_files_rely_on() -> None:
    """A file leaves defaults out: changing one needs a migration that writes the old one."""
    route = Route(request_class="chat", recipe=Direct(option="api"))
    assert [(s.from_month, s.share) for s in route.shares] == [(1, 1.0)]
    assert (route.overflow, route.failover, route.order) == (None, None, 1)
    cache = ResultCache(request_class="chat", hit_rate=Share(value=0.2))
    assert (cache.zone, cache.zone_share.value, cache.false_hits.value) == ("", 1, 0)
    assert cache.peak_hit_rate is None
    rules = Rules()
    assert (rules.outside, rules.vendors, rules.least_vendor_share.value) == ("internal", 1, 0.1)
    assert (rules.purchases, rules.capex_per_year, rules.recipes) == ("quarter", (), ())
    unset = (rules.site_power_kw, rules.most_vendor_share, rules.quality, rules.on_premises)
    assert unset == (None,) * 4
    empty = Hybrid(id="mix", name="Mix")
    assert (empty.routes, empty.fleets, empty.caches, empty.decision) == ((), (), (), None)
    assert empty.lookup_cost.is_left_out
    assert empty.store_cost.is_left_out


def test_that_a_plan_without_rules_writes_none() -> None:
    assert "rules" not in plan_document(load_plan(GOLDEN / "version_1.reckon"))


def test_that_a_hybrid_may_be_the_baseline_and_several_stand_side_by_side() -> None:
    assert PLAN.baseline == "mix.1"
    assert [option.kind for option in PLAN.options].count("hybrid") == 2


ROUTES = f"options/{MIX}/routes"
WHERE = "Options › 混合 one › Routes › entry 1 (Chat)"
REFUSED: list[tuple[str, object, str, str]] = [
    (
        f"{ROUTES}/0/request_class", "calls", "routes.0.request_class",
        'Options › 混合 one › Routes › entry 1 › Request class: "calls" is no request class of '
        "this plan; known are chat, mail, night.batch.",
    ),
    (
        f"{ROUTES}/0/recipe/small", "nobody", "routes.0.recipe.small",
        f'{WHERE} › Recipe › Small option: "nobody" cannot answer requests; possible are the '
        "options api, hosted, own, rented.",
    ),
    (
        f"{ROUTES}/0/recipe/small", "empty", "routes.0.recipe.small",
        f'{WHERE} › Recipe › Small option: "empty" cannot answer requests; possible are the '
        "options api, hosted, own, rented.",
    ),
    (
        f"{ROUTES}/0/recipe/small", "api", "routes.0.recipe.large",
        f'{WHERE} › Recipe › Large option: "API" is named twice; a recipe of two models needs two '
        "options.",
    ),
    (
        f"{ROUTES}/1/recipe/strong", "hosted", "routes.1.recipe.strong",
        'Options › 混合 one › Routes › entry 2 (Chat) › '
        'Recipe › Strong option: "Hosted" is named twice; '
        "a recipe of two models needs two options.",
    ),
    (
        f"{ROUTES}/0/overflow", "rented", "routes.0.overflow",
        f'{WHERE} › Overflow: "rented" cannot take what servers leave; possible are token-priced '
        "options (api, hosted).",
    ),
    (
        f"{ROUTES}/0/failover", "mix.1", "routes.0.failover",
        f'{WHERE} › Failover: "mix.1" cannot take what servers leave; possible are token-priced '
        "options (api, hosted).",
    ),
    (
        f"{ROUTES}/0/shares/1/from_month", 1, "routes.0.shares.1.from_month",
        f"{WHERE} › Shares › entry 2 › From month: 1 is not later than the month before it in the "
        "list (1); list months in rising order.",
    ),
    (
        f"{ROUTES}/1/shares/1/share", 0.51, "routes.1.shares",
        'Options › 混合 one › Routes › entry 2 (Chat) › '
        'Shares: the routes of "Chat" take 101 % of its '
        "requests in month 4; together they may take 100 % at most.",
    ),
    (
        f"{ROUTES}/0/recipe/correlation", 0.1, "routes.0.recipe.correlation",
        f"{WHERE} › Recipe › Correlation: goes without both_right: the joint correctness is "
        "stated in one way.",
    ),
    (
        f"{ROUTES}/0/recipe/both_right", ..., "routes.0.recipe",
        f"{WHERE} › Recipe: state both_right, or the correlation of the two models' right answers.",
    ),
    (
        f"{ROUTES}/4/recipe/correlation", 1.5, "routes.4.recipe.correlation.value",
        "Options › 混合 one › Routes › entry 5 (夜间批处理) › "
        "Recipe › Correlation: 1.5 is too large; "
        "correlations between -1 and 1 are possible.",
    ),
    (
        f"{ROUTES}/1/recipe/apgr", 1, "routes.1.recipe.apgr.value",
        "Options › 混合 one › Routes › entry 2 (Chat) › "
        "Recipe › Performance gap recovered: 1 is no "
        "performance gap recovered; possible are shares above 0 and below 1, where 0.5 is chance.",
    ),
    (
        f"{ROUTES}/2/recipe/quality_gain", 8, "routes.2.recipe.quality_gain.value",
        "Options › 混合 one › Routes › entry 3 (Mail) › "
        "Recipe › Gain in quality: 8 is no gain of a "
        "score; possible are gains between 0 and 1.",
    ),
    (
        f"options/{MIX}/fleets/1/option", "hosted", "fleets.1.option",
        'Options › 混合 one › Fleets › entry 2 › Option: "hosted" has no servers to decide on; '
        "possible are own, rented.",
    ),
    (
        f"options/{MIX}/fleets/1/option", "own", "fleets.1.option",
        'Options › 混合 one › Fleets › entry 2 › Option: "own" has a fleet already; an option has '
        "one.",
    ),
    (
        f"options/{MIX}/caches/1/zone_share", 0.5, "caches.1.zone_share",
        "Options › 混合 one › Result caches › entry 2 (Chat) › Share of the zone: the zones of "
        '"Chat" hold 110 % of its requests together; 100 % are all of them.',
    ),
    (
        f"options/{MIX}/serves", ["chat"], "serves",
        "Options › 混合 one › Serves: goes without serves: the routes of a hybrid say what it "
        "serves.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("way", "value", "path", "message"), REFUSED)
def test_that_a_hybrid_that_cannot_be_is_refused_in_a_sentence(
    way: str, value: object, path: str, message: str
) -> None:
    (problem,) = problems(way, value)
    assert problem.message == message
    assert problem.path == f"options.mix.1.{path}"


RULES: list[tuple[str, object, str]] = [
    (
        "rules/vendors", 7,
        "Rules › Vendors: 7 vendors with at least 0.15 of the tokens each are more than all; up to "
        "6 are possible, or enter a smaller least_vendor_share.",
    ),
    (
        "rules/most_vendor_share", 0,
        "Rules › Most of one vendor: 0 means that no vendor may serve anything; possible are "
        "shares above 0 and up to 1.",
    ),
    (
        "rules/most_vendor_share", 0.1,
        "Rules › Most of one vendor: 0.1 is less than the share from which a vendor counts (0.15); "
        "enter at least that.",
    ),
    (
        "rules/recipes/1/weak", "mix.1",
        'Rules › Recipes › entry 2 › Weak option: "mix.1" cannot answer requests; possible are the '
        "options api, hosted, own, rented.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("way", "value", "message"), RULES)
def test_that_rules_that_nothing_can_keep_are_refused(
    way: str, value: object, message: str
) -> None:
    assert [problem.message for problem in problems(way, value)] == [message]


def test_that_a_hybrid_is_no_bridge() -> None:
    own = next(i for i, option in enumerate(PLAN.options) if option.id == "own")
    (problem,) = problems(f"options/{own}/bridge", "mix.1")
    assert problem.message == (
        'Options › 自有 › Bridge: "mix.1" cannot be the bridge; a bridge is a token-priced option '
        "(api, hosted)."
    )


@pytest.mark.parametrize("field", ["recipe/option", "overflow", "failover"])
def test_that_no_route_sends_a_class_where_it_is_not_served(field: str) -> None:
    document = changed("options/1/serves", ["mail"])
    routes = document["options"][MIX]["routes"]
    routes[:] = [{"request_class": "chat", "recipe": {"kind": "direct", "option": "own"}}]
    validate_document(document)
    *inner, leaf = field.split("/")
    node = routes[0][inner[0]] if inner else routes[0]
    node[leaf] = "hosted"
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    (problem,) = caught.value.problems
    assert problem.path == f"options.mix.1.routes.0.{field.replace('/', '.')}"
    assert problem.message.endswith(
        '"hosted" serves mail only, not chat; choose another option or let it serve chat too.'
    )


def test_that_an_option_cannot_stand_in_for_itself() -> None:
    way = {"request_class": "mail", "recipe": {"kind": "direct", "option": "api"}}
    document = changed(f"{ROUTES}/2", way | {"failover": "hosted"})
    validate_document(document)
    (problem,) = problems(f"{ROUTES}/2", way | {"failover": "api"})
    assert problem.message == (
        "Options › 混合 one › Routes › entry 3 (Mail) › "
        'Failover: "API" cannot stand in for itself while '
        "it is down; choose another option."
    )


def test_that_shares_may_miss_one_by_rounding_and_not_by_more() -> None:
    def with_shares(*shares: float) -> dict[str, Any]:
        document = changed(ROUTES, [])
        document["options"][MIX]["routes"] = [
            {
                "request_class": "mail", "recipe": {"kind": "direct", "option": "api"},
                "shares": [{"share": share}],
            }
            for share in shares
        ]  # fmt: skip
        return document

    for shares in ((0.1, 0.2, 0.7), (1 / 3, 1 / 3, 1 / 3), (0.7, 0.1, 0.2), (1 + 0.0, 1e-10)):
        validate_document(with_shares(*shares))
    with pytest.raises(PlanError, match=r"take 100\.0001 % of"):
        validate_document(with_shares(1.0, 1e-6))


def test_that_an_option_of_unknown_kind_makes_no_second_message() -> None:
    (problem,) = problems("options/3/kind", "robots")
    assert problem.path == "options.own.kind"


@pytest.mark.parametrize("wrong", [["chat"], {"id": 1}, 10**400, float("inf"), True, None, "x"])
@pytest.mark.parametrize(
    "field",
    ["routes/0/request_class", "routes/0/shares", "routes/0/shares/0/share", "routes/0/recipe",
     "routes/0/shares/0/from_month", "routes/0/failover", "fleets/0/option", "fleets/0",
     "caches/0/request_class", "caches/0/zone_share", "caches/0", "routes/0/recipe/small"],
)  # fmt: skip
def test_that_what_cannot_be_read_is_a_plan_or_explained(field: str, wrong: object) -> None:
    try:
        plan = validate_document(changed(f"options/{MIX}/{field}", deepcopy(wrong)))
    except PlanError as error:
        check_that_it_explains(error)
    else:
        assert isinstance(plan, Plan)


@pytest.mark.parametrize(("way", "value", "path", "message"), REFUSED)
def test_that_the_json_schema_refuses_what_it_can(
    way: str, value: object, path: str, message: str
) -> None:
    told = ("joint", "state both_right", "gap recovered", "correlations between")
    expressible = any(words in message for words in told)
    refused = not accepts(SCHEMA, changed(way, value), SCHEMA)
    assert refused == (expressible and "gap recovered" not in message)


@pytest.mark.parametrize(
    ("stated", "valid"),
    [({"both_right": 0.6}, True), ({"correlation": 0.1}, True), ({}, False),
     ({"both_right": 0.6, "correlation": 0.1}, False)],
)  # fmt: skip
def test_that_the_json_schema_asks_for_one_joint_correctness(
    stated: dict[str, float], valid: bool
) -> None:
    cascade = {
        "kind": "cascade", "small": "own", "large": "api", "accepts_right": 0.9,
        "accepts_wrong": 0.1, **stated,
    }  # fmt: skip
    document = changed(f"{ROUTES}/0/recipe", cascade)
    assert accepts(SCHEMA, document, SCHEMA) is valid
    if valid:
        validate_document(document)
    else:
        with pytest.raises(PlanError):
            validate_document(document)


def test_that_the_largest_hybrid_is_checked_in_a_moment() -> None:
    document = changed(ROUTES, [])
    steps = [{"from_month": month, "share": 0.001} for month in range(1, 85)]
    document["options"][MIX]["routes"] = [
        {
            "request_class": "mail", "recipe": {"kind": "direct", "option": "api"}, "shares": steps,
        }
        for _ in range(1000)
    ]  # fmt: skip
    started = perf_counter()
    plan = validate_document(document)
    assert isinstance(plan, Plan)
    assert perf_counter() - started < 10  # 84,000 steps; a check that compares all with all hangs
