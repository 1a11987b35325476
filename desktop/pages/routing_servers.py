"""The servers of a hybrid: decided by month, or as many as the load needs."""

from PySide6.QtWidgets import QWidget

from desktop.app.session import Session
from desktop.forms.route_form import servers_form
from desktop.pages.routing_list import ListPanel, Shown, hybrid_of
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.routing_servers import pools, servers_table


class ServersPanel(ListPanel):
    """One row for each option with servers that a route reaches."""

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, theme, "", "", parent)
        self._colours = colours
        self.title.setText(self.tr("How many servers, and when?"))
        self.table.setAccessibleName(self.tr("Servers"))
        self.nothing.setText(
            self.tr("No route leads to an option with servers, so there is nothing to decide here.")
        )
        self.hint.setText(
            self.tr(
                "Decided servers are there whatever the load; what they cannot serve overflows or "
                "is not served. Double-click a row to decide."
            )
        )
        self.change = self.button(self.tr("Decide…"), lambda: self.open_row(self.table.current))

    def _table(self, shown: Shown) -> Table:
        return servers_table(shown.plan, shown.hybrid, self._colours, shown.costs)

    def _able(self) -> None:
        self.change.setEnabled(self.table.current >= 0)

    def open_row(self, row: int) -> None:
        """Decide on the servers of an option."""
        if self._shown is None:
            return
        found = pools(self._shown.plan, self._shown.hybrid)
        if not 0 <= row < len(found):
            return
        name, option = self._shown.hybrid.id, found[row]
        self.ask(
            self.tr("Servers of {name}").format(name=option.name), self.tr("Change"),
            lambda plan: plan,
            lambda draft: servers_form(draft, hybrid_of(draft, name), option.id),
        )  # fmt: skip

    def go_to(self, rest: list[str]) -> None:
        """Show the fleet at the end of a path: number, field, ..."""
        if self._shown is None:
            return
        found = [option.id for option in pools(self._shown.plan, self._shown.hybrid)]
        fleets = self._shown.hybrid.fleets
        row = 0
        if rest and rest[0].isdigit() and int(rest[0]) < len(fleets):
            row = found.index(fleets[int(rest[0])].option)
        if found:
            self.table.choose(row)
