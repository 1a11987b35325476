"""A small plan, a window on it, and the rule that no dialog may block."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.app.session import Session
from desktop.main import make_window
from desktop.window import MainWindow
from pricing.plan.file import parse_plan, save_plan
from pricing.plan.plan import Plan

PLAN = """
{"format": "reckoner-plan", "schema": 1, "name": "Help desk 2027", "start": "2027-01",
 "months": 36, "currency": "USD", "electricity": 0.12, "people": {"loaded_cost_per_year": 90000},
 "workload": [
  {"id": "chat", "name": "Customer chat", "requests": 60000, "input_tokens": 1800,
   "output_tokens": 350, "growth": {"kind": "monthly", "rate": 0.02},
   "profile": {"kind": "hourly", "hours": [0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.4, 1.9, 2.1,
    2.0, 1.6, 1.7, 1.9, 1.9, 1.8, 1.5, 1.2, 1.0, 0.8, 0.6, 0.4, 0.2]}},
  {"id": "docs", "name": "Document batch", "requests": 900, "input_tokens": 9000,
   "output_tokens": 600, "urgency": "batch", "profile": {"kind": "peak-to-average", "ratio": 1}}],
 "options": [
  {"kind": "closed_api", "id": "api", "name": "Closed API",
   "prices": {"input": 3, "output": 15}},
  {"kind": "rented_gpus", "id": "rented", "name": "Rented GPUs", "price_per_hour": 24,
   "capacity": {"output_tokens_per_second": 2400, "usable_share": 0.7}, "bridge": "api"},
  {"kind": "owned_servers", "id": "owned", "name": "Owned servers 自有", "price": 300000,
   "gpus_per_server": 8, "power_kw": 8.1, "pue": 1.4, "people_fte": 0.5, "lead_time_months": 3,
   "bridge": "api", "residual_share": 0.1,
   "capacity": {"output_tokens_per_second": 2400, "usable_share": 0.7}}]}
"""
"""Every figure is stated here, so that no test depends on the catalogue."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform cannot pass size hints to a window manager and says so each time."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def dialogs_may_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a dialog would wait for an answer inside a function."""

    def refuse(self: QDialog, *_args: object) -> int:
        pytest.fail(f"{type(self).__name__}.exec() would block; use open()")

    for kind in (QDialog, QMessageBox, QFileDialog):
        monkeypatch.setattr(kind, "exec", refuse)


@pytest.fixture(autouse=True, scope="session")
def one_number_format() -> Iterator[None]:
    """Numbers as in the United States, whatever the machine says."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Two request classes and three options."""
    return parse_plan(PLAN)


@pytest.fixture
def plan_path(plan: Plan, tmp_path: Path) -> Path:
    """The plan as a file."""
    path = tmp_path / "help desk.reckon"
    save_plan(plan, path)
    return path


@pytest.fixture
def session(qapp: QApplication, plan: Plan) -> Session:
    """A session with the plan, without a window."""
    made = Session()
    made.start(plan)
    return made


@pytest.fixture
def empty_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """A window without a document; it forgets everything afterwards."""
    window = make_window(qapp, tmp_path / "settings")
    window.use_scheme("light")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.session.close()
    window.close()


@pytest.fixture
def window(qtbot: QtBot, empty_window: MainWindow, plan_path: Path) -> MainWindow:
    """A window with the plan opened from a file and evaluated."""
    with qtbot.waitSignal(empty_window.evaluator.evaluated, timeout=10_000):
        empty_window.documents.open(plan_path)
    return empty_window


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Waits until the results are those of the plan as it is now."""
    return lambda: qtbot.waitUntil(lambda: window.evaluator.up_to_date, timeout=10_000)


@pytest.fixture(scope="module")
def one_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all tests of a file; each begins a document of its own."""
    window = make_window(qapp, tmp_path_factory.mktemp("settings"))
    window.use_scheme("light")
    window.show()
    yield window
    window.session.close()
    window.close()


@pytest.fixture(scope="session")
def looked_at(
    qapp: QApplication, plan: Plan, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window on the plan for all tests that only look at it (and put back what they change)."""
    window = make_window(qapp, tmp_path_factory.mktemp("settings"))
    window.use_scheme("light")
    window.show()
    window.session.start(plan)
    deadline = time.monotonic() + 20
    while window.evaluator.evaluation is None:
        assert time.monotonic() < deadline, window.evaluator.problem
        qapp.processEvents()
    yield window
    window.session.close()
    window.close()
