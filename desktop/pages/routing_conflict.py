"""Why not everything can be served: the rules in the way, each a link to its field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme.tokens import GRID
from desktop.viewmodels.questions import ConflictView, Link


class ConflictPanel(QFrame):
    """Sentences, links, and a button that closes it.

    Signals:
        field_wanted: path of the field that states a rule.
        closed: it shall go away.
    """

    field_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title, self.text = QLabel(), QLabel()
        self.title.setObjectName("pageTitle")
        self.text.setObjectName("changeText")
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QPushButton(self.tr("Close"))
        self.links: list[QPushButton] = []
        self._led = QVBoxLayout()
        self._led.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.text)
        column.addLayout(self._led)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_conflict(self, view: ConflictView) -> None:
        """Show why."""
        self.title.setText(view.title)
        self.setAccessibleName(view.title)
        self.text.setText("\n".join(view.sentences))
        self.text.setVisible(bool(view.sentences))
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = [self._link(one) for one in view.links]
        self.show()

    def _link(self, link: Link) -> QPushButton:
        button = QPushButton(link.text)
        button.setObjectName("link")
        button.setToolTip(self.tr("Leads to the rule"))
        button.clicked.connect(lambda _on=False: self.field_wanted.emit(link.path))
        self._led.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button
