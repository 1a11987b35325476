"""The serving page and the form of predicted work, with real widgets."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.chart_table import ChartTableDialog
from desktop.dialogs.help import HelpDialog
from desktop.dialogs.new_option import NewOptionDialog
from desktop.pages.navigation import OPTIONS, SERVING
from desktop.pages.serving_table import LEAST
from desktop.viewmodels.serving_ranked import NAME, WHERE
from desktop.window import SIZE, MainWindow
from pricing.plan.edit import edited
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Serving
from tests.desktop.test_legibility import everything_fits

RUNNING = Serving.model_validate(
    {
        "model": "llama-3.3-70b", "accelerator": "h100-sxm", "accelerators": 8, "precision": "fp8",
        "targets": {"tpot_milliseconds": 50},
    }
)  # fmt: skip
WAIT = 20_000


def predict(window: MainWindow, serving: Serving = RUNNING) -> None:
    def change(plan: Plan) -> Plan:
        option = next(o for o in plan.options if o.id == "owned")
        changed = option.model_copy(update={"capacity": None, "serving": serving})
        return edited(plan, "options.owned", changed)

    assert window.session.apply("Predict", change) == ""


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The serving page of a predicted option, everything on it computed."""
    predict(window)
    window.navigation.setCurrentRow(SERVING)
    qtbot.waitUntil(lambda: window.serving.ranking.basis.text() != "", timeout=WAIT)
    qtbot.waitUntil(lambda: bool(window.serving.reading.text()), timeout=WAIT)
    return window


def hosted(window: MainWindow, option_id: str = "owned") -> SelfHosted:
    option = next(o for o in window.session.plan.options if o.id == option_id)
    assert isinstance(option, SelfHosted)
    return option


