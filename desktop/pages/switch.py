"""Buttons side by side of which one is chosen, as for what a chart shows."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

SPACING = 4


def switch_row(parent: QWidget, buttons: Sequence[QPushButton]) -> tuple[QButtonGroup, QHBoxLayout]:
    """A group of buttons, the first of them chosen, and a row that begins with them.

    Args:
        parent: Owner of the group.
        buttons: In order; each is numbered by its place.
    """
    group, row = QButtonGroup(parent), QHBoxLayout()
    row.setSpacing(SPACING)
    for number, button in enumerate(buttons):
        button.setCheckable(True)
        button.setChecked(number == 0)
        group.addButton(button, number)
        row.addWidget(button)
    return group, row
