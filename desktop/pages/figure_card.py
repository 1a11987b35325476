"""A card with one figure: title, number, difference to the baseline."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.pages.elided import ElidedLabel
from desktop.theme.tokens import GRID
from desktop.viewmodels.cards import Card

HEIGHT = 86


class FigureCard(QPushButton):
    """One figure as a button: a click asks where it comes from.

    Signals:
        asked: ledger key and month (or none).
    """

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cardButton")
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._card: Card | None = None
        self.title, self.figure, self.note = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self.title.setObjectName("cardTitle")
        self.figure.setObjectName("cardFigure")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(2)
        for label in (self.title, self.figure, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self.clicked.connect(self._ask)

    def show_card(self, card: Card) -> None:
        """Show a figure."""
        self._card = card
        self.setToolTip("\n".join((card.title, card.figure, card.note)))
        self.title.say(card.title)
        self.figure.say(card.figure)
        self.note.say(card.note)
        self.note.setObjectName(
            "saving" if card.tone == "good" else "extra" if card.tone == "more" else "cardTitle"
        )
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.setAccessibleName(f"{card.title}: {card.figure}")
        self.setAccessibleDescription(card.note)

    def _ask(self) -> None:
        if self._card is not None and self._card.key:
            self.asked.emit(self._card.key, self._card.month)


def card_row(cards: Sequence[FigureCard]) -> QHBoxLayout:
    """Cards side by side, all of one width."""
    row = QHBoxLayout()
    row.setSpacing(GRID + 4)
    for card in cards:
        row.addWidget(card, 1)
    return row