def test_that_the_page_says_how_to_begin_while_nothing_is_predicted(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(SERVING)
    page = window.serving
    assert page.empty.isVisible()
    assert not page.picker.isVisible()
    before = window.session.plan
    assert len(page.empty.buttons) == 2
    qtbot.mouseClick(page.empty.buttons[1], Qt.MouseButton.LeftButton)
    assert hosted(window).serving is not None
    assert hosted(window).capacity is None
    assert not page.empty.isVisible()
    window.session.undo.undo()
    assert window.session.plan == before


def test_that_the_page_shows_finding_figures_charts_and_ranking(
    qtbot: QtBot, shown: MainWindow
) -> None:
    page = shown.serving
    assert "8 × H100-SXM" in page.finding.text()
    assert all(card.figure.whole for card in page.figures.cards)
    assert page.curve.isVisible()
    assert page.step.isVisible()
    assert page.memory.isVisible()
    assert page.ranking.table.model().rowCount() > 3
    qtbot.waitUntil(lambda: page.curve.figure is not None and bool(page.curve.figure.axes))
    assert page.curve.accessibleName() in [t.get_text() for t in page.curve.figure.texts]


def test_that_another_class_has_figures_of_its_own(qtbot: QtBot, shown: MainWindow) -> None:
    page = shown.serving
    before = page.finding.text()
    page.picker.request_class.setCurrentIndex(1)
    page.picker.request_class.activated.emit(1)
    qtbot.waitUntil(lambda: page.finding.text() != before, timeout=WAIT)
    assert "Document batch" in page.finding.text()


def test_that_the_page_follows_the_plan(qtbot: QtBot, shown: MainWindow) -> None:
    page = shown.serving
    before = page.finding.text()
    path = "options.owned.serving.targets.tpot_milliseconds"
    shown.session.apply("Slower", lambda plan: edited(plan, path, 30))
    qtbot.waitUntil(lambda: "30 ms" in page.curve.accessibleName(), timeout=WAIT)
    assert page.finding.text() != before


def test_that_nothing_is_predicted_while_nobody_looks(qtbot: QtBot, window: MainWindow) -> None:
    predict(window)
    qtbot.wait(200)
    assert window.serving.reading.text() == ""


def test_that_a_ranked_server_is_taken_as_one_undo_step(qtbot: QtBot, shown: MainWindow) -> None:
    page, before = shown.serving, shown.session.plan
    page.ranking.table.selectRow(1)
    name = page.ranking.table.model().index(1, 0).data()
    qtbot.mouseClick(page.ranking.use, Qt.MouseButton.LeftButton)
    added = shown.session.plan.options[-1]
    assert added.name == name
    assert page.picker.chosen[0] == added.id
    shown.session.undo.undo()
    assert shown.session.plan == before


def test_that_the_ranking_is_sorted_by_the_column_that_is_clicked(
    qtbot: QtBot, shown: MainWindow
) -> None:
    table = shown.serving.ranking.table
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    assert names == sorted(names, key=str.lower)
    table.selectRow(0)
    offer = shown.serving.ranking._view.ranked[table.current].offer
    assert offer.name == names[0]


def test_that_reasons_unfold_and_are_told_in_full(qtbot: QtBot, shown: MainWindow) -> None:
    panel = shown.serving.ranking
    assert not panel.out.isVisible()
    qtbot.mouseClick(panel.why, Qt.MouseButton.LeftButton)
    assert panel.out.isVisible()
    assert panel.reason.text() == panel.out.model().index(0, 2).data()


def test_that_a_pointer_on_a_measured_point_names_its_source(
    qtbot: QtBot, shown: MainWindow
) -> None:
    from desktop.charts.draw import spot_at

    page = shown.serving
    qtbot.waitUntil(lambda: page.curve.figure is not None and bool(page.curve.figure.axes))
    curve, figure = page._curve, page.curve.figure
    dot = next(d for d in curve.dots if not d.x > curve.right)
    place = figure.axes[0].transData.transform((curve.right if dot.x != dot.x else dot.x, dot.y))
    spot = spot_at(figure, curve, *place)
    assert spot is not None
    assert spot.key == ""
    assert spot.text in {d.text for d in curve.dots}
    assert "output tokens/s" in spot.text


def test_that_the_server_time_is_explained_from_the_bill(
    qtbot: QtBot, shown: MainWindow, settled: Callable[[], None]
) -> None:
    settled()
    qtbot.mouseClick(shown.serving.explain, Qt.MouseButton.LeftButton)
    assert shown.explain.isVisible()
    explained = shown.evaluator.evaluation.explain("option.owned.chat.predicted")
    work = explained.value * 1000
    assert shown.serving.figures.cards[3].figure.whole == f"{work:.3g} ms"


def test_that_the_help_page_on_serving_is_a_click_away(qtbot: QtBot, shown: MainWindow) -> None:
    qtbot.mouseClick(shown.serving.help, Qt.MouseButton.LeftButton)
    dialog = shown.documents.dialog
    assert isinstance(dialog, HelpDialog)
    assert "How serving is predicted" in dialog.text.toPlainText()


def test_that_the_curve_can_be_read_as_a_table(qtbot: QtBot, shown: MainWindow) -> None:
    qtbot.mouseClick(shown.serving.as_table, Qt.MouseButton.LeftButton)
    dialog = shown.serving.dialog
    assert isinstance(dialog, ChartTableDialog)
    assert dialog.model.rowCount() == len(shown.serving._curve.x)
    dialog.reject()


def test_that_what_does_not_fit_is_told_with_its_field(qtbot: QtBot, window: MainWindow) -> None:
    predict(window, RUNNING.model_copy(update={"model": "deepseek-v3", "precision": "bf16"}))
    window.navigation.setCurrentRow(SERVING)
    page = window.serving
    qtbot.waitUntil(page.to_field.isVisible, timeout=WAIT)
    assert "DeepSeek-V3" in page.second.text()
    assert page.memory.isVisible()
    assert not page.curve.isVisible()
    qtbot.mouseClick(page.to_field, Qt.MouseButton.LeftButton)
    assert window.navigation.currentRow() == OPTIONS
    row = window.options.form.row("options.owned.serving.accelerator")
    qtbot.waitUntil(row.error.isVisible, timeout=WAIT)
    assert "DeepSeek-V3" in row.error.text()


def test_that_a_switch_of_the_way_is_one_undo_step_and_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("owned")
    before = window.session.plan
    box = window.options.form.row("options.owned").editor.box
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert hosted(window).capacity is None
    assert hosted(window).serving is not None
    assert "options.owned.serving.model" in window.options.form.paths()
    assert "options.owned.capacity" not in window.options.form.paths()
    window.session.undo.undo()
    assert window.session.plan == before
    assert "options.owned.capacity" in window.options.form.paths()


def test_that_impossible_parallelism_is_told_at_its_field(
    qtbot: QtBot, window: MainWindow, settled: Callable[[], None]
) -> None:
    predict(window)
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("owned")
    row = window.options.form.row("options.owned.serving.tensor_parallel")
    field = row.editor.focus_widget()
    field.setFocus()
    qtbot.keyClicks(field, "3")
    qtbot.waitUntil(row.error.isVisible, timeout=WAIT)
    assert "cannot split the 64 attention heads" in row.error.text()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field, "4")
    qtbot.waitUntil(lambda: not row.error.isVisible(), timeout=WAIT)
    settled()


