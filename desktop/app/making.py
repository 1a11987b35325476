"""Makes plans, request classes and options with dialogs, from templates, logs and the catalogue."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.app.documents import Documents
from desktop.app.own_sheets import LISTS
from desktop.app.session import Session
from desktop.forms.edit import Edit
from desktop.forms.row import Row
from pricing.plan.entries import fresh_id, with_item_added
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import Option
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from pricing.workload import Template

Insert = Callable[[RequestClass | Option], None]


class Maker(QObject):
    """Opens the dialogs that make parts of a plan; dialogs are imported when first needed.

    Signals:
        said: a short message for the status bar.
        made: path of a field of what was added.
    """

    said = Signal(str)
    made = Signal(str)

    def __init__(self, session: Session, documents: Documents, window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._documents, self._window = session, documents, window
        self._folder = Path.home()

    # --- plans ----------------------------------------------------------------------------------

    def new_plan(self, classes: tuple[RequestClass, ...] = ()) -> None:
        """Ask for what a plan needs at least, and open it."""

        def ask() -> None:
            from desktop.dialogs.new_plan import NewPlanDialog

            dialog = NewPlanDialog(classes, self._window.theme.tokens, self._window)
            dialog.made.connect(lambda plan: self._session.start(plan, unsaved=True))
            self._documents.show_dialog(dialog)

        self._documents.when_safe(ask)

    def new_plan_from_log(self) -> None:
        """Read a log first, then ask for the rest of the plan."""
        self._choose_log(self.new_plan)

    # --- workload -------------------------------------------------------------------------------

    def add_class(self, template: "Template", insert: Insert) -> None:
        """Ask for the volume of a new request class, and add it."""
        from desktop.dialogs.new_class import NewClassDialog

        plan = self._session.plan
        if plan is None:
            return
        taken = {item.name for item in plan.workload}
        dialog = NewClassDialog(template, taken, self._window)
        dialog.wanted.connect(
            lambda name, requests, per: insert(_from_template(plan, template, name, requests, per))
        )
        self._documents.show_dialog(dialog)

    def import_log(self) -> None:
        """Add the request classes of a usage log to the plan."""
        self._choose_log(self._add_classes)

    def _choose_log(self, then: Callable[[tuple[RequestClass, ...]], None]) -> None:
        dialog = QFileDialog(
            self._window,
            self.tr("Choose a usage log"),
            str(self._folder),
            self.tr("Usage logs (*.csv *.tsv *.txt *.jsonl *.ndjson *.json *.gz);;All files (*)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read_log(Path(name), then))
        self._documents.show_dialog(dialog)

    def read_log(self, path: Path, then: Callable[[tuple[RequestClass, ...]], None]) -> None:
        """Open the import dialog for a log."""
        from desktop.dialogs.import_log import ImportLogDialog

        self._folder = path.parent
        dialog = ImportLogDialog(path, self._window)
        dialog.imported.connect(then)
        self._documents.show_dialog(dialog)

    def _add_classes(self, classes: tuple[RequestClass, ...]) -> None:
        added: list[str] = []

        def change(plan: Plan) -> Plan:
            for item in classes:
                name = fresh_id(plan, "workload", item.id)
                added.append(name)
                fresh = item.model_copy(update={"id": name})
                plan = with_item_added(plan, "workload", fresh).plan
            return plan

        sentence = self._session.apply(self.tr("Import a usage log"), change)
        if sentence:
            self._documents.tell(self.tr("The log was not added"), sentence)
        else:
            text = self.tr("1 request class added")
            if len(added) != 1:
                text = self.tr("{n} request classes added").format(n=len(added))
            self.said.emit(text)
            self.made.emit(f"workload.{added[0]}.requests")

    # --- options --------------------------------------------------------------------------------

    def add_option(self, kind: str, insert: Insert) -> None:
        """Ask for what an option of a kind needs at least, and add it."""
        from desktop.dialogs.new_option import NewOptionDialog

        plan = self._session.plan
        if plan is None:
            return
        if kind == "hybrid":
            self.add_hybrid(insert)
            return
        dialog = NewOptionDialog(kind, plan, self._window.theme.tokens, self._window)
        dialog.made.connect(insert)
        self._documents.show_dialog(dialog)

    def add_hybrid(self, insert: Callable[[Hybrid], None]) -> None:
        """Ask for the name of a hybrid with its first routes, and add it."""
        from desktop.dialogs.new_hybrid import NewHybridDialog

        plan = self._session.plan
        if plan is None:
            return
        dialog = NewHybridDialog(plan, self._window)
        dialog.made.connect(insert)
        self._documents.show_dialog(dialog)

    def pick_reference(self, row: Row) -> None:
        """Choose the catalogue entry of a reference field."""
        if row.listing in LISTS:
            self._window.sheets.choose(row.listing, row.value, lambda name: self._picked(row, name))
            return
        from desktop.dialogs.catalogue import CatalogueDialog

        dialog = CatalogueDialog(
            row.listing, row.value, self._window.theme.tokens, self._window,
            catalogue=self._window.sheets.catalogue(),
        )  # fmt: skip
        dialog.picked.connect(lambda name: self._picked(row, name))
        self._documents.show_dialog(dialog)

    def _picked(self, row: Row, name: str) -> None:
        sentence = self._session.edit(Edit(row.path, name, row.label, 0))
        if sentence:
            self._documents.tell(self.tr("The entry was not taken"), sentence)


def _from_template(
    plan: Plan, template: "Template", name: str, requests: float, per: str
) -> RequestClass:
    from pricing.workload import request_class_from_template

    return request_class_from_template(
        template.id,
        fresh_id(plan, "workload", name),
        name,
        requests,
        "month" if per == "month" else "day",
    )
