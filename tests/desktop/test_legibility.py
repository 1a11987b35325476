"""Nothing is cut off at 1280 x 800, everything has a name, the keyboard reaches it."""

import contextlib
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.forms.quiet_line import QuietLine
from desktop.pages.elided import ElidedLabel
from desktop.pages.figure_card import FigureCard
from desktop.pages.navigation import RESULTS
from desktop.window import SIZE, MainWindow
from pricing.plan.edit import edited

SLACK = 1
PAGES = ("workload", "options", "routing", "serving", "assumptions", "results")


def cut_off(window: QWidget) -> list[str]:
    """Visible labels and buttons whose text needs more room than they have."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if not widget.text() or isinstance(widget, QToolButton):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + SLACK:
                found.append(f"{widget.text()!r}: {widget.height()} of {needed} high")
        elif isinstance(widget, ElidedLabel | QuietLine | FigureCard):
            continue
        else:
            hint = widget.sizeHint()
            if hint.width() > widget.width() + SLACK or hint.height() > widget.height() + SLACK:
                found.append(f"{widget.text()!r}: {widget.size()} of {hint}")
    return found


def everything_fits(qtbot: QtBot, window: QWidget) -> None:
    """Wait for the layout to settle, then say what is cut off."""
    with contextlib.suppress(AssertionError, TimeoutError, qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not cut_off(window), timeout=2000)
    assert cut_off(window) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", range(len(PAGES)), ids=PAGES)
@pytest.mark.parametrize("explained", [False, True], ids=["alone", "explain open"])
def test_that_no_text_is_cut_off_at_1280_by_800(
    qtbot: QtBot, looked_at: MainWindow, page: int, scheme: str, explained: bool
) -> None:
    window = looked_at
    window.use_scheme(scheme)
    window.resize(*SIZE)
    window.navigation.setCurrentRow(page)
    if explained:
        window.ask(window.evaluator.evaluation.bill_of("owned").categories["energy"].key, 7)
    everything_fits(qtbot, window)
    assert (window.width(), window.height()) == SIZE
    window.actions_.explain.setChecked(False)


@pytest.mark.parametrize("option", ["api", "rented", "owned"])
def test_that_every_option_form_fits(qtbot: QtBot, looked_at: MainWindow, option: str) -> None:
    window = looked_at
    window.resize(*SIZE)
    window.navigation.setCurrentRow(1)
    window.options.list.choose(option)
    everything_fits(qtbot, window)
    for field in window.options.form.findChildren(QLineEdit):
        if field.isVisible() and field.placeholderText() and not field.text():
            margins = field.textMargins()
            room = field.width() - margins.left() - margins.right() - 18
            assert field.fontMetrics().horizontalAdvance(field.placeholderText()) <= room


def test_that_the_start_page_fits(qtbot: QtBot, empty_window: MainWindow) -> None:
    empty_window.resize(*SIZE)
    everything_fits(qtbot, empty_window)


def test_that_the_longest_names_do_not_widen_the_window(
    qtbot: QtBot, window: MainWindow, settled: Callable[[], None]
) -> None:
    plan = edited(window.session.plan, "name", "很长的名字 " * 19)
    for option in plan.options:
        plan = edited(plan, f"options.{option.id}.name", f"{option.id} " + "a very long name " * 6)
    for item in plan.workload:
        plan = edited(plan, f"workload.{item.id}.name", f"{item.id} " + "W" * 110)
    window.resize(*SIZE)
    window.session.apply("Names", lambda _plan: plan)
    settled()
    for page in range(len(PAGES)):
        window.navigation.setCurrentRow(page)
        window.ask(window.evaluator.evaluation.bill_of("owned").tco.key)
        everything_fits(qtbot, window)
        assert window.minimumSizeHint().width() <= SIZE[0]
        assert window.width() == SIZE[0]


def test_that_all_rows_of_the_table_are_in_sight_without_scrolling_it(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    window = looked_at
    window.navigation.setCurrentRow(RESULTS)
    table = window.results.bill.table
    for width in (1280, 1000, 1600):
        window.resize(width, SIZE[1])
        qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0, timeout=2000)
        assert table.horizontalHeader().height() >= table.horizontalHeader().sizeHint().height()
    window.resize(*SIZE)


def test_that_a_chart_is_drawn_for_the_size_it_has(qtbot: QtBot, looked_at: MainWindow) -> None:
    window = looked_at
    window.navigation.setCurrentRow(RESULTS)
    window.results.show_kind("cumulative")
    for width in (1600, 1100, 1280):
        window.resize(width, SIZE[1])
        qtbot.wait(200)
        figure = window.results.chart.figure
        renderer = figure.canvas.get_renderer()
        ends = [text.get_window_extent(renderer).x1 for text in figure.axes[0].texts]
        assert max(ends) <= figure.bbox.width
        assert max(ends) >= figure.bbox.width - 60, "the room is used"
        assert figure.bbox.width == pytest.approx(window.results.chart.width(), abs=2)


@pytest.mark.parametrize("page", range(len(PAGES)), ids=PAGES)
def test_that_every_control_has_a_name_for_screen_readers(
    qtbot: QtBot, looked_at: MainWindow, page: int
) -> None:
    window = looked_at
    window.navigation.setCurrentRow(page)
    for widget in window.findChildren(QWidget):
        if (
            isinstance(widget, QLineEdit | QComboBox | QAbstractButton)
            and widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ):
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, f"{widget} {widget.objectName()} in {widget.parent()}"


def test_that_tab_walks_down_the_form(qtbot: QtBot, looked_at: MainWindow) -> None:
    window = looked_at
    window.navigation.setCurrentRow(0)
    form = window.workload.form
    fields = [form.row(path).editor.focus_widget() for path in form.paths()]
    fields[0].setFocus()
    reached = [fields[0]]
    for _ in range(80):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() in fields:
            reached.append(window.focusWidget())
        if window.focusWidget() is fields[-1]:
            break
    assert [w for w in reached if w in fields] == fields
