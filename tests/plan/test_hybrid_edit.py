"""Edits of options and request classes leave hybrids, rules and scores whole, and tell it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.plan.edit import (
    EditError,
    edited,
    fresh_id,
    value_at,
    with_item_added,
    with_item_duplicated,
    with_item_moved,
    with_item_removed,
)
from pricing.plan.figure import Share
from pricing.plan.file import load_plan
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from tests.plan.strategies.plans import few, plans
from tests.plan.test_hybrid import keys

PLAN = load_plan(Path(__file__).parent / "golden" / "version_1_hybrid.reckon")


def mix(plan: Plan) -> Hybrid:
    found = value_at(plan, "options.mix.1")
    assert isinstance(found, Hybrid)
    return found


def uses(plan: Plan) -> list[tuple[str, ...]]:
    return [route.recipe.uses for route in mix(plan).routes]


def texts(node: object) -> set[str]:
    """Every text in a document."""
    if isinstance(node, dict):
        return set().union(*(texts(item) for item in node.values()))
    if isinstance(node, list | tuple):
        return set().union(*(texts(item) for item in node))
    return {node} if isinstance(node, str) else set()


def test_that_everything_follows_the_new_id_of_an_option() -> None:
    after = edited(PLAN, "options.api.id", "cloud")
    assert [use for pair in uses(after) for use in pair if use in ("api", "cloud")] == ["cloud"] * 3
    assert mix(after).routes[0].overflow == "cloud"
    assert value_at(after, "rules.recipes.1.strong") == "cloud"
    renamed = edited(edited(PLAN, "options.own.id", "mine"), "options.hosted.id", "host")
    assert [fleet.option for fleet in mix(renamed).fleets] == ["mine", "rented"]
    assert (mix(renamed).routes[0].failover, mix(renamed).routes[2].overflow) == ("host", "host")
    assert value_at(renamed, "rules.recipes.0.base") == "mine"


@pytest.mark.parametrize("name", ["api", "hosted", "rented", "own"])
def test_that_a_renamed_option_leaves_its_old_name_nowhere(name: str) -> None:
    after = edited(PLAN, f"options.{name}.id", "renamed")
    assert name not in texts(after.model_dump())


@pytest.mark.parametrize("name", ["chat", "mail", "night.batch"])
def test_that_a_renamed_class_leaves_its_old_name_nowhere(name: str) -> None:
    after = edited(PLAN, f"workload.{name}.id", "renamed")
    assert name not in texts(after.model_dump())
    assert len(mix(after).routes) == len(mix(PLAN).routes)
    assert len(after.qualities) == len(PLAN.qualities)


def test_that_a_renamed_hybrid_stays_the_baseline() -> None:
    assert edited(PLAN, "options.mix.1.id", "both").baseline == "both"


def test_that_a_removed_option_takes_its_routes_servers_and_recipes_along_and_tells_it() -> None:
    edit = with_item_removed(PLAN, "options", "own")
    assert uses(edit.plan) == [("hosted", "api"), ("rented", "api")]
    assert [fleet.option for fleet in mix(edit.plan).fleets] == ["rented"]
    assert edit.plan.rules.recipes == ()
    assert [(effect.path, effect.said()) for effect in edit.also] == [
        (
            "options.mix.1.routes",
            "Options › 混合 one has lost the routes over the removed option; what took them is now "
            "reported as unserved.",
        ),
        ("rules.recipes", "Rules no longer hold the recipes with the removed option."),
    ]


def test_that_a_removed_overflow_or_failover_leaves_the_route_and_is_told() -> None:
    plan = edited(PLAN, "options.mix.1.routes.0.recipe", Direct(option="own"))
    edit = with_item_removed(plan, "options", "api")
    assert mix(edit.plan).routes[0].overflow is None
    assert mix(edit.plan).routes[0].failover == "hosted"
    assert [effect.code for effect in edit.also] == ["routes_lost", "overflow_lost", "recipes_lost"]
    again = with_item_removed(plan, "options", "hosted")
    assert mix(again.plan).routes[0].failover is None
    assert [effect.code for effect in again.also] == [
        "routes_lost", "failover_lost", "overflow_lost",
    ]  # fmt: skip


def test_that_servers_decided_on_without_a_route_are_told_when_they_go() -> None:
    plan = edited(PLAN, "options.mix.1.routes", ())
    edit = with_item_removed(plan, "options", "rented")
    assert [effect.said() for effect in edit.also] == [
        "Options › 混合 one has lost the servers decided on for the removed option."
    ]


def test_that_a_removed_hybrid_is_no_baseline_any_more() -> None:
    edit = with_item_removed(PLAN, "options", "mix.1")
    assert edit.plan.baseline is None
    assert [effect.code for effect in edit.also] == ["baseline_lost"]


def test_that_a_removed_class_takes_routes_caches_and_scores_along() -> None:
    after = with_item_removed(PLAN, "workload", "chat").plan
    assert {route.request_class for route in mix(after).routes} == {"mail", "night.batch"}
    assert mix(after).caches == ()
    assert [quality.request_class for quality in after.qualities] == [None] * 4


def test_that_the_copy_of_a_class_is_routed_cached_and_scored_like_the_original() -> None:
    edit = with_item_duplicated(PLAN, "workload", "chat")
    routes = [route for route in mix(edit.plan).routes if route.request_class == "chat-copy"]
    assert [route.recipe for route in routes] == [route.recipe for route in mix(PLAN).routes[:2]]
    assert [route.shares for route in routes] == [route.shares for route in mix(PLAN).routes[:2]]
    caches = [c.zone for c in mix(edit.plan).caches if c.request_class == "chat-copy"]
    assert caches == ["EU · 欧盟", "US"]
    scores = [q.score.value for q in edit.plan.qualities if q.request_class == "chat-copy"]
    assert scores == [0.88, 0.71]
    assert [effect.said() for effect in edit.also] == [
        "Options › 混合 one now routes chat-copy as it routes the original."
    ]


def test_that_the_copy_of_an_option_takes_no_routes_and_that_of_a_hybrid_keeps_all() -> None:
    copied = with_item_duplicated(PLAN, "options", "own").plan
    assert uses(copied) == uses(PLAN)
    second = with_item_duplicated(PLAN, "options", "mix.1")
    assert value_at(second.plan, f"options.{second.item}.routes") == mix(PLAN).routes


def test_that_a_hybrid_is_added_and_filled_step_by_step() -> None:
    name = fresh_id(PLAN, "options", "Second mix")
    plan = with_item_added(PLAN, "options", Hybrid(id=name, name="Second mix")).plan
    route = {"request_class": "mail", "recipe": {"kind": "direct", "option": "api"}}
    plan = with_item_added(plan, f"options.{name}.routes", route).plan
    plan = edited(plan, f"options.{name}.routes.0.shares.0.share", 0.4)
    plan = with_item_added(
        plan, f"options.{name}.routes", route | {"shares": [{"share": 0.6}]}
    ).plan
    assert [r.shares[0].share for r in value_at(plan, f"options.{name}.routes")] == [0.4, 0.6]
    plan = edited(plan, f"options.{name}.routes.1.recipe", Direct(option="hosted"))
    plan = with_item_moved(plan, f"options.{name}.routes", 1, 0).plan
    assert value_at(plan, f"options.{name}.routes.0.recipe").uses == ("hosted",)
    assert Plan.model_validate(plan.model_dump()) == plan


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "options.own.serves",
            ("mail",),
            '"own" serves mail only, not chat; choose another option or let it serve chat too',
        ),
        ("options.api.serves", ("mail",), '"api" serves mail only, not chat'),
        ("options.mix.1.routes.1.shares.0.share", 0.8, 'the routes of "chat" take 105 %'),
        ("options.mix.1.routes.0.recipe.large", "own", '"自有" is named twice'),
        ("options.mix.1.caches.0.zone_share", Share(value=0.7), 'zones of "chat" hold 110 % of'),
        ("options.mix.1.fleets.0.servers.0.from_month", 85, "Months between 1 and 84"),
    ],
)
def test_that_an_edit_that_breaks_a_hybrid_is_refused_and_says_why(
    path: str, value: object, message: str
) -> None:
    with pytest.raises(EditError) as caught:
        edited(PLAN, path, value)
    assert message.lower() in str(caught.value).lower()


def test_that_a_copied_route_would_take_its_requests_twice() -> None:
    with pytest.raises(
        EditError, match='the routes of "Mail" take 200 % of its requests in month 1'
    ):
        with_item_duplicated(PLAN, "options.mix.1.routes", 2)


@given(plans(), st.data())
@few
def test_that_any_option_or_class_can_be_renamed(plan: Plan, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(["options", "workload"]))
    name = data.draw(st.sampled_from([entry.id for entry in value_at(plan, path)]))
    after = edited(plan, f"{path}.{name}.id", "a.new-name_0")
    assert Plan.model_validate(after.model_dump()) == after
    assert edited(after, f"{path}.a.new-name_0.id", name) == plan


@given(plans(), st.data())
@few
def test_that_any_class_can_be_copied(plan: Plan, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([entry.id for entry in plan.workload]))
    copied = with_item_duplicated(plan, "workload", name)
    for before, after in zip(plan.options, copied.plan.options, strict=True):
        if isinstance(before, Hybrid) and isinstance(after, Hybrid):
            mine = [route for route in before.routes if route.request_class == name]
            assert len(after.routes) == len(before.routes) + len(mine)
    assert_whole(copied.plan)


def assert_whole(plan: Plan) -> None:
    document: dict[str, Any] = plan.model_dump()
    assert Plan.model_validate(document) == plan
    assert keys(document)
