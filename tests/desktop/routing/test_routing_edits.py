"""Routes, servers, caches and rules edited with real widgets; every change is one undo step."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.draft import DraftDialog
from desktop.entry.number_field import NumberField
from desktop.pages.routing import RoutingPage
from desktop.viewmodels.routing_checks import STATE
from desktop.viewmodels.routing_places import CACHES, ROUTES, RULES, SERVERS
from desktop.viewmodels.routing_routes import CLASS, ORDER, SHARE
from desktop.viewmodels.routing_servers import C_HIT
from desktop.window import MainWindow
from pricing.plan.edit import edited
from tests.desktop.routing.driving import choose, click, mix, overwrite, type_into


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


def test_that_routes_of_a_class_stand_together_and_each_row_changes_its_own_route(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    first, second, other = mix(window).routes
    apart = (first, other, second)
    window.session.apply("x", lambda plan: edited(plan, "options.mix.routes", apart))
    shown.show_tab(ROUTES)
    table = shown.routes.table
    names = [table.cell(row, CLASS).text for row in range(3)]
    assert names[0] == names[1] != names[2]
    type_into(qtbot, table, 2, SHARE, "40")
    assert [r.shares[0].share for r in mix(window).routes] == [0.75, 0.4, 0.25]
    shown.routes.go_to(["2"])
    assert table.current == 1
    shown.routes.table.choose(1)
    qtbot.mouseClick(shown.routes.remove, Qt.MouseButton.LeftButton)
    assert [route.request_class for route in mix(window).routes] == ["chat", "docs"]


def test_that_a_number_that_cannot_be_is_told_and_not_taken(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    table = shown.routes.table
    click(qtbot, table, 0, SHARE)
    field = table.findChild(NumberField)
    overwrite(qtbot, field, "140")
    assert shown.routes.error.text() == (
        "Share: 140 is outside what is possible here; enter a number from 0\u00a0% to 100\u00a0%."
    )
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert mix(window).routes[0].shares[0].share == 0.75


def test_that_the_order_of_overflow_is_typed(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(ROUTES)
    type_into(qtbot, shown.routes.table, 0, ORDER, "3")
    assert mix(window).routes[0].order == 3


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
    overwrite(qtbot, field, "60")
    assert "together they may take 100 %" in row.error.text()
    assert not dialog.ok.isEnabled()
    overwrite(qtbot, field, "20")
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
    overwrite(qtbot, month, "7")
    value = editor.lines[1].value
    overwrite(qtbot, value, "40")
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
    overwrite(qtbot, field, "4")
    shown.servers.dialog.accept()
    assert [(s.from_month, s.servers) for s in mix(window).fleets[0].servers] == [(1, 4)]


def test_that_rates_of_a_cache_are_typed_and_its_costs_entered(
    qtbot: QtBot, window: MainWindow, shown: RoutingPage
) -> None:
    shown.show_tab(CACHES)
    type_into(qtbot, shown.caches.table, 0, C_HIT, "35")
    assert mix(window).caches[0].hit_rate.value == 0.35
    field = shown.caches.costs.row("options.mix.store_cost").editor.field
    overwrite(qtbot, field, "0.0002")
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
    assert shown.rules.table.cell(0, STATE).tone == "broken"
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
