"""Edits: a checked copy with one thing changed, or a sentence and the plan as it was."""

from datetime import date
from pathlib import Path

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
from pricing.plan.figure import BUYER, Amount, Price, Share
from pricing.plan.file import load_plan, plan_text
from pricing.plan.option import ClosedApi
from pricing.plan.plan import Plan, Tax
from pricing.plan.workload import MonthlyGrowth, PeakToAverage
from tests.plan.strategies.plans import few, plans

PLAN = load_plan(Path(__file__).parent / "golden" / "version_1.reckon")


def changed_lines(before: Plan, after: Plan) -> list[str]:
    old = plan_text(before).splitlines()
    return [line.strip() for line in plan_text(after).splitlines() if line not in old]


def test_that_an_edit_changes_one_field_of_a_copy() -> None:
    after = edited(PLAN, "options.owned-h100.useful_life_months", 72)
    assert value_at(after, "options.owned-h100.useful_life_months") == 72
    assert value_at(PLAN, "options.owned-h100.useful_life_months") == 60
    assert changed_lines(PLAN, after) == ['"useful_life_months": 72,']


def test_that_entries_go_by_id_or_index_and_ids_may_hold_dots() -> None:
    assert value_at(PLAN, "options.api-4.1.name") == "API"
    assert value_at(PLAN, "options.0.name") == "API"
    assert value_at(PLAN, "workload.night.batch.growth.factors.1").value == 1.5
    assert value_at(PLAN, "workload.0.profile.hours.23") == 0.75
    assert value_at(PLAN, "") is PLAN


def test_that_a_new_number_loses_where_the_old_one_came_from() -> None:
    before = value_at(PLAN, "electricity")
    after = value_at(edited(PLAN, "electricity", 0.25), "electricity")
    assert (before.source, before.as_of, before.low) == ("contract 17", date(2026, 6, 30), 0.17)
    assert after == Price(value=0.25, unit="per kWh", currency="EUR")
    assert after.source == BUYER


def test_that_a_new_number_keeps_its_currency() -> None:
    after = edited(PLAN, "options.box.price", 1_400_000)
    assert value_at(after, "options.box.price") == Price(value=1_400_000, currency="CNY")


@pytest.mark.parametrize("path", ["options.owned-h100.price", "options.owned-h100.price.value"])
def test_that_the_number_of_a_figure_cannot_change_and_keep_its_source(path: str) -> None:
    after = value_at(edited(PLAN, path, 320_000), "options.owned-h100.price")
    assert after == Price(value=320_000, currency="USD")


def test_that_the_same_number_again_changes_nothing() -> None:
    assert edited(PLAN, "electricity", 0.21) == PLAN


def test_that_the_source_of_a_figure_can_be_edited_alone() -> None:
    after = value_at(edited(PLAN, "electricity.source", "contract 18"), "electricity")
    assert (after.value, after.source) == (0.21, "contract 18")


def test_that_a_number_can_be_stated_where_none_stood_and_taken_away_again() -> None:
    stated = edited(PLAN, "workload.mail.quality_floor", 0.9)
    assert value_at(stated, "workload.mail.quality_floor") == Share(value=0.9)
    assert edited(stated, "workload.mail.quality_floor", None) == PLAN


def test_that_models_and_documents_are_values_too() -> None:
    flat = edited(PLAN, "workload.chat.profile", PeakToAverage(ratio=2))
    same = edited(PLAN, "workload.chat.profile", {"kind": "peak-to-average", "ratio": 2})
    assert flat == same
    taxed = edited(PLAN, "finance.tax", Tax(rate=Share(value=0.25)))
    assert value_at(taxed, "finance.tax.rate.value") == 0.25
    slower = edited(PLAN, "workload.chat.growth", MonthlyGrowth())
    assert value_at(slower, "workload.chat.growth.rate.value") == 0


