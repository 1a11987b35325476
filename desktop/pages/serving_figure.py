"""A key figure with its interval below: nothing to click, the tip says what it means."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.pages.elided import ElidedLabel
from desktop.viewmodels.serving_figures import KeyFigure

HEIGHT = 86


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
