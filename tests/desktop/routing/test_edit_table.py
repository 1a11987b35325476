"""The table that is edited in place: keyboard, copying, and entries while others arrive."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme

COLUMNS = (
    EditColumn("Name", width=-1),
    EditColumn("Share", right=True, width=96),
    EditColumn("Cost", right=True, width=96, gives_way=True),
)


def rows(share: float) -> tuple[tuple[EditCell, ...], ...]:
    limits = Limits(low=0, high=1, percent=True)
    return tuple(
        (
            EditCell(name, second="quiet", third="minded"),
            EditCell(f"{100 * share:.0f} %", edit=limits, value=share, right=True),
            EditCell("12", key=f"key.{name}", month=3, right=True),
        )
        for name in ("one", "two")
    )


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> EditTable:
    made = EditTable("Shares", Theme(qapp))
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    made.show_rows(COLUMNS, rows(0.5))
    return made


def test_that_the_model_keeps_the_rules_of_models(qtmodeltester: object, table: EditTable) -> None:
    qtmodeltester.check(table.cells)


def test_that_enter_opens_explains_or_edits(qtbot: QtBot, table: EditTable) -> None:
    table.choose(0, 0)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [0]
    table.choose(1, 2)
    with qtbot.waitSignal(table.figure_clicked) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == ["key.two", 3]
    table.choose(1, 1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    field = table.findChild(NumberField)
    field.selectAll()
    qtbot.keyClicks(field, "70")
    with qtbot.waitSignal(table.entered) as entered:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entered.args == [1, 1, 0.7]


def test_that_new_rows_wait_for_what_is_being_typed(qtbot: QtBot, table: EditTable) -> None:
    table.choose(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    field = table.findChild(NumberField)
    field.selectAll()
    qtbot.keyClicks(field, "6")
    table.show_rows(COLUMNS, rows(0.25))
    assert field.text() == "6"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.cell(0, 1).value == 0.25)


def test_that_a_number_that_does_not_fit_is_not_entered(qtbot: QtBot, table: EditTable) -> None:
    table.choose(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    field = table.findChild(NumberField)
    field.selectAll()
    with qtbot.waitSignal(table.refused) as refused:
        qtbot.keyClicks(field, "170")
    assert "from 0" in refused.args[0]
    with qtbot.assertNotEmitted(table.entered, wait=100):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_that_the_table_is_copied_whole(qtbot: QtBot, table: EditTable) -> None:
    qtbot.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    text = QGuiApplication.clipboard().text()
    assert text == "Name\tShare\tCost\none\t50 %\t12\ntwo\t50 %\t12\n"


def test_that_a_column_gives_way_where_the_wide_one_has_too_little(
    qtbot: QtBot, table: EditTable
) -> None:
    assert not table.isColumnHidden(2)
    table.resize(380, 300)
    qtbot.waitUntil(lambda: table.isColumnHidden(2))
    table.resize(640, 300)
    qtbot.waitUntil(lambda: not table.isColumnHidden(2))
