"""The window on the routing page."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.navigation import ROUTING
from desktop.pages.routing import RoutingPage
from desktop.window import MainWindow
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import with_mix


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
