"""Models compared for the load of an option, and the quality scores that decide among them."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.score import ScoreDialog
from desktop.dialogs.scores import ScoresDialog
from desktop.pages.navigation import SERVING
from desktop.pages.serving_sizing import MODEL, QUALITY, SizingPanel
from desktop.viewmodels.scores import names_of_models, score_cells
from desktop.viewmodels.serving_ranking import as_option
from desktop.viewmodels.serving_sizing import sizing_view
from desktop.window import SIZE, MainWindow
from pricing.catalogue import load_catalogue
from pricing.plan.edit import edited
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.quality import ModelQuality
from tests.desktop.test_legibility import everything_fits
from tests.desktop.test_serving_page import RUNNING, WAIT, predict

SCORES = [
    {"model": "qwen3-32b", "score": {"value": 0.78, "source": "own test"}},
    {"model": "llama-3.1-8b", "score": 0.61},
    {"model": "llama-3.3-70b", "score": 0.81},
]


def with_scores(plan: Plan, floor: float | None = 0.75) -> Plan:
    plan = edited(plan, "workload.chat.quality_floor", floor)
    return edited(plan, "qualities", SCORES)


@pytest.fixture(scope="module")
def demanding(plan: Plan) -> Plan:
    """A predicted option, a floor and three scores."""
    option = next(o for o in plan.options if o.id == "owned")
    changed = option.model_copy(update={"capacity": None, "serving": RUNNING})
    return with_scores(edited(plan, "options.owned", changed))


@pytest.fixture
def compared(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The serving page after models were compared."""
    predict(window)
    assert window.session.apply("Scores", with_scores) == ""
    window.navigation.setCurrentRow(SERVING)
    qtbot.waitUntil(lambda: window.serving.ranking.basis.text() != "", timeout=WAIT)
    qtbot.waitUntil(window.serving.sizing.isVisible, timeout=WAIT)
    window.serving.sizing.compare.click()
    found(qtbot, window.serving.sizing)
    return window


def found(qtbot: QtBot, panel: SizingPanel) -> None:
    qtbot.waitUntil(lambda: "Looking" not in panel.title.text(), timeout=3 * WAIT)
    assert panel.table.model().rowCount() > 0


def column(panel: SizingPanel, number: int) -> list[str]:
    model = panel.table.model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def score_dialog(window: MainWindow) -> ScoreDialog:
    dialog = window.documents.dialog
    assert isinstance(dialog, ScoreDialog)
    return dialog


def test_that_models_known_to_be_good_enough_come_first_and_the_worse_fall_out(
    demanding: Plan,
) -> None:
    view = sizing_view(demanding, "owned", load_catalogue())
    names = [row[MODEL].text for row in view.rows]
    assert set(names[:2]) == {"Qwen3-32B", "Llama-3.3-70B"}
    assert {row[QUALITY].text for row in view.rows[2:]} == {"not entered"}
    costs = [row.cost.typical for row in view.ranked]
    assert costs[:2] == sorted(costs[:2])
    assert costs[2:] == sorted(costs[2:])
    assert view.title.startswith(f"{names[0]} is the cheapest model known to reach 75\u00a0%")
    reasons = {row[MODEL].text: row[2].text for row in view.out_rows}
    assert reasons["Llama-3.1-8B"] == "Llama-3.1-8B scores 61 %, below the floor of 75 %."
    everyone = {line.name for line in load_catalogue().open_models()}
    assert everyone == {*names, *reasons}


def test_that_a_model_taken_runs_with_nothing_known_of_its_quality_in_that_precision(
    demanding: Plan,
) -> None:
    changed = edited(demanding, "options.owned.serving.quality_change", -0.01)
    like = next(o for o in changed.options if o.id == "owned")
    assert isinstance(like, SelfHosted)
    view = sizing_view(changed, "owned", load_catalogue())
    for row in view.ranked[:4]:
        option = as_option(row, like, changed)
        assert isinstance(option, SelfHosted)
        assert option.serving is not None
        same = (row.stack.model.id, row.stack.precision) == ("llama-3.3-70b", "fp8")
        assert option.serving.model == row.stack.model.id
        assert option.serving.quality_change.is_left_out is not same


def test_that_nothing_is_searched_before_it_is_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    predict(window)
    window.navigation.setCurrentRow(SERVING)
    panel = window.serving.sizing
    qtbot.waitUntil(panel.isVisible, timeout=WAIT)
    qtbot.wait(200)
    assert panel.compare.isVisible()
    assert not panel.table.isVisible()
    assert not panel._found


def test_that_a_model_is_taken_as_an_option_in_one_undo_step(
    qtbot: QtBot, compared: MainWindow
) -> None:
    panel, before = compared.serving.sizing, compared.session.plan
    name = column(panel, MODEL)[0]
    qtbot.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    added = compared.session.plan.options[-1]
    assert added.name.startswith(f"{name}, ")
    assert compared.serving.picker.chosen[0] == added.id
    compared.session.undo.undo()
    assert compared.session.plan == before


def test_that_a_score_is_entered_where_models_are_compared(
    qtbot: QtBot, compared: MainWindow
) -> None:
    panel = compared.serving.sizing
    row = column(panel, QUALITY).index("not entered")
    name = column(panel, MODEL)[row]
    panel.table.selectRow(row)
    qtbot.mouseClick(panel.score, Qt.MouseButton.LeftButton)
    dialog = score_dialog(compared)
    assert dialog.model.currentText() == name
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.score, "0.9")
    dialog.source.setText("200 chats")
    dialog.source.textEdited.emit("200 chats")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    entered = compared.session.plan.qualities[-1].score
    assert (entered.value, entered.source) == (0.9, "200 chats")
    assert entered.as_of is not None
    qtbot.waitUntil(lambda: "Looking" in panel.title.text(), timeout=WAIT)
    found(qtbot, panel)
    assert column(panel, QUALITY)[column(panel, MODEL).index(name)] == "90\u00a0%"
    compared.session.undo.undo()
    assert len(compared.session.plan.qualities) == len(SCORES)


