"""Any two options side by side, and the bill of one option month by month."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.pages.bill_panel import MONTHS_AT_ONCE
from desktop.pages.navigation import RESULTS
from desktop.viewmodels.finding import challenger
from desktop.viewmodels.words import percent
from desktop.window import MainWindow
from pricing.analysis import compare
from pricing.plan.edit import edited
from pricing.plan.entries import with_item_removed


def test_that_any_option_can_be_held_against_any_other(looked_at: MainWindow) -> None:
    page, evaluation = looked_at.results, looked_at.evaluator.evaluation
    page.pair.choose("rented", "owned")
    rented, owned = evaluation.bill_of("rented"), evaluation.bill_of("owned")
    expected = percent(rented.tco.value / owned.tco.value - 1, signed=True)
    assert expected in page.cards[0].note.whole
    assert owned.name in page.cards[0].note.whole
    answer = compare(evaluation, "rented", "owned").break_even
    assert page.cards[1].figure.text() == (
        f"month {answer.month}" if answer.answer == "month" else answer.answer
    )
    assert "Rented GPUs costs" in page.told.text()
    labels = [row.label for row in page.bill.table.model_.table.rows]
    assert f"against {owned.name}" in labels
    page.pair.choose("owned", "api")


def test_that_the_two_options_always_differ(looked_at: MainWindow) -> None:
    pair = looked_at.results.pair
    pair.choose("owned", "api")
    pair.choose("api")
    assert pair.pair == ("api", "owned")
    pair.choose("api", "api")
    assert pair.pair == ("owned", "api")


def test_that_the_two_can_be_swapped(qtbot: QtBot, looked_at: MainWindow) -> None:
    pair = looked_at.results.pair
    pair.choose("owned", "rented")
    qtbot.mouseClick(pair.swap, Qt.MouseButton.LeftButton)
    assert pair.pair == ("rented", "owned")
    pair.choose("owned", "api")


def test_that_a_chosen_reference_stays_while_the_plan_changes(
    qtbot: QtBot, window: MainWindow
) -> None:
    pair = window.results.pair
    pair.choose("owned", "rented")
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=10_000):
        window.session.apply("Months", lambda plan: edited(plan, "months", 48))
    assert pair.pair == ("owned", "rented")
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=10_000):
        window.session.apply(
            "Remove", lambda plan: with_item_removed(plan, "options", "rented").plan
        )
    assert pair.pair == ("owned", "api")


def test_that_the_months_of_an_option_add_up_to_its_bill(looked_at: MainWindow) -> None:
    page, evaluation = looked_at.results, looked_at.evaluator.evaluation
    page.pair.choose("owned", "api")
    page.bill.show_months()
    table = page.bill.months.model_.table
    bill = evaluation.bill_of("owned")
    ids = [column.id for column in table.columns]
    assert [row.label for row in table.rows] == [*evaluation.month_labels, "All months"]
    for row in table.rows[:-1]:
        values = dict(zip(ids, row.cells, strict=True))
        parts = sum(values[code].raw or 0.0 for code in bill.categories if code in values)
        assert parts == pytest.approx(values["cash"].raw)
    totals = dict(zip(ids, table.rows[-1].cells, strict=True))
    assert totals["cash"].raw == pytest.approx(bill.tco.value)
    assert table.rows[-2].cells[ids.index("so_far")].raw == pytest.approx(bill.tco.value)
    page.bill.show_whole()


def test_that_a_figure_of_a_month_is_explained_in_that_month(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    window = looked_at
    window.navigation.setCurrentRow(RESULTS)
    window.results.pair.choose("owned", "api")
    window.results.bill.show_months()
    view = window.results.bill.months
    column = [c.id for c in view.model_.table.columns].index("energy") + 1
    index = view.model_.index(6, column)
    view.scrollTo(index)
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )
    assert window.explain.label.text() == "Energy"
    assert window.explain.when.text() == "month 7 (2027-07)"
    assert window.explain.whose.text() == "Owned servers 自有"
    shown = view.model_.cell(index)
    assert shown.raw == pytest.approx(
        window.evaluator.evaluation.explain(shown.key, 7).value, rel=1e-12
    )
    window.results.bill.show_whole()


def test_that_the_months_are_copied_with_tabs(looked_at: MainWindow) -> None:
    bill = looked_at.results.bill
    bill.show_months()
    looked_at.actions_.copy_table.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + 36 + 1
    assert len({line.count("\t") for line in lines}) == 1
    assert lines[1].startswith("2027-01\t")
    bill.show_whole()


def test_that_the_months_scroll_and_their_names_stay(looked_at: MainWindow) -> None:
    window = looked_at
    window.navigation.setCurrentRow(RESULTS)
    window.results.bill.show_months()
    view = window.results.bill.months
    view.setMaximumWidth(420)
    view.resize(420, view.height())
    view._fit()
    assert view.model_.rowCount() > MONTHS_AT_ONCE
    assert view.verticalScrollBar().maximum() > 0
    assert view.horizontalScrollBar().maximum() > 0
    names = view._names
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert names.isVisible()
    assert names.verticalScrollBar().value() == view.verticalScrollBar().value()
    first = view.model_.index(0, 1)
    view.setCurrentIndex(first)
    assert view.visualRect(first).left() >= view.columnWidth(0)
    view.setMaximumWidth(16_777_215)
    window.results.bill.show_whole()


def test_that_the_months_of_another_option_are_chosen_beside_them(looked_at: MainWindow) -> None:
    page = looked_at.results
    page.pair.choose("owned", "api")
    page.bill.show_months()
    index = page.bill.option.findData("rented")
    page.bill.option.setCurrentIndex(index)
    page.bill.option.activated.emit(index)
    assert page.pair.pair == ("rented", "api")
    ids = [column.id for column in page.bill.months.model_.table.columns]
    assert "rent" in ids
    assert "purchase" not in ids
    page.bill.show_whole()


def test_that_the_figures_follow_the_headline_until_another_option_is_chosen(
    qtbot: QtBot, window: MainWindow
) -> None:
    pair = window.results.pair
    first = challenger(window.evaluator.evaluation)
    assert pair.pair == (first.id, "api")
    other = "owned" if first.id != "owned" else "rented"
    field = "price" if other == "owned" else "price_per_hour"
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=10_000):
        window.session.apply("Cheap", lambda plan: edited(plan, f"options.{other}.{field}", 1.0))
    now = challenger(window.evaluator.evaluation)
    assert pair.pair == (now.id, "api")
    pair.choose(first.id)
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=10_000):
        window.session.apply("Months", lambda plan: edited(plan, "months", 24))
    assert pair.pair[0] == first.id
