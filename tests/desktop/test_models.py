"""Item models hold to Qt's contract."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.app.session import Session
from desktop.charts.spec import Table
from desktop.dialogs.catalogue import OffersModel
from desktop.dialogs.chart_table import ChartTableModel
from desktop.pages.item_list import ItemModel
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import LIGHT
from desktop.viewmodels.items import class_items, option_items
from desktop.window import MainWindow
from pricing.catalogue import load_catalogue
from pricing.plan.entries import with_item_removed
from pricing.plan.plan import Plan

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_that_the_list_model_is_sound_and_says_what_matters(qapp: object, plan: Plan) -> None:
    model = ItemModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_items(class_items(plan))
    assert model.index(0).data() == "Customer chat"
    assert "60 k a day" in model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    model.show_items(option_items(plan, OptionColours()))
    model.show_items(())
    assert model.rowCount() == 0
    tester.deleteLater()


def test_that_the_comparison_model_is_sound_while_the_plan_changes(window: MainWindow) -> None:
    model = window.results.bill.table.model_
    tester = QAbstractItemModelTester(model, FATAL)
    with_two = with_item_removed(window.session.plan, "options", "owned").plan
    window.session.apply("Remove", lambda _plan: with_two)
    from pricing.evaluate import evaluate

    window.results.show_evaluation(evaluate(with_two))
    assert model.columnCount() == 3
    tester.deleteLater()


def test_that_figures_stand_right_and_totals_are_bold(window: MainWindow) -> None:
    model = window.results.bill.table.model_
    labels = [model.index(row, 0).data() for row in range(model.rowCount())]
    total = model.index(labels.index("Total cost (TCO)"), 1)
    assert total.data(Qt.ItemDataRole.FontRole).bold()
    assert total.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    bill = window.evaluator.evaluation.bills[0]
    assert total.data(Qt.ItemDataRole.UserRole).raw == pytest.approx(bill.tco.value)


def test_that_categories_add_up_to_the_total(window: MainWindow) -> None:
    table = window.results.bill.table.model_.table
    labels = [row.label for row in table.rows]
    end = labels.index("Total cost (TCO)")
    for column in range(len(table.columns)):
        parts = sum(row.cells[column].raw or 0 for row in table.rows[:end])
        assert parts == pytest.approx(table.rows[end].cells[column].raw, rel=1e-9)


def test_that_the_copied_table_has_full_numbers_between_tabs(window: MainWindow) -> None:
    text = window.results.bill.table.model_.as_text()
    rows = [line.split("\t") for line in text.strip().split("\n")]
    assert len({len(row) for row in rows}) == 1
    total = next(row for row in rows if row[0] == "Total cost (TCO)")
    assert float(total[1]) == window.evaluator.evaluation.bills[0].tco.value


def test_that_the_table_of_a_chart_is_sound(qapp: object) -> None:
    model = ChartTableModel(Table(("Month", "A"), (("2027-01", 1234.5),)))
    tester = QAbstractItemModelTester(model, FATAL)
    assert model.index(0, 1).data() == "1,234" or model.index(0, 1).data() == "1,235"
    assert model.as_text() == "Month\tA\n2027-01\t1234.5\n"
    tester.deleteLater()


def test_that_the_catalogue_is_searched_by_every_word(qapp: object) -> None:
    model = OffersModel(load_catalogue(), "rental", date(2026, 11, 22), LIGHT)
    tester = QAbstractItemModelTester(model, FATAL)
    model.search("h100 us-east-1")
    assert 0 < model.rowCount() < 20
    for row in range(model.rowCount()):
        assert "h100" in model.index(row, 0).data().lower()
        assert "an hour" in model.index(row, 2).data()
    model.search("no such thing at all")
    assert model.rowCount() == 0
    tester.deleteLater()


def test_that_old_prices_are_marked(qapp: object) -> None:
    model = OffersModel(load_catalogue(), "server", date(2040, 1, 1), LIGHT)
    model.search("")
    marked = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert any("out of date" in text for text in marked)


def test_that_a_session_can_be_thrown_away(qapp: object, plan: Plan) -> None:
    session = Session()
    session.start(plan)
    session.close()
    assert session.plan is None
    assert not session.modified
