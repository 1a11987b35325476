"""Smallest sets of rules in the way: held against all smallest sets of a made-up world."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pricing.optimise.questions.conflicts import in_the_way
from pricing.optimise.questions.rules import Rule

RULES = tuple(Rule(f"rule{number}", f"rules.{number}", lambda plan: plan) for number in range(12))
worlds = st.lists(
    st.sets(st.integers(0, len(RULES) - 1), min_size=1, max_size=4), min_size=1, max_size=5
)
"""Sets of rules of which nobody can keep all."""


def places(rules: Sequence[Rule]) -> set[int]:
    return {RULES.index(rule) for rule in rules}


@given(worlds)
def test_that_a_smallest_set_is_found_by_few_trials(world: list[set[int]]) -> None:
    trials = 0

    def possible(kept: Sequence[Rule]) -> bool:
        nonlocal trials
        trials += 1
        return not any(together <= places(kept) for together in world)

    found, sure = in_the_way(RULES, possible)
    assert sure
    assert not possible(found)
    assert all(possible([rule for rule in found if rule is not one]) for one in found)
    if len(found) == 1:
        assert trials <= 12, "halves, not one after the other"


@given(worlds, st.integers(0, 6))
def test_that_what_cannot_be_told_is_never_called_sure(world: list[set[int]], after: int) -> None:
    trials = 0

    def possible(kept: Sequence[Rule]) -> bool | None:
        nonlocal trials
        trials += 1
        if trials > after:
            return None
        return not any(together <= places(kept) for together in world)

    found, sure = in_the_way(RULES, possible)
    assert any(together <= places(found) for together in world)
    assert sure == (trials <= after)


def test_that_without_rules_none_is_in_the_way() -> None:
    assert in_the_way((), lambda kept: False) == ([], True)
