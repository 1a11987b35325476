"""The Tab key goes through a page as it is read."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.navigation import ASSUMPTIONS, ROUTING
from desktop.viewmodels.routing_places import CACHES, ROUTES, RULES
from desktop.window import MainWindow
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import with_mix

MOST = 80
"""Stops after which a round must have ended."""


def round_trip(qtbot: QtBot, window: MainWindow) -> list[QWidget]:
    """Where the Tab key stops on the way from the names of the pages back to them."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    qtbot.wait(50)  # rows find their places
    window.navigation.setFocus()
    found: list[QWidget] = []
    for _ in range(MOST):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        now = window.focusWidget()
        if now is None or now is window.navigation:
            break
        found.append(now)
    return found


@pytest.fixture
def routing(
    qtbot: QtBot, window: MainWindow, plan: Plan, settled: Callable[[], None]
) -> MainWindow:
    window.session.start(with_mix(plan))
    settled()
    window.navigation.setCurrentRow(ROUTING)
    return window


def comes_in_order(stops: list[QWidget], *wanted: QWidget) -> bool:
    places = [stops.index(widget) for widget in wanted]
    return places == sorted(places)


def test_that_fields_of_rules_come_between_what_stands_above_and_below(
    qtbot: QtBot, routing: MainWindow
) -> None:
    page = routing.routing
    page.show_tab(RULES)
    stops = round_trip(qtbot, routing)
    form = page.rules.form
    fields = [form.row(path).editor.focus_widget() for path in form.paths()]
    shown = [field for field in fields if field.isEnabled() and field in stops]
    assert len(shown) > 5
    assert comes_in_order(
        stops, page.optimising.button.run, page.cards[0], page.rules.everything, *shown,
        page.rules.recipes.add,
    )  # fmt: skip


def test_that_buttons_of_a_list_come_before_its_table(qtbot: QtBot, routing: MainWindow) -> None:
    page = routing.routing
    page.show_tab(ROUTES)
    stops = round_trip(qtbot, routing)
    routes = page.routes
    assert comes_in_order(stops, routes.add, routes.change, routes.remove, routes.table)


def test_that_costs_of_caches_come_after_the_caches(qtbot: QtBot, routing: MainWindow) -> None:
    page = routing.routing
    page.show_tab(CACHES)
    stops = round_trip(qtbot, routing)
    rows = [page.caches.costs.row(f"options.mix.{name}") for name in ("lookup_cost", "store_cost")]
    first, second = (row.editor.focus_widget() for row in rows)
    assert comes_in_order(stops, page.caches.add, page.caches.table, first, second, rows[0].reset)
    assert stops.index(second) < stops.index(rows[0].reset)


def test_that_a_page_of_fields_comes_before_the_bar_below_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(ASSUMPTIONS)
    stops = round_trip(qtbot, window)
    form = window.assumptions.form
    fields = [form.row(path).editor.focus_widget() for path in form.paths()]
    known = [field for field in fields if field in stops]
    assert len(known) > 8
    assert comes_in_order(stops, *known, window.status.findings)
