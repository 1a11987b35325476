"""The routes of a hybrid, to be added, changed and removed."""

from PySide6.QtWidgets import QWidget

from desktop.app.session import Session
from desktop.dialogs.draft import DraftDialog
from desktop.forms.route_form import route_form
from desktop.pages.routing_list import ListPanel, Shown, hybrid_of
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.route_edits import with_route_added, with_share, without
from desktop.viewmodels.routing_routes import (
    HOW,
    ORDER,
    SHARE,
    Table,
    route_order,
    routes_table,
)
from desktop.viewmodels.routing_words import answering
from pricing.plan.edit import edited


class RoutesPanel(ListPanel):
    """Shares and orders are typed in place; the rest in a dialog."""

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, theme, "", "", parent)
        self._colours = colours
        self.title.setText(self.tr("Who answers which requests?"))
        self.table.setAccessibleName(self.tr("Routes"))
        self.nothing.setText(
            self.tr("There are no routes: no request is served. Add one for each request class.")
        )
        self.add = self.button(self.tr("Add a route…"), self.add_route)
        self.change = self.button(self.tr("Edit…"), lambda: self.open_row(self.table.current))
        self.remove = self.button(self.tr("Remove"), self.remove_route)

    def _table(self, shown: Shown) -> Table:
        told = self.tr(
            "Requests are those of a mean month, cost is that of the whole plan. Type into a "
            "framed number. Double-click a route to edit it; click a figure to see where it "
            "comes from."
        )
        if shown.hybrid.caches:
            basis = self.tr("Shares are of the requests that the result cache leaves over.")
            told = f"{basis} {told}"
        self.hint.setText(told)
        return routes_table(shown.plan, shown.hybrid, self._colours, shown.costs)

    def _able(self) -> None:
        chosen = self.table.current >= 0 and self.table.isVisibleTo(self)
        for button in (self.change, self.remove):
            button.setEnabled(chosen)
        self.add.setEnabled(self._shown is not None and bool(answering(self._shown.plan)))

    def _number(self, row: int) -> int:
        """Number of the route in a row, counted from 0; -1 where there is none."""
        if self._shown is None or row < 0:
            return -1
        listed = route_order(self._shown.plan, self._shown.hybrid)
        return listed[row] if row < len(listed) else -1

    def _entered(self, row: int, column: int, value: float | None) -> None:
        number = self._number(row)
        if self._shown is None or value is None or number < 0:
            return
        name = self._shown.hybrid.id
        if column == SHARE:
            before = self._shown.hybrid.routes
            done = self.apply(
                self.tr("Change a share"),
                lambda plan: with_share(plan, hybrid_of(plan, name), number, value),
            )
            plan = self._session.plan
            after = hybrid_of(plan, name).routes if plan is not None else before
            if done and sum(a != b for a, b in zip(after, before, strict=True)) > 1:
                self.said.emit(self.tr("The other routes of the class gave way in proportion"))
        elif column == ORDER:
            path = f"options.{name}.routes.{number}.order"
            self.apply(self.tr("Change an order"), lambda plan: edited(plan, path, int(value)))

    def add_route(self) -> None:
        """Ask for one more route."""
        if self._shown is None:
            return
        name, number = self._shown.hybrid.id, len(self._shown.hybrid.routes)
        self.ask(
            self.tr("Add a route"), self.tr("Add"),
            lambda plan: with_route_added(plan, hybrid_of(plan, name)),
            lambda draft: route_form(draft, hybrid_of(draft, name), number),
        )  # fmt: skip

    def open_row(self, row: int) -> None:
        """Edit a route."""
        number = self._number(row)
        if self._shown is None or number < 0:
            return
        name = self._shown.hybrid.id
        self.ask(
            self.tr("Edit a route"), self.tr("Change"), lambda plan: plan,
            lambda draft: route_form(draft, hybrid_of(draft, name), number),
        )  # fmt: skip

    def remove_route(self) -> None:
        """Take the chosen route away."""
        number = self._number(self.table.current)
        if self._shown is not None and number >= 0:
            name = self._shown.hybrid.id
            self.apply(
                self.tr("Remove a route"),
                lambda plan: without(plan, hybrid_of(plan, name), "routes", number),
            )

    def go_to(self, rest: list[str]) -> None:
        """Show the route, or the field of a route, at the end of a path: number, field, ..."""
        if not rest or not rest[0].isdigit() or self._shown is None:
            return
        listed = route_order(self._shown.plan, self._shown.hybrid)
        if int(rest[0]) not in listed:
            return
        row = listed.index(int(rest[0]))
        self.table.choose(row, HOW)
        if len(rest) > 1:
            self.open_row(row)
            if isinstance(self.dialog, DraftDialog):
                self.dialog.go_to(f"options.{self._shown.hybrid.id}.routes.{'.'.join(rest)}")