def test_that_the_form_says_what_one_server_does(qtbot: QtBot, window: MainWindow) -> None:
    predict(window)
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("owned")
    way = window.options.form.row("options.owned")
    qtbot.waitUntil(lambda: "requests/s of Customer chat" in way.hint.text(), timeout=WAIT)
    box = way.editor.box
    box.setCurrentIndex(1)
    box.activated.emit(1)
    stated = hosted(window).capacity
    assert stated is not None
    assert "predicted for Llama-3.3-70B" in stated.requests_per_hour.source


def test_that_speculative_decoding_unfolds_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    predict(window)
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("owned")
    box = window.options.form.row("options.owned.serving.speculative").editor.box
    box.setCurrentIndex(1)
    box.activated.emit(1)
    draft = window.options.form.row("options.owned.serving.speculative.draft_tokens")
    assert draft.row.value == 4
    assert hosted(window).serving.speculative.acceptance.confidence == "assumption"


def test_that_a_new_option_predicts_the_chosen_model(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    window.maker.add_option("owned_servers", window.options.insert)
    dialog = window.documents.dialog
    assert isinstance(dialog, NewOptionDialog)
    dialog.offers.choose("hgx-h100-8x")
    assert "Choose the model" in dialog.missing.text()
    model = dialog.work.predicted.model
    model.setCurrentIndex(model.findData("deepseek-v3"))
    qtbot.waitUntil(lambda: "DeepSeek-V3" in dialog.missing.text(), timeout=WAIT)
    assert not dialog.ok.isEnabled()
    model.setCurrentIndex(model.findData("llama-3.3-70b"))
    qtbot.waitUntil(dialog.ok.isEnabled, timeout=WAIT)
    assert "requests/s of Customer chat" in dialog.work.told.text()
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    added = window.session.plan.options[-1]
    assert added.serving.model == "llama-3.3-70b"
    assert added.server == "hgx-h100-8x"
    assert added.capacity is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("explained", [False, True], ids=["alone", "explain open"])
def test_that_no_text_of_the_page_is_cut_off(
    qtbot: QtBot, shown: MainWindow, scheme: str, explained: bool
) -> None:
    shown.use_scheme(scheme)
    shown.resize(*SIZE)
    if explained:
        shown.ask(shown.evaluator.evaluation.bill_of("owned").tco.key)
    everything_fits(qtbot, shown)
    assert (shown.width(), shown.height()) == SIZE


def test_that_the_ranking_keeps_the_names_readable_where_there_is_little_room(
    qtbot: QtBot, shown: MainWindow
) -> None:
    table = shown.serving.ranking.table
    for width in (1600, 1280, 1000):
        shown.resize(width, SIZE[1])
        qtbot.waitUntil(lambda: table.columnWidth(NAME) >= LEAST, timeout=2000)
        assert table.horizontalHeader().length() <= table.viewport().width() + 1
    assert table.isColumnHidden(WHERE)


def test_that_the_form_of_predicted_work_fits(qtbot: QtBot, window: MainWindow) -> None:
    predict(window)
    window.resize(*SIZE)
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("owned")
    everything_fits(qtbot, window)


def test_that_the_keyboard_reaches_the_controls_of_the_page(
    qtbot: QtBot, shown: MainWindow
) -> None:
    page = shown.serving
    page.picker.option.setFocus()
    wanted = [page.picker.request_class, page.as_table, page.ranking.table, page.ranking.use]
    reached = []
    for _ in range(20):
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
        if shown.focusWidget() in wanted:
            reached.append(shown.focusWidget())
    assert reached[: len(wanted)] == wanted
