"""Clicks and entries on the routing page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.entry.number_field import NumberField
from desktop.tables.edit_table import EditTable
from desktop.window import MainWindow
from pricing.plan.hybrid import Hybrid


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


def overwrite(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Type over what a field holds."""
    field.selectAll()
    qtbot.keyClicks(field, text)


def type_into(qtbot: QtBot, table: EditTable, row: int, column: int, text: str) -> None:
    click(qtbot, table, row, column)
    field = table.findChild(NumberField)
    assert field is not None
    overwrite(qtbot, field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.findChild(NumberField) is None)
