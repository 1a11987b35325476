"""The routing page with real widgets: what it shows, and where clicks lead."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.chart_table import ChartTableDialog
from desktop.dialogs.new_hybrid import NewHybridDialog
from desktop.pages.navigation import OPTIONS, ROUTING
from desktop.pages.routing import RoutingPage
from desktop.tables.edit_table import EditTable
from desktop.viewmodels.routing_choices import WHY
from desktop.viewmodels.routing_places import CACHES, CHOICES, FLOW, ROUTES, RULES, SERVERS
from desktop.viewmodels.routing_routes import COST, HOW, REQUESTS
from desktop.window import SIZE, MainWindow
from pricing.plan.edit import edited
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import with_recipes
from tests.desktop.routing.driving import choose, click, mix
from tests.desktop.test_legibility import everything_fits


def test_that_the_page_says_how_to_begin_while_there_is_no_hybrid(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(ROUTING)
    page = window.routing
    assert page.begin.isVisible()
    assert not page.panels[FLOW].isVisible()
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    dialog = window.documents.dialog
    assert isinstance(dialog, NewHybridDialog)
    dialog.name.setText("Both")
    dialog.accept()
    assert mix(window).name == "Both"
    assert [r.recipe.uses for r in mix(window).routes] == [("api",), ("api",)]
    assert page.chosen == "both"
    assert page.tab == ROUTES
    window.session.undo.undo()
    assert page.begin.isVisible()


def test_that_a_hybrid_is_added_from_the_options_too(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    action = window.options.add_menu.actions()[-1]
    assert action.text().startswith("Hybrid")
    action.trigger()
    window.documents.dialog.accept()
    assert window.options.list.current == mix(window).id
    row = window.options.form.row(f"options.{mix(window).id}.routes")
    assert "2 routes" in row.hint.text()
    qtbot.mouseClick(row.editor.button, Qt.MouseButton.LeftButton)
    assert window.navigation.currentRow() == ROUTING
    assert window.routing.chosen == mix(window).id


def test_that_finding_cards_and_flow_are_shown(qtbot: QtBot, shown: RoutingPage) -> None:
    assert shown.finding.text().startswith("Mix serves 2 classes")
    assert all(card.figure.whole for card in shown.cards)
    qtbot.waitUntil(lambda: shown.flow.chart.figure is not None, timeout=5000)
    before = shown.flow.chart.accessibleName()
    qtbot.mouseClick(shown.flow.cost, Qt.MouseButton.LeftButton)
    assert shown.flow.chart.accessibleName() != before
    choose(shown.flow.month, 5)
    assert "2027-05" in shown.flow.chart.accessibleName()
    qtbot.mouseClick(shown.flow.as_table, Qt.MouseButton.LeftButton)
    assert isinstance(shown.flow.dialog, ChartTableDialog)
    shown.flow.dialog.reject()


def test_that_a_click_in_the_flow_explains_the_line(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.flow.chart.figure_clicked.emit("option.rented", None)
    assert window.explain.isVisible()
    shown.flow.chart.figure_clicked.emit("cache", None)  # no line of its own


def test_that_everything_can_be_reached_beside_explain_in_a_small_window(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    window.actions_.explain.setChecked(True)
    window.resize(1024, 700)
    body = shown.widget()
    qtbot.waitUntil(lambda: shown.viewport().width() < 600, timeout=2_000)
    hidden = body.width() - shown.viewport().width()
    bar = shown.horizontalScrollBar()
    assert bar.maximum() == max(0, hidden)
    assert bar.isVisible() == (hidden > 0)


@pytest.mark.parametrize("explained", [False, True], ids=["alone", "explain open"])
def test_that_no_text_of_a_tab_is_cut_off(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage, explained: bool
) -> None:
    window.resize(*SIZE)
    if explained:
        window.ask("option.mix.npv")
    for tab in (FLOW, ROUTES, SERVERS, CACHES, RULES, CHOICES):
        shown.show_tab(tab)
        everything_fits(qtbot, window)
        assert (window.width(), window.height()) == SIZE
        for table in shown.panels[tab].findChildren(EditTable):
            if table.isVisible():
                header = table.horizontalHeader()
                assert header.length() <= table.viewport().width()
                rows = sum(table.rowHeight(row) for row in range(table.cells.rowCount()))
                assert table.height() >= header.height() + rows


def test_that_the_longest_names_do_not_widen_the_page(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage, settled: Callable[[], None]
) -> None:
    plan = window.session.plan
    for option in plan.options:
        name = f"{option.id} " + "a very long name " * 6
        plan = edited(plan, f"options.{option.id}.name", name)
    for item in plan.workload:
        plan = edited(plan, f"workload.{item.id}.name", f"{item.id} " + "W" * 110)
    plan = edited(plan, "options.mix.routes", plan.options[-1].routes[:2])
    window.resize(*SIZE)
    window.session.apply("Names", lambda _plan: plan)
    settled()
    window.ask("option.mix.npv")
    assert "W" * 110 in shown.caveat.text()
    for tab in (FLOW, ROUTES, SERVERS, CACHES, RULES, CHOICES):
        shown.show_tab(tab)
        everything_fits(qtbot, window)
        assert shown.widget().minimumSizeHint().width() <= shown.viewport().width()
        assert window.width() == SIZE[0]


def test_that_figures_of_routes_are_explained(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    window.resize(*SIZE)
    for row, column in ((0, REQUESTS), (2, COST)):
        window.actions_.explain.setChecked(False)
        qtbot.waitUntil(lambda: not shown.routes.table.isColumnHidden(REQUESTS))
        click(qtbot, shown.routes.table, row, column)
        assert window.explain.isVisible()
    assert shown.routes.table.isColumnHidden(REQUESTS)


def test_that_a_reason_leads_to_the_field_that_would_change_it(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage, settled: Callable[[], None]
) -> None:
    window.session.apply(
        "Secret", lambda plan: edited(plan, "workload.chat.sensitivity", "restricted")
    )
    settled()
    shown.show_tab(CHOICES)
    table = shown.choices.table
    assert "restricted data" in table.cell(table.cells.rowCount() - 1, WHY).second
    click(qtbot, table, table.cells.rowCount() - 1, WHY)
    assert shown.tab == RULES
    assert shown.rules.form.row("rules.outside").isAncestorOf(window.focusWidget())


def test_that_findings_lead_to_their_tab(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    for path, tab in (
        ("options.mix.routes.1", ROUTES),
        ("options.3.routes.0.recipe.option", ROUTES),
        ("options.mix.fleets.0.servers", SERVERS),
        ("options.mix.caches.0.hit_rate", CACHES),
        ("options.mix.lookup_cost", CACHES),
        ("rules.site_power_kw", RULES),
    ):
        window.navigation.setCurrentRow(OPTIONS)
        window.go_to(path)
        assert window.navigation.currentRow() == ROUTING
        qtbot.waitUntil(lambda tab=tab: shown.tab == tab)
        if path.endswith("recipe.option"):
            qtbot.waitUntil(lambda: shown.routes.dialog is not None)
            shown.routes.dialog.reject()


def test_that_the_name_of_a_hybrid_is_still_edited_on_the_options_page(
    window: MainWindow, shown: RoutingPage
) -> None:
    window.go_to("options.mix.name")
    assert window.navigation.currentRow() == OPTIONS


def test_that_the_picker_turns_between_hybrids(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage, settled: Callable[[], None]
) -> None:
    assert not shown.picker.isVisible()
    window.session.apply(
        "More",
        lambda plan: edited(
            plan, "options",
            (*plan.options, mix(window).model_copy(update={"id": "other", "name": "Other"})),
        ),
    )  # fmt: skip
    settled()
    assert shown.picker.isVisible()
    choose(shown.picker, 1)
    assert shown.finding.text().startswith("Other serves")
    window.resize(*SIZE)
    window.ask("option.mix.npv")
    qtbot.waitUntil(lambda: shown.widget().width() <= shown.viewport().width())
    assert shown.widget().minimumSizeHint().width() <= shown.viewport().width()


def test_that_every_recipe_is_shown_with_its_words(
    window: MainWindow, shown: RoutingPage, plan: Plan, settled: Callable[[], None]
) -> None:
    window.session.start(with_recipes(plan))
    settled()
    window.navigation.setCurrentRow(ROUTING)
    shown.show_tab(ROUTES)
    told = [shown.routes.table.cell(row, HOW).text for row in range(3)]
    assert "when the verifier doubts" in told[0]
    assert told[1].startswith("A router: 30")
    assert "enhanced by Closed API" in told[2]
    assert shown.cards[3].figure.whole.endswith("%")
