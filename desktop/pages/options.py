"""The page of the options."""

from PySide6.QtCore import Signal

from desktop.app.making import Maker
from desktop.app.session import Session
from desktop.forms.option_form import option_form
from desktop.forms.row import Row
from desktop.pages.items_page import ItemsPage
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.items import option_items
from desktop.viewmodels.words import KINDS, kind_title
from desktop.work.predictions import Predictions


class OptionsPage(ItemsPage):
    """Ways to serve the workload; catalogue references are picked from a dialog.

    Signals:
        routing_wanted: id of a hybrid whose routes the person wants to edit.
    """

    routing_wanted = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, maker: Maker
    ) -> None:
        self.predictions = Predictions()
        super().__init__(
            session,
            theme,
            "options",
            "",
            lambda item, plan: option_form(item, plan, self.predictions.outcome),
            lambda plan: option_items(plan, colours),
        )
        self.predictions.setParent(self)
        self.predictions.ready.connect(self.refresh)
        session.opened.connect(self.predictions.forget)
        self.set_title(self.tr("Options"))
        for kind in KINDS:
            action = self.add_menu.addAction(kind_title(kind))
            action.triggered.connect(
                lambda _on=False, kind=kind: maker.add_option(kind, self.insert)
            )
        self._maker = maker
        self.form.pick.connect(self._pick)

    def _pick(self, row: Row) -> None:
        """Choose a catalogue entry, or lead to where routes are edited."""
        if row.editor == "link":
            self.routing_wanted.emit(self.list.current)
        else:
            self._maker.pick_reference(row)


def options_page(
    session: Session, theme: Theme, colours: OptionColours, maker: Maker
) -> OptionsPage:
    """The page of the options of a session."""
    return OptionsPage(session, theme, colours, maker)
