"""The routing page with real widgets: what it shows, how it is edited, where clicks lead."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.chart_table import ChartTableDialog
from desktop.dialogs.draft import DraftDialog
from desktop.dialogs.new_hybrid import NewHybridDialog
from desktop.entry.number_field import NumberField
from desktop.main import make_window
from desktop.pages.navigation import OPTIONS, ROUTING
from desktop.pages.routing import CACHES, CHOICES, FLOW, ROUTES, RULES, SERVERS, RoutingPage
from desktop.tables.edit_table import EditTable
from desktop.viewmodels.routing_choices import WHY
from desktop.viewmodels.routing_routes import COST, HOW, ORDER, REQUESTS, SHARE
from desktop.viewmodels.routing_servers import C_HIT
from desktop.window import SIZE, MainWindow
from pricing.plan.edit import edited
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import with_mix, with_recipes
from tests.desktop.test_legibility import everything_fits


@pytest.fixture(scope="module")
def one_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all of these tests; each begins a document of its own."""
    made = make_window(qapp, tmp_path_factory.mktemp("settings"))
    made.use_scheme("light")
    made.show()
    yield made
    made.session.close()
    made.close()


@pytest.fixture
def window(one_window: MainWindow, plan: Plan) -> Iterator[MainWindow]:
    """The window with the plan just opened."""
    one_window.session.start(plan)
    yield one_window
    one_window.session.close()


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow, plan: Plan, settled: Callable[[], None]) -> RoutingPage:
    """The routing page of the plan with a hybrid, evaluated."""
    window.session.start(with_mix(plan))
    settled()
    window.navigation.setCurrentRow(ROUTING)
    return window.routing


def mix(window: MainWindow) -> Hybrid:
    plan = window.session.plan
    assert plan is not None
    return next(option for option in plan.options if isinstance(option, Hybrid))


def choose(box: QWidget, index: int) -> None:
    box.setCurrentIndex(index)
    box.activated.emit(index)


def click(qtbot: QtBot, table: EditTable, row: int, column: int) -> None:
    place = table.visualRect(table.cells.index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def type_into(qtbot: QtBot, table: EditTable, row: int, column: int, text: str) -> None:
    click(qtbot, table, row, column)
    field = table.findChild(NumberField)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.findChild(NumberField) is None)


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


