"""A page with a list on the left and the form of the chosen entry on the right."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.app.session import Session
from desktop.forms.row import Group
from desktop.forms.view import FormView
from desktop.pages.item_list import ItemList
from desktop.pages.page import heading
from desktop.theme.apply import Theme
from desktop.theme.tokens import GRID
from desktop.viewmodels.items import Item
from pricing.plan.entries import (
    ListEdit,
    with_item_added,
    with_item_duplicated,
    with_item_moved,
    with_item_removed,
)
from pricing.plan.option import Option
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass

LIST_WIDTH = 264


class ItemsPage(QWidget):
    """List and form of one list in the plan (`workload` or `options`).

    Signals:
        problem: a sentence that says why a change of the list is not possible.
        told: a sentence about what else a change of the list changed.
        pick: a catalogue row whose button was pressed.
    """

    problem = Signal(str)
    told = Signal(str)
    pick = Signal(object)

    def __init__(
        self,
        session: Session,
        theme: Theme,
        listed: str,
        title: str,
        groups: Callable[[Any, Plan], tuple[Group, ...]],
        items: Callable[[Plan], tuple[Item, ...]],
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._theme, self._listed = session, theme, listed
        self._groups, self._make_items = groups, items
        self.list = ItemList(title, self)
        self.form = FormView(session.edit)
        self.form.entry_refused.connect(session.note_entry)
        self.form.pick.connect(self.pick)
        self.add_menu = QMenu(self)
        self.add = QPushButton(self.tr("Add"), self)
        self.add.setMenu(self.add_menu)
        self.duplicate = self._tool("copy", self.tr("Duplicate"))
        self.remove = self._tool("remove", self.tr("Remove"))
        self.up = self._tool("up", self.tr("Move up"))
        self.down = self._tool("down", self.tr("Move down"))
        self._scroll = QScrollArea(self)
        self._place(title)
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.duplicate.clicked.connect(self._duplicate)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self._looked_at = False
        session.opened.connect(self._forget)
        session.plan_changed.connect(self.refresh)
        theme.changed.connect(self._tint)
        self._tint()

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("iconName", icon)
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def set_title(self, title: str) -> None:
        """Name the page and its list."""
        self._heading.setText(title)
        self.list.setAccessibleName(title)

    def _tint(self) -> None:
        for button in (self.duplicate, self.remove, self.up, self.down):
            button.setIcon(self._theme.icon(str(button.property("iconName"))))
        self.add.setIcon(self._theme.icon("add"))
        self.refresh()

    def _place(self, title: str) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        for button in (self.duplicate, self.remove, self.up, self.down):
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        self._heading = heading(title, self)
        left.addWidget(self._heading)
        left.addLayout(buttons)
        left.addWidget(self.list, 1)
        holder = QWidget(self)
        holder.setFixedWidth(LIST_WIDTH)
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        body.setObjectName("pageBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(2 * GRID, 4, 3 * GRID, 3 * GRID)
        column.addWidget(self.form)
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, 2 * GRID, 0, 2 * GRID)
        line.setSpacing(2 * GRID)
        line.addWidget(holder)
        line.addWidget(self._scroll, 1)

    def _forget(self) -> None:
        """Another document: its forms are made when the page is first looked at."""
        self._looked_at = self.isVisible()

    def showEvent(self, event: QShowEvent) -> None:
        """Make what was put off."""
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        if not self._looked_at:
            self._looked_at = True
            self.refresh()

    def refresh(self) -> None:
        """Show the list and the chosen entry of the plan as it is now."""
        plan = self._session.plan
        if plan is None or not self._looked_at:
            return
        self.list.show_items(self._make_items(plan))
        self._show_chosen()

    def chosen(self) -> RequestClass | Option | None:
        """The chosen entry of the plan."""
        plan = self._session.plan
        if plan is None:
            return None
        entries = getattr(plan, self._listed)
        return next((entry for entry in entries if entry.id == self.list.current), None)

    def _show_chosen(self) -> None:
        plan, entry = self._session.plan, self.chosen()
        if plan is None or entry is None:
            return
        self.form.show_form(self._groups(entry, plan))
        count = len(getattr(plan, self._listed))
        row = self.list.currentIndex().row()
        self.remove.setEnabled(count > 1)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(row < count - 1)

    def change_list(self, label: str, change: Callable[[Plan], ListEdit]) -> None:
        """Change the list as one undo step, go to the entry, and tell what else changed."""
        self._look()
        made: list[ListEdit] = []

        def run(plan: Plan) -> Plan:
            made.append(change(plan))
            return made[-1].plan

        sentence = self._session.apply(label, run)
        if sentence:
            self.problem.emit(sentence)
        elif made:
            self.list.choose(made[-1].item)
            told = " ".join(effect.said() for effect in made[-1].also)
            if told:
                self.told.emit(told)

    def insert(self, entry: RequestClass | Option) -> None:
        """Add an entry at the end of the list; the first field of its form gets the keyboard."""
        label = self.tr('Add "{name}"').format(name=entry.name)
        self.change_list(label, lambda plan: with_item_added(plan, self._listed, entry))

    def _duplicate(self) -> None:
        entry = self.chosen()
        if entry is not None:
            label = self.tr('Duplicate "{name}"').format(name=entry.name)
            self.change_list(label, lambda plan: with_item_duplicated(plan, self._listed, entry.id))

    def _remove(self) -> None:
        entry = self.chosen()
        if entry is not None:
            label = self.tr('Remove "{name}"').format(name=entry.name)
            self.change_list(label, lambda plan: with_item_removed(plan, self._listed, entry.id))

    def _move(self, by: int) -> None:
        entry, row = self.chosen(), self.list.currentIndex().row() + by
        if entry is not None:
            label = self.tr('Move "{name}"').format(name=entry.name)
            self.change_list(label, lambda plan: with_item_moved(plan, self._listed, entry.id, row))

    def go_to(self, path: str) -> bool:
        """Show the field at a path of this list and give it the keyboard."""
        self._look()
        plan = self._session.plan
        if plan is None or path.partition(".")[0] != self._listed:
            return False
        entries = getattr(plan, self._listed)
        rest = path.partition(".")[2]
        fitting = [e.id for e in entries if rest == e.id or rest.startswith(f"{e.id}.")]
        if not fitting and rest.split(".")[0].isdigit() and int(rest.split(".")[0]) < len(entries):
            number, _, tail = rest.partition(".")
            fitting = [entries[int(number)].id]
            path = f"{self._listed}.{fitting[0]}.{tail}".rstrip(".")
        if not fitting:
            return False
        self.list.choose(max(fitting, key=len))
        row = self.form.nearest(path)
        if row is not None:
            self._scroll.ensureWidgetVisible(row, 0, 80)
            row.focus()
        return True
