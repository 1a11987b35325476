"""The document: edits, undo, files."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop.app.session import Session
from desktop.forms.edit import Edit
from pricing.catalogue.installed import naming_its_catalogue
from pricing.plan.entries import with_item_duplicated, with_item_moved, with_item_removed
from pricing.plan.file import PlanFileError, load_plan
from pricing.plan.plan import Plan

FIELDS = (
    "workload.chat.requests",
    "workload.chat.input_tokens",
    "workload.docs.output_tokens",
    "options.owned.price",
    "options.owned.capacity.usable_share",
    "finance.discount_rate",
)


def test_that_an_edit_changes_the_plan_and_is_named_in_the_undo_list(session: Session) -> None:
    assert session.edit(Edit("workload.chat.requests", 500, "Requests", 1)) == ""
    assert session.plan is not None
    assert session.plan.workload[0].requests.value == 500
    assert session.undo.undoText() == 'Change "Requests"'


def test_that_typing_in_one_field_is_one_step_and_the_next_visit_another(session: Session) -> None:
    for value in (1, 12, 125):
        session.edit(Edit("workload.chat.requests", value, "Requests", 1))
    session.edit(Edit("workload.chat.requests", 7, "Requests", 2))
    assert session.undo.count() == 2
    session.undo.undo()
    assert session.plan is not None
    assert session.plan.workload[0].requests.value == 125


def test_that_an_edit_taken_back_while_typing_leaves_no_step(session: Session, plan: Plan) -> None:
    before = plan.workload[0].requests
    session.edit(Edit("workload.chat.requests", 6, "Requests", 1))
    session.edit(Edit("workload.chat.requests", before, "Requests", 1))
    assert session.undo.count() == 0
    assert not session.modified


def test_that_an_impossible_edit_says_why_and_changes_nothing(session: Session, plan: Plan) -> None:
    sentence = session.edit(Edit("workload.chat.requests", -5, "Requests", 1))
    assert "-5" in sentence
    assert session.plan == plan
    assert session.undo.count() == 0


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(FIELDS), st.floats(0.01, 1), st.integers(0, 3)),
            st.sampled_from(["duplicate", "remove", "move", "undo", "redo"]),
        ),
        max_size=12,
    )
)
def test_that_undo_and_redo_cannot_drift(
    plan: Plan, qapp: QApplication, steps: list[object]
) -> None:
    session = Session()
    session.start(plan)
    for step in steps:
        if isinstance(step, tuple):
            session.edit(Edit(step[0], step[1], step[0], step[2]))
        elif step == "undo":
            session.undo.undo()
        elif step == "redo":
            session.undo.redo()
        else:
            session.apply(str(step), _list_changes()[str(step)])
    last = session.plan
    while session.undo.canUndo():
        session.undo.undo()
    assert session.plan == plan
    assert not session.modified
    while session.undo.canRedo():
        session.undo.redo()
    if "undo" not in steps:
        assert session.plan == last


def _list_changes() -> dict[str, object]:
    return {
        "duplicate": lambda plan: with_item_duplicated(plan, "options", 0).plan,
        "remove": lambda plan: with_item_removed(plan, "options", len(plan.options) - 1).plan,
        "move": lambda plan: with_item_moved(plan, "options", 0, len(plan.options) - 1).plan,
    }


def test_that_saving_makes_the_document_clean_and_editing_makes_it_modified(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "plan.reckon"
    session.edit(Edit("months", 48, "Horizon", 1))
    assert session.modified
    session.save(path)
    assert not session.modified
    assert session.plan is not None
    assert load_plan(path) == naming_its_catalogue(session.plan)
    session.undo.undo()
    assert session.modified


def test_that_an_edit_of_a_saved_gesture_is_a_new_step(session: Session, tmp_path: Path) -> None:
    session.edit(Edit("months", 48, "Horizon", 1))
    session.save(tmp_path / "plan.reckon")
    session.edit(Edit("months", 60, "Horizon", 1))
    assert session.undo.count() == 2


def test_that_a_plan_that_cannot_be_written_stays_modified(
    session: Session, tmp_path: Path
) -> None:
    session.edit(Edit("months", 48, "Horizon", 1))
    with pytest.raises(PlanFileError):
        session.save(tmp_path / "no such folder" / "plan.reckon")
    assert session.modified
    assert session.path is None


def test_that_a_file_that_cannot_be_read_leaves_the_document_alone(
    session: Session, plan: Plan, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.reckon"
    broken.write_text('{"format": "reckoner-plan", "sch', encoding="utf-8")
    session.edit(Edit("months", 48, "Horizon", 1))
    with pytest.raises(PlanFileError):
        session.open(broken)
    assert session.plan is not None
    assert session.plan.months == 48
    assert session.undo.canUndo()


def test_that_wrong_entries_are_remembered_until_corrected(session: Session) -> None:
    session.note_entry("months", "too many")
    assert session.entries == {"months": "too many"}
    session.note_entry("months", "")
    assert session.entries == {}
