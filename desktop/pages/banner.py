"""A strip that says what stands between the plan and its results."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.theme.tokens import GRID


class Banner(QFrame):
    """One sentence and one thing to do about it; hidden when there is nothing to say.

    Signals:
        action_wanted: the button was pressed.
    """

    action_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 6, 6)
        line.setSpacing(GRID)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.action = QPushButton()
        self.action.clicked.connect(self.action_wanted)
        line.addWidget(self.text, 1)
        line.addWidget(self.action)
        self.hide()

    def say(self, sentence: str, action: str = "", *, broken: bool = False) -> None:
        """Show a sentence; an empty one hides the strip."""
        self.text.setText(sentence)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        if bool(self.property("broken")) != broken:
            self.setProperty("broken", broken)
            for widget in (self, self.text):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.setVisible(bool(sentence))
