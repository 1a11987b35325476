"""A new hybrid: its name, and where each request class goes to begin with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.dialogs.form_lines import LinesDialog
from desktop.pages.elided import ElidedLabel
from desktop.theme.tokens import GRID
from desktop.viewmodels.route_edits import first_routes, new_hybrid
from desktop.viewmodels.words import kind_title
from pricing.catalogue import catalogue_for
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

MOST_SHOWN = 8


class NewHybridDialog(LinesDialog):
    """Asks for a name; shows the routes it begins with.

    Signals:
        made: the hybrid.
    """

    made = Signal(object)

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Add an option"))
        self.ok.setText(self.tr("Add"))
        self._plan = plan
        self._routes = first_routes(plan, catalogue_for(plan))
        taken = {option.name for option in plan.options}
        self.name = QLineEdit(self._free_name(taken))
        title = QLabel(kind_title("hybrid"))
        title.setObjectName("pageTitle")
        self.column.insertWidget(0, title)
        self.add_line(self.tr("Name"), self.name)
        about = QLabel(
            self.tr(
                "To begin with, each request class goes to the first option that may serve it. "
                "Change routes, servers and result caches on the Routing page."
            )
        )
        about.setWordWrap(True)
        about.setObjectName("extra")
        self.column.addWidget(about)
        self.column.addLayout(self._grid())
        self.finish_layout()
        self.setMinimumWidth(560)
        self.name.textChanged.connect(lambda _: self._check())
        self.accepted.connect(lambda: self.made.emit(self.hybrid()))
        self._check()
        self.name.setFocus()
        self.name.selectAll()

    def _free_name(self, taken: set[str]) -> str:
        candidate, number = self.tr("Mix"), 2
        while candidate in taken:
            candidate, number = self.tr("Mix {n}").format(n=number), number + 1
        return candidate

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(6)
        for line, one in enumerate(self._routes[:MOST_SHOWN]):
            name, option = ElidedLabel(), ElidedLabel()
            name.say(one.request_class.name)
            option.say(
                self.tr("nobody may serve it yet")
                if one.option is None
                else f"→  {one.option.name}"
            )
            if one.option is None:
                option.setObjectName("caveat")
            grid.addWidget(name, line, 0)
            grid.addWidget(option, line, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        more = len(self._routes) - MOST_SHOWN
        if more > 0:
            rest = QLabel(self.tr("and {n} more").format(n=more))
            rest.setObjectName("hint")
            grid.addWidget(rest, MOST_SHOWN, 0)
        return grid

    def _check(self) -> None:
        self.need("" if self.name.text().strip() else self.tr("Give it a name."))

    def hybrid(self) -> Hybrid:
        """The hybrid as filled in."""
        return new_hybrid(self._plan, self.name.text().strip()[:120], self._routes)
