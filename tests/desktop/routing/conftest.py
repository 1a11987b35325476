"""One window for the tests of the routing page, and what drives it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main import make_window
from desktop.pages.navigation import ROUTING
from desktop.pages.routing import RoutingPage
from desktop.window import MainWindow
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import with_mix


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
