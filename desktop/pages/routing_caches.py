"""The result caches of a hybrid, and what they cost."""

from PySide6.QtWidgets import QWidget

from desktop.app.session import Session
from desktop.forms.route_form import cache_costs_form, cache_form
from desktop.forms.view import FormView
from desktop.pages.routing_list import ListPanel, Shown, hybrid_of
from desktop.theme.apply import Theme
from desktop.theme.tokens import GRID
from desktop.viewmodels.route_edits import with_cache_added, without
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.routing_servers import C_HIT, CACHE_FIELDS, caches_table
from pricing.plan.edit import edited


class CachesPanel(ListPanel):
    """Rates are typed in place; class and zone in a dialog."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, "", "", parent)
        self.title.setText(self.tr("Which answers are kept for repeated questions?"))
        self.table.setAccessibleName(self.tr("Result caches"))
        self.nothing.setText(
            self.tr(
                "There is no result cache: every request is answered anew. A cache answers "
                "repeated questions before routing; it must not cross data zones."
            )
        )
        self.hint.setText(
            self.tr("Rates from field reports differ widely; measure yours before relying on them.")
        )
        self.add = self.button(self.tr("Add a cache…"), self.add_cache)
        self.change = self.button(self.tr("Edit…"), lambda: self.open_row(self.table.current))
        self.remove = self.button(self.tr("Remove"), self.remove_cache)
        self.costs = FormView(session.edit)
        self.costs.entry_refused.connect(session.note_entry)
        self.column.addSpacing(GRID)
        self.column.addWidget(self.costs)

    def show_hybrid(self, shown: Shown) -> None:
        """Show caches and their costs."""
        super().show_hybrid(shown)
        self.costs.show_form(cache_costs_form(shown.plan, shown.hybrid))
        self.costs.setVisible(bool(shown.hybrid.caches))

    def _table(self, shown: Shown) -> Table:
        return caches_table(shown.plan, shown.hybrid, shown.costs)

    def _able(self) -> None:
        chosen = self.table.current >= 0
        for button in (self.change, self.remove):
            button.setEnabled(chosen)

    def _entered(self, row: int, column: int, value: float | None) -> None:
        if self._shown is None or column not in CACHE_FIELDS:
            return
        path = f"options.{self._shown.hybrid.id}.caches.{row}.{CACHE_FIELDS[column]}"
        self.apply(self.tr("Change a result cache"), lambda plan: edited(plan, path, value))

    def add_cache(self) -> None:
        """Ask for one more cache."""
        if self._shown is None:
            return
        name, number = self._shown.hybrid.id, len(self._shown.hybrid.caches)
        self.ask(
            self.tr("Add a result cache"), self.tr("Add"),
            lambda plan: with_cache_added(plan, hybrid_of(plan, name)),
            lambda draft: cache_form(draft, hybrid_of(draft, name), number),
        )  # fmt: skip

    def open_row(self, row: int) -> None:
        """Edit a cache."""
        if self._shown is None or not 0 <= row < len(self._shown.hybrid.caches):
            return
        name = self._shown.hybrid.id
        self.ask(
            self.tr("Edit a result cache"), self.tr("Change"), lambda plan: plan,
            lambda draft: cache_form(draft, hybrid_of(draft, name), row),
        )  # fmt: skip

    def remove_cache(self) -> None:
        """Take the chosen cache away."""
        row = self.table.current
        if self._shown is not None and row >= 0:
            name = self._shown.hybrid.id
            self.apply(
                self.tr("Remove a result cache"),
                lambda plan: without(plan, hybrid_of(plan, name), "caches", row),
            )

    def go_to(self, rest: list[str]) -> None:
        """Show the cache at the end of a path: number, field, ..."""
        if rest and rest[0].isdigit() and int(rest[0]) < len(self.table.cells.rows):
            fields = {field: column for column, field in CACHE_FIELDS.items()}
            self.table.choose(int(rest[0]), fields.get(rest[1] if len(rest) > 1 else "", C_HIT))
            self.table.setFocus()