def test_that_a_figure_of_another_kind_is_taken_for_what_it_says() -> None:
    after = edited(PLAN, "workload.chat.input_tokens", Amount(value=5, source="count"))
    assert value_at(after, "workload.chat.input_tokens").source == "count"


def test_that_references_follow_when_an_id_changes() -> None:
    after = edited(PLAN, "options.api-4.1.id", "api")
    assert after.baseline == "api"
    assert value_at(after, "options.rented.bridge") == "api"
    renamed = edited(PLAN, "workload.chat.id", "talk")
    assert value_at(renamed, "options.api-4.1.serves") == ("talk", "mail")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "options.owned-h100.useful_life_months",
            0,
            "Not changed: Options › Owned H100 › Useful life: 0 is too small; months between 12 "
            "and 120 are possible.",
        ),
        (
            "electricity",
            -0.2,
            "Not changed: Electricity: -0.2 is too small; prices of 0 or more are possible.",
        ),
        (
            "electricity",
            float("nan"),
            "Not changed: Electricity: NaN is not a finite number; enter an ordinary number.",
        ),
        (
            "options.owned-h100.usefull_life",
            1,
            'Not changed: Options › Owned H100: "usefull_life" is not known here; perhaps '
            "useful_life_months is meant.",
        ),
        (
            "options.h100.name",
            "x",
            'Not changed: Options: there is no "h100"; known are api-4.1, hosted, rented, '
            "reserved, owned-h100, box.",
        ),
        (
            "options.9.name",
            "x",
            'Not changed: Options: there is no "9"; known are api-4.1, hosted, rented, '
            "reserved, owned-h100, box.",
        ),
        (
            "options.api-4.1.prices.input",
            1,
            "Not changed: Options › API › Prices: nothing is stated here yet; before "
            '"input", state the whole.',
        ),
        (
            "name.first",
            "x",
            'Not changed: Name: there is no "first" in it; it holds "Golden plan · 黄金计划".',
        ),
        (
            "options.box.id",
            "hosted",
            'Not changed: Options › 一体机 › Id: the id "hosted" is used twice; ids must differ.',
        ),
    ],
)
def test_that_a_bad_edit_is_explained(path: str, value: object, message: str) -> None:
    with pytest.raises(EditError) as caught:
        edited(PLAN, path, value)
    assert str(caught.value) == message


def test_that_an_added_entry_stands_where_it_was_put() -> None:
    option = ClosedApi(id="other", name="Other", model="anthropic/claude-haiku")
    last = with_item_added(PLAN, "options", option)
    first = with_item_added(PLAN, "options", option, at=0)
    assert last.plan.options[-1] == first.plan.options[0] == option
    assert (last.item, last.also, first.also) == ("other", (), ())


def test_that_an_id_is_made_from_a_name_and_is_free() -> None:
    assert fresh_id(PLAN, "options", "Owned H100!") == "owned-h100-2"
    assert fresh_id(PLAN, "options", "Cloud (EU)") == "cloud-eu"
    assert fresh_id(PLAN, "workload", "知识库") == "workload"
    assert fresh_id(PLAN, "options", "一体机") == "option"


def test_that_a_copy_follows_its_original_with_a_name_and_an_id_of_its_own() -> None:
    once = with_item_duplicated(PLAN, "options", "box")
    twice = with_item_duplicated(once.plan, "options", "box")
    assert [option.id for option in twice.plan.options[-3:]] == ["box", "box-copy-2", "box-copy"]
    assert [option.name for option in twice.plan.options[-3:]] == [
        "一体机",
        "一体机 copy 2",
        "一体机 copy",
    ]
    assert value_at(once.plan, "options.box-copy.price") == value_at(PLAN, "options.box.price")


def test_that_the_copy_of_a_request_class_is_served_like_the_original() -> None:
    edit = with_item_duplicated(PLAN, "workload", "chat")
    assert value_at(edit.plan, "options.api-4.1.serves") == ("chat", "mail", "chat-copy")
    assert [effect.said() for effect in edit.also] == [
        "Options › API now serves chat-copy too, as it serves the original."
    ]