def test_that_a_share_is_typed_and_the_other_routes_give_way(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    before = window.session.plan
    type_into(qtbot, shown.routes.table, 0, SHARE, "90")
    assert [r.shares[0].share for r in mix(window).routes] == [0.9, pytest.approx(0.1), 1.0]
    assert "gave way" in window.status.currentMessage()
    window.session.undo.undo()
    assert window.session.plan == before
    assert shown.routes.table.cell(0, SHARE).text == "75\u00a0%"


def test_that_a_number_that_cannot_be_is_told_and_not_taken(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    table = shown.routes.table
    click(qtbot, table, 0, SHARE)
    field = table.findChild(NumberField)
    field.selectAll()
    qtbot.keyClicks(field, "140")
    assert "outside what is possible" in shown.routes.error.text()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert mix(window).routes[0].shares[0].share == 0.75


def test_that_the_order_of_overflow_is_typed(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    type_into(qtbot, shown.routes.table, 0, ORDER, "3")
    assert mix(window).routes[0].order == 3


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


def test_that_a_route_becomes_a_cascade_in_its_dialog(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    before = window.session.plan
    shown.routes.table.choose(0)
    qtbot.mouseClick(shown.routes.change, Qt.MouseButton.LeftButton)
    dialog = shown.routes.dialog
    assert isinstance(dialog, DraftDialog)
    path = "options.mix.routes.0.recipe"
    choose(dialog.form.row(f"{path}.kind").editor.box, 1)
    assert f"{path}.accepts_right" in dialog.form.paths()
    assert f"{path}.strong_share" not in dialog.form.paths()
    choose(dialog.form.row(f"{path}.joint").editor.box, 1)
    assert f"{path}.both_right" in dialog.form.paths()
    assert f"{path}.correlation" not in dialog.form.paths()
    assert window.session.plan == before
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    recipe = mix(window).routes[0].recipe
    assert (recipe.kind, recipe.uses) == ("cascade", ("rented", "api"))
    window.session.undo.undo()
    assert window.session.plan == before


def test_that_an_impossible_entry_keeps_the_dialog_open(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    shown.routes.open_row(1)
    dialog = shown.routes.dialog
    row = dialog.form.row("options.mix.routes.1.shares")
    field = row.editor.lines[0].value
    field.selectAll()
    qtbot.keyClicks(field, "60")
    assert "together they may take 1" in row.error.text()
    assert not dialog.ok.isEnabled()
    field.selectAll()
    qtbot.keyClicks(field, "20")
    assert dialog.ok.isEnabled()
    dialog.reject()
    assert mix(window).routes[1].shares[0].share == 0.25


def test_that_shares_get_steps_by_month_and_lose_them(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    shown.routes.open_row(2)
    dialog = shown.routes.dialog
    editor = dialog.form.row("options.mix.routes.2.shares").editor
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    assert len(editor.lines) == 2
    month = editor.lines[1].month
    month.selectAll()
    qtbot.keyClicks(month, "7")
    value = editor.lines[1].value
    value.selectAll()
    qtbot.keyClicks(value, "40")
    dialog.accept()
    assert [(s.from_month, s.share) for s in mix(window).routes[2].shares] == [(1, 1), (7, 0.4)]
    shown.routes.open_row(2)
    editor = shown.routes.dialog.form.row("options.mix.routes.2.shares").editor
    qtbot.mouseClick(editor.lines[1].remove, Qt.MouseButton.LeftButton)
    shown.routes.dialog.accept()
    assert [(s.from_month, s.share) for s in mix(window).routes[2].shares] == [(1, 1)]


def test_that_routes_are_added_and_removed(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    shown.routes.table.choose(1)
    qtbot.mouseClick(shown.routes.remove, Qt.MouseButton.LeftButton)
    assert len(mix(window).routes) == 2
    qtbot.mouseClick(shown.routes.add, Qt.MouseButton.LeftButton)
    shown.routes.dialog.accept()
    added = mix(window).routes[-1]
    assert (added.request_class, added.shares[0].share) == ("chat", 0.25)


def test_that_servers_follow_the_load_or_a_decision(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(SERVERS)
    shown.servers.open_row(0)
    form = shown.servers.dialog.form
    choose(form.row("options.mix.fleets").editor.box, 0)
    assert form.paths() == ("options.mix.fleets",)
    shown.servers.dialog.accept()
    assert mix(window).fleets == ()
    shown.servers.open_row(0)
    form = shown.servers.dialog.form
    choose(form.row("options.mix.fleets").editor.box, 1)
    field = form.row("options.mix.fleets.0.servers").editor.lines[0].value
    field.selectAll()
    qtbot.keyClicks(field, "4")
    shown.servers.dialog.accept()
    assert [(s.from_month, s.servers) for s in mix(window).fleets[0].servers] == [(1, 4)]


def test_that_rates_of_a_cache_are_typed_and_its_costs_entered(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(CACHES)
    type_into(qtbot, shown.caches.table, 0, C_HIT, "35")
    assert mix(window).caches[0].hit_rate.value == 0.35
    field = shown.caches.costs.row("options.mix.store_cost").editor.field
    field.selectAll()
    qtbot.keyClicks(field, "0.0002")
    assert mix(window).store_cost.value == 0.0002
    qtbot.mouseClick(shown.caches.add, Qt.MouseButton.LeftButton)
    shown.caches.dialog.accept()
    assert mix(window).caches[1].request_class == "docs"
    shown.caches.table.choose(1)
    qtbot.mouseClick(shown.caches.remove, Qt.MouseButton.LeftButton)
    assert len(mix(window).caches) == 1


def test_that_a_rule_is_stated_and_checked(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage, settled: Callable[[], None]
) -> None:
    shown.show_tab(RULES)
    field = shown.rules.form.row("rules.on_premises").editor.field
    qtbot.keyClicks(field, "50")
    assert window.session.plan.rules.on_premises.value == 0.5
    settled()
    assert shown.rules.table.cell(0, 0).text == "Share served on premises reached"
    assert shown.rules.table.cell(0, 1).tone == "broken"
    few = shown.rules.table.cells.rowCount()
    qtbot.mouseClick(shown.rules.everything, Qt.MouseButton.LeftButton)
    assert shown.rules.table.cells.rowCount() > few
    assert f"of {shown.rules.table.cells.rowCount()} rules" in shown.rules.told.text()
    assert "Not kept: Share served on premises" in shown.caveat.text()
    prices = shown.rules.form.row("rules.capex_per_year").editor.field
    qtbot.keyClicks(prices, "500k; 250k")
    assert [p.value for p in window.session.plan.rules.capex_per_year] == [500_000, 250_000]
    click(qtbot, shown.rules.table, 0, 0)
    assert shown.rules.form.row("rules.on_premises").isAncestorOf(window.focusWidget())


def test_that_recipes_of_the_rules_come_and_go(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(RULES)
    recipes = shown.rules.recipes
    qtbot.mouseClick(recipes.add, Qt.MouseButton.LeftButton)
    choose(recipes.dialog.form.row("rules.recipes.0.kind").editor.box, 1)
    recipes.dialog.accept()
    assert window.session.plan.rules.recipes[0].kind == "router"
    recipes.table.choose(0)
    qtbot.mouseClick(recipes.remove, Qt.MouseButton.LeftButton)
    assert window.session.plan.rules.recipes == ()


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
