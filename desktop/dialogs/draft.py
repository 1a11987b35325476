"""A form on a draft of the plan: every entry is checked at once, the plan follows when it is ok."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.forms.edit import Edit
from desktop.forms.row import Group
from desktop.forms.view import FormView
from desktop.theme.tokens import GRID
from pricing.plan.edit import EditError, edited
from pricing.plan.plan import Plan

WIDTH, LEAST, MOST = 720, 320, 640
"""Of the dialog, in logical pixels; a longer form scrolls."""
AROUND = 152
"""What heading and buttons take."""


class DraftDialog(QDialog):
    """Edits a draft; nothing of the plan changes before it is accepted.

    Signals:
        made: the plan as drafted.
    """

    made = Signal(object)

    def __init__(
        self,
        title: str,
        accept: str,
        draft: Plan,
        groups: Callable[[Plan], tuple[Group, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.draft, self._groups = draft, groups
        self._wrong: dict[str, str] = {}
        self.form = FormView(self._apply)
        self.form.entry_refused.connect(self._note)
        self.problem = QLabel()
        self.problem.setObjectName("fieldError")
        self.problem.setWordWrap(True)
        self.problem.setMinimumWidth(1)
        self.problem.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok: QPushButton = self.buttons.addButton(
            accept, QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.ok.setObjectName("primary")
        self.ok.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._place(title)
        self.accepted.connect(lambda: self.made.emit(self.draft))
        self.form.show_form(groups(draft))
        self._fit()

    def _place(self, title: str) -> None:
        body = QWidget()
        body.setObjectName("pageBody")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(3 * GRID, GRID, 2 * GRID, 2 * GRID)
        inner.addWidget(self.form)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        heading = QLabel(title)
        heading.setObjectName("pageTitle")
        heading.setWordWrap(True)
        heading.setMinimumWidth(1)
        heading.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        below = QVBoxLayout()
        below.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        below.addWidget(self.problem)
        below.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * GRID, 0, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(heading)
        column.addWidget(scroll, 1)
        column.addLayout(below)

    def _apply(self, edit: Edit) -> str:
        try:
            self.draft = edited(self.draft, edit.path, edit.value)
        except EditError as error:
            return str(error)
        self.form.show_form(self._groups(self.draft))
        self._fit()
        return ""

    def _fit(self) -> None:
        """As high as the form needs, within limits; never lower than it is."""
        needed = self.form.sizeHint().height() + AROUND
        height = max(LEAST, min(MOST, needed), self.height() if self.isVisible() else 0)
        self.resize(WIDTH, height)

    def _note(self, path: str, sentence: str) -> None:
        if sentence:
            self._wrong[path] = sentence
        else:
            self._wrong.pop(path, None)
        self.ok.setEnabled(not self._wrong)
        self.problem.setText(next(iter(self._wrong.values()), ""))
        hidden = path not in self.form.paths()
        self.problem.setVisible(bool(self._wrong) and hidden)

    def go_to(self, path: str) -> None:
        """Give the keyboard to the field at a path."""
        row = self.form.nearest(path)
        if row is not None:
            self._scroll.ensureWidgetVisible(row, 0, 80)
            row.focus()