def test_that_a_removed_bridge_and_baseline_leave_a_whole_plan_and_are_told() -> None:
    edit = with_item_removed(PLAN, "options", "api-4.1")
    assert edit.plan.baseline is None
    assert value_at(edit.plan, "options.rented.bridge") is None
    assert [(effect.path, effect.said()) for effect in edit.also] == [
        (
            "options.rented.bridge",
            "Options › Rented has lost its bridge; what its servers cannot serve is now reported "
            "as unserved.",
        ),
        ("baseline", "All options are now compared with the first one, Hosted."),
    ]


def test_that_a_removed_class_vanishes_from_what_options_serve() -> None:
    edit = with_item_removed(PLAN, "workload", "mail")
    assert value_at(edit.plan, "options.api-4.1.serves") == ("chat",)
    assert [effect.said() for effect in edit.also] == [
        "Options › API no longer names the removed request class."
    ]
    last = with_item_removed(edit.plan, "workload", "chat")
    assert value_at(last.plan, "options.api-4.1.serves") == ()
    assert [effect.said() for effect in last.also] == [
        "Options › API served only the removed request class and now serves all."
    ]


def test_that_the_last_option_cannot_be_removed() -> None:
    plan = PLAN
    for name in ("hosted", "rented", "reserved", "owned-h100", "box"):
        plan = with_item_removed(plan, "options", name).plan
    with pytest.raises(EditError, match="Options: none entered; at least one is needed"):
        with_item_removed(plan, "options", "api-4.1")


def test_that_moving_changes_the_order_only_and_tells_a_new_first_option() -> None:
    plan = edited(PLAN, "baseline", None)
    edit = with_item_moved(plan, "options", "box", 0)
    assert [option.id for option in edit.plan.options][:2] == ["box", "api-4.1"]
    assert [effect.code for effect in edit.also] == ["baseline_lost"]
    assert with_item_moved(edit.plan, "options", "box", 5).plan == plan


def test_that_entries_without_an_id_go_by_index() -> None:
    factors = "workload.night.batch.growth.factors"
    longer = with_item_duplicated(PLAN, factors, 2).plan
    assert [amount.value for amount in value_at(longer, factors)] == [1, 1.5, 2, 2]
    shorter = with_item_removed(PLAN, factors, 0)
    assert [amount.value for amount in value_at(shorter.plan, factors)] == [1.5, 2]


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: with_item_added(PLAN, "finance", {}), "Finance: it is no list"),
        (lambda: with_item_removed(PLAN, "options", "x"), 'there is no "x"; known are api-4.1'),
        (lambda: with_item_moved(PLAN, "options", "box", 6), "6 is no place in a list of 6"),
        (lambda: with_item_added(PLAN, "workload", {"id": "x"}), "Workload › x › Name: missing"),
        (lambda: with_item_added(PLAN, "options", PLAN.options[0]), 'the id "api-4.1" is used'),
    ],
)
def test_that_a_bad_list_edit_is_explained(action, message: str) -> None:  # noqa: ANN001
    with pytest.raises(EditError, match=message):
        action()


@given(plans(), st.data())
@few
def test_that_copying_then_removing_the_copy_gives_the_plan_back(
    plan: Plan, data: st.DataObject
) -> None:
    option = data.draw(st.sampled_from([option.id for option in plan.options]))
    copied = with_item_duplicated(plan, "options", option)
    assert with_item_removed(copied.plan, "options", copied.item).plan == plan


@given(plans(), st.data())
@few
def test_that_removing_any_entry_leaves_a_plan_without_loose_ends(
    plan: Plan, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(["options", "workload"]))
    entries = value_at(plan, path)
    if len(entries) > 1:
        name = data.draw(st.sampled_from([entry.id for entry in entries]))
        edit = with_item_removed(plan, path, name)
        assert name not in [entry.id for entry in value_at(edit.plan, path)]
        assert Plan.model_validate(edit.plan.model_dump()) == edit.plan
