"""Key figures with their intervals below: nothing to click, the tip says what one means."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.pages.elided import ElidedLabel
from desktop.theme.tokens import GRID
from desktop.viewmodels.serving_shown import KeyFigure

HEIGHT = 86
LEAST = 150
"""Width in pixels below which a card does not show its title in full."""


class ServingFigure(QFrame):
    """One figure on a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(112)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title, self.figure, self.interval = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self.title.setObjectName("cardTitle")
        self.figure.setObjectName("cardFigure")
        self.interval.setObjectName("cardTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(2)
        for label in (self.title, self.figure, self.interval):
            column.addWidget(label)

    def show_figure(self, figure: KeyFigure) -> None:
        """Show a figure."""
        self.title.say(figure.title)
        self.figure.say(figure.figure)
        self.interval.say(figure.interval)
        tip = f"{figure.title}: {figure.figure} ({figure.interval})\n{figure.tip}"
        for widget in (self, self.title, self.figure, self.interval):
            widget.setToolTip(tip)
        self.setAccessibleName(f"{figure.title}: {figure.figure}")
        self.setAccessibleDescription(f"{figure.interval}. {figure.tip}")


class ServingFigures(QWidget):
    """Cards in one row, or in two where there is little room."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = tuple(ServingFigure() for _ in range(count))
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID + 4)
        self._arrange(count)

    def show_figures(self, figures: tuple[KeyFigure, ...]) -> None:
        """Show a figure on each card."""
        for card, figure in zip(self.cards, figures, strict=True):
            card.show_figure(figure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the row where the cards would be too narrow."""
        super().resizeEvent(event)
        whole = len(self.cards)
        room = (self.width() + GRID + 4) // (LEAST + GRID + 4)
        self._arrange(whole if room >= whole else -(-whole // 2))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(len(self.cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