def test_that_a_changed_plan_makes_the_comparison_old_until_it_is_asked_for_again(
    qtbot: QtBot, compared: MainWindow
) -> None:
    panel = compared.serving.sizing
    assert not panel.compare.isVisible()
    path = "workload.chat.requests"
    compared.session.apply("More", lambda plan: edited(plan, path, 90000))
    qtbot.waitUntil(panel.compare.isVisible, timeout=WAIT)
    assert panel.title.text().startswith("The plan has changed")
    assert not panel.use.isEnabled()
    compared.session.undo.undo()
    qtbot.waitUntil(lambda: not panel.compare.isVisible(), timeout=WAIT)
    assert panel.use.isEnabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_no_text_of_the_comparison_is_cut_off(
    qtbot: QtBot, compared: MainWindow, scheme: str
) -> None:
    compared.use_scheme(scheme)
    compared.resize(*SIZE)
    compared.serving.sizing.why.click()
    everything_fits(qtbot, compared)
    assert (compared.width(), compared.height()) == SIZE


def listed(window: MainWindow) -> ScoresDialog:
    window.actions_.quality_scores.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, ScoresDialog)
    return dialog


def cells(dialog: ScoresDialog) -> list[list[Any]]:
    model = dialog.table.points
    return [
        [model.index(row, number).data() for number in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_that_scores_are_listed_changed_and_removed(qtbot: QtBot, window: MainWindow) -> None:
    window.session.apply("Scores", with_scores)
    before = window.session.plan
    dialog = listed(window)
    assert cells(dialog)[0] == ["Qwen3-32B", "all", "78\u00a0%", "", "own test"]
    assert not dialog.change.isEnabled()
    dialog.table.selectRow(0)
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    entry = score_dialog(window)
    assert entry.source.text() == "own test"
    entry.score.selectAll()
    qtbot.keyClicks(entry.score, "0.79")
    qtbot.mouseClick(entry.ok, Qt.MouseButton.LeftButton)
    assert cells(dialog)[0][2] == "79\u00a0%"
    dialog.table.selectRow(1)
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert [row[0] for row in cells(dialog)] == ["Qwen3-32B", "Llama-3.3-70B"]
    window.session.undo.undo()
    window.session.undo.undo()
    assert window.session.plan == before


@pytest.mark.parametrize(
    ("typed", "day", "sentence"),
    [
        ("", "", "Enter the score on your own test"),
        ("780", "", "780"),
        ("0.5", "yesterday", "is no date"),
    ],
)
def test_that_a_score_that_cannot_be_is_told(
    qtbot: QtBot, window: MainWindow, typed: str, day: str, sentence: str
) -> None:
    window.scores.enter("qwen3-32b")
    dialog = score_dialog(window)
    dialog.day.setText(day)
    qtbot.keyClicks(dialog.score, typed)
    assert sentence in dialog.missing.text()
    assert not dialog.ok.isEnabled()


def test_that_adding_a_score_begins_with_a_model_that_has_none(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.apply("Scores", with_scores)
    plan = window.session.plan
    assert plan is not None
    window.scores.enter()
    dialog = score_dialog(window)
    assert dialog.model.currentData() not in {quality.model for quality in plan.qualities}
    assert dialog.score.text() == ""


def test_that_a_score_for_one_class_stands_beside_the_one_for_all(
    qtbot: QtBot, window: MainWindow
) -> None:
    plan = window.session.plan
    assert plan is not None
    (one, *_) = plan.workload
    for typed, class_id in (("0.5", None), ("0.6", one.id), ("0.7", one.id)):
        window.scores.enter("qwen3-32b")
        dialog = score_dialog(window)
        dialog.request_class.setCurrentIndex(dialog.request_class.findData(class_id))
        shown = dialog.score.text()
        assert shown == ("60" if typed == "0.7" else "")
        dialog.score.selectAll()
        qtbot.keyClicks(dialog.score, typed)
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    entered = window.session.plan
    assert entered is not None
    mine = [q for q in entered.qualities if q.model == "qwen3-32b"]
    assert [(q.request_class, q.score.value) for q in mine] == [(None, 0.5), (one.id, 0.7)]
    rows = score_cells(entered, {})
    assert [row[1].text for row in rows if row[0].text == "qwen3-32b"] == ["all", one.name]


def test_that_the_models_of_the_plan_are_offered_first(demanding: Plan) -> None:
    api = next(o for o in demanding.options if o.id == "api")
    sold = api.model_copy(update={"model": "openai/gpt-5-mini"})
    plan = edited(demanding, "options.api", sold)
    plan = edited(plan, "qualities", [*SCORES, {"model": "gone", "score": 0.5}])
    names = names_of_models(plan, load_catalogue())
    assert list(names)[:3] == ["openai/gpt-5-mini", "llama-3.3-70b", "gone"]
    assert names["openai/gpt-5-mini"].startswith("GPT-5 mini (")
    assert len(names) == len(load_catalogue().open_models()) + 2


def test_that_a_finding_on_a_score_leads_to_the_scores(window: MainWindow) -> None:
    scored = (ModelQuality.model_validate({"model": "gone", "score": 0.5}),)
    window.session.apply("Score", lambda plan: edited(plan, "qualities", scored))
    window.go_to("qualities.0.model")

    assert isinstance(window.documents.dialog, ScoresDialog)
