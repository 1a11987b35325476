"""The page of what holds for every option."""

from PySide6.QtWidgets import QWidget

from desktop.app.session import Session
from desktop.forms.assumptions_form import assumptions_form
from desktop.forms.view import FormView
from desktop.pages.page import ScrollPage, heading


class AssumptionsPage(ScrollPage):
    """Time, money, site and people of the plan."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Assumptions"))
        self._session = session
        self.form = FormView(session.edit)
        self.form.entry_refused.connect(session.note_entry)
        self.body.addWidget(heading(self.tr("Assumptions")))
        self.body.addWidget(self.form)
        session.plan_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        if self._session.plan is not None:
            self.form.show_form(assumptions_form(self._session.plan))

    def go_to(self, path: str) -> bool:
        """Show the field at a path and give it the keyboard."""
        row = self.form.nearest(path) if path else None
        if row is None:
            return False
        self.ensureWidgetVisible(row, 0, 80)
        row.focus()
        return True
