"""Changes of hybrids: first routes, shares that give way, entries that come and go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.viewmodels.route_edits import (
    first_routes,
    free_share,
    known_as_edited,
    moved_cache,
    moved_route,
    new_hybrid,
    with_cache_added,
    with_route_added,
    with_share,
    without,
)
from desktop.viewmodels.routing_finding import decision_sentence
from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.plan.edit import EditError, edited
from pricing.plan.entries import with_item_added
from pricing.plan.file import parse_plan
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.desktop.conftest import PLAN
from tests.desktop.hybrid_plans import with_mix


def mix_of(plan: Plan) -> Hybrid:
    return next(option for option in plan.options if isinstance(option, Hybrid))


def shares(plan: Plan) -> list[float]:
    return [route.shares[0].share for route in mix_of(plan).routes]


def test_that_each_class_first_goes_to_the_first_option_that_may_serve_it(plan: Plan) -> None:
    secret = edited(plan, "workload.docs.sensitivity", "restricted")
    found = first_routes(secret, load_catalogue())
    assert [(one.request_class.id, one.option.id) for one in found if one.option] == [
        ("chat", "api"), ("docs", "owned"),
    ]  # fmt: skip
    hybrid = new_hybrid(secret, "My mix", found)
    assert hybrid.id == "my-mix"
    assert with_item_added(secret, "options", hybrid).plan.options[-1] == hybrid


def test_that_a_class_that_nobody_may_serve_gets_no_route(plan: Plan) -> None:
    secret = edited(plan, "workload.docs.sensitivity", "restricted")
    found = first_routes(edited(secret, "options.owned.serves", ["chat"]), load_catalogue())
    assert found[1].option is None
    assert len(new_hybrid(secret, "Mix", found).routes) == 1


@given(share=st.floats(0, 1))
def test_that_routes_of_a_class_never_take_more_than_all_of_it(share: float) -> None:
    plan = with_mix(parse_plan(PLAN))
    after = shares(with_share(plan, mix_of(plan), 0, share))
    assert after[0] == share
    assert after[0] + after[1] <= 1 + 1e-8
    assert after[1] == pytest.approx(min(0.25, 1 - share), abs=1e-8)
    assert after[2] == 1


def test_that_shares_that_change_over_time_do_not_give_way_unasked(plan: Plan) -> None:
    steps = [{"share": 0.25}, {"from_month": 7, "share": 0.2}]
    changed = edited(with_mix(plan), "options.mix.routes.1.shares", steps)
    with pytest.raises(EditError, match='routes of "Customer chat"'):
        with_share(changed, mix_of(changed), 0, 0.9)


def test_that_a_route_or_cache_for_another_class_takes_what_is_left_of_it(plan: Plan) -> None:
    mixed = with_mix(plan)
    moved = moved_route(mix_of(mixed), 2, "chat")
    assert (moved.request_class, moved.shares[0].share) == ("chat", 0)
    less = mix_of(with_share(mixed, mix_of(mixed), 0, 0.25))
    assert moved_route(less, 2, "chat").shares[0].share == pytest.approx(0.5)
    assert moved_route(less, 1, "docs").shares[0].share == 0
    more = with_cache_added(mixed, mix_of(mixed))
    assert moved_cache(mix_of(more), 1, "chat").zone_share.value == 0
    part = edited(more, "options.mix.caches.0.zone_share", 0.6)
    assert moved_cache(mix_of(part), 1, "chat").zone_share.value == pytest.approx(0.4)
    kept = edited(part, "options.mix.caches.1.zone_share", 0.3)
    assert moved_cache(mix_of(kept), 1, "chat").zone_share.value == 0.3


def test_that_a_decision_changed_by_hand_is_not_called_proven_any_more(plan: Plan) -> None:
    made = {"made_by": "optimiser", "made_on": "2026-11-20", "npv": 100.0, "bound": 100.0,
            "locked": True}  # fmt: skip
    before = with_mix(plan, decision=made)
    assert "proven best" in decision_sentence(mix_of(before).decision)
    after = known_as_edited(before, with_share(before, mix_of(before), 0, 0.5), "mix")
    decision = mix_of(after).decision
    assert decision is not None
    assert decision.bound is None
    assert decision.locked
    told = decision_sentence(decision)
    assert "proven best" not in told
    assert "Changed by hand since" in told
    same = edited(before, "options.mix.note", "x")
    assert known_as_edited(before, same, "mix") is same


def test_that_shares_changed_by_hand_are_no_longer_said_to_be_chosen_by_the_optimiser(
    plan: Plan,
) -> None:
    made = {"made_by": "optimiser", "made_on": "2026-11-01", "npv": 100.0, "bound": 100.0}
    before = with_mix(plan, decision=made)
    after = known_as_edited(before, with_share(before, mix_of(before), 0, 0.5), "mix")
    routes = zip(mix_of(before).routes, mix_of(after).routes, strict=True)
    touched = [was.shares != now.shares for was, now in routes]
    assert [route.by_hand for route in mix_of(after).routes] == touched
    assert True in touched
    assert False in touched
    evaluation = evaluate(after)
    for number, by_hand in enumerate(touched, start=1):
        told = evaluation.explain(f"option.mix.route_{number}.share", 1)
        source = "entered by hand" if by_hand else "chosen by the optimiser"
        assert (told.source, told.confidence) == (source, "decision")
        assert (told.as_of is None) == by_hand
    again = known_as_edited(after, edited(after, "options.mix.note", "x"), "mix")
    assert [route.by_hand for route in mix_of(again).routes] == touched
    fewer = edited(after, "options.mix.fleets.0.servers.0.servers", 3)
    fleets = mix_of(known_as_edited(after, fewer, "mix")).fleets
    assert [fleet.by_hand for fleet in fleets] == [True] + [False] * (len(fleets) - 1)


def test_that_a_new_route_takes_what_is_left(plan: Plan) -> None:
    less = with_share(with_mix(plan), mix_of(with_mix(plan)), 0, 0.25)
    assert free_share(mix_of(less), "chat") == pytest.approx(0.5)
    more = with_route_added(less, mix_of(less))
    added = mix_of(more).routes[-1]
    assert (added.request_class, added.shares[0].share) == ("chat", pytest.approx(0.5))


def test_that_entries_come_and_go_in_their_places(plan: Plan) -> None:
    mixed = with_mix(plan)
    more = with_cache_added(mixed, mix_of(mixed))
    assert [cache.request_class for cache in mix_of(more).caches] == ["chat", "docs"]
    assert without(more, mix_of(more), "caches", 1) == mixed
    fewer = without(mixed, mix_of(mixed), "routes", 1)
    assert [route.recipe.uses for route in mix_of(fewer).routes] == [("rented",), ("rented",)]
