from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField


def field(qtbot: QtBot, value: float | None = 60000.0, **limits: object) -> NumberField:
    holder = QWidget()
    column = QVBoxLayout(holder)
    made = NumberField(Limits(**({"low": 0} | limits)), "per day")
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    made.show_stored(value)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.holder = holder
    return made


def test_that_a_stored_value_shows_thousands_separators(qtbot: QtBot) -> None:
    assert field(qtbot).text() == "60,000"


def test_that_text_stays_as_typed_until_the_field_is_left(qtbot: QtBot) -> None:
    number = field(qtbot)
    number.selectAll()
    qtbot.keyClicks(number, "2.5k")
    number.show_stored(2500.0)
    assert number.text() == "2.5k"
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert number.text() == "2,500"


def test_that_every_valid_state_of_typing_is_told_at_once(qtbot: QtBot) -> None:
    number = field(qtbot)
    told: list[object] = []
    number.entered.connect(told.append)
    number.selectAll()
    qtbot.keyClicks(number, "125")
    assert told == [1.0, 12.0, 125.0]


def test_that_arrow_keys_step_by_the_second_digit(qtbot: QtBot) -> None:
    number = field(qtbot)
    told: list[object] = []
    number.entered.connect(told.append)
    qtbot.keyClick(number, Qt.Key.Key_Up)
    qtbot.keyClick(number, Qt.Key.Key_Down)
    qtbot.keyClick(number, Qt.Key.Key_PageDown)
    assert told == [61000.0, 60000.0, 50000.0]


def test_that_stepping_stops_at_the_limits(qtbot: QtBot) -> None:
    number = field(qtbot, 0.99, high=1, percent=True)
    for _ in range(5):
        qtbot.keyClick(number, Qt.Key.Key_Up)
    assert number.text() == "100"
    number = field(qtbot, 1.0)
    for _ in range(20):
        qtbot.keyClick(number, Qt.Key.Key_PageDown)
    assert number.text() == "0"


def test_that_a_wrong_entry_is_marked_and_kept_and_escape_takes_it_back(qtbot: QtBot) -> None:
    number = field(qtbot)
    sentences: list[str] = []
    number.refused.connect(sentences.append)
    number.selectAll()
    qtbot.keyClicks(number, "-5")
    assert number.property("invalid") is True
    assert "0 or more" in sentences[-1]
    assert number.text() == "-5"
    qtbot.keyClick(number, Qt.Key.Key_Escape)
    assert number.text() == "60,000"
    assert sentences[-1] == ""


def test_that_another_value_from_the_plan_replaces_a_wrong_entry(qtbot: QtBot) -> None:
    number = field(qtbot)
    number.selectAll()
    qtbot.keyClicks(number, "x")
    number.show_stored(60000.0)
    assert number.text() == "x", "the plan did not change: the entry stays to be corrected"
    number.show_stored(70000.0)
    assert number.text() == "70,000"
    assert number.sentence == ""


def test_that_the_unit_does_not_cover_the_text(qtbot: QtBot) -> None:
    number = field(qtbot)
    width = number.fontMetrics().horizontalAdvance("per day")
    assert number.textMargins().right() >= width
