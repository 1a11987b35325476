"""Models and accelerators of the buyer's own: added, changed and removed as undoable edits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.app.documents import Documents
from desktop.app.session import Session
from desktop.viewmodels.sheets import Sheet
from pricing.catalogue import Catalogue, catalogue_for, present_catalogue
from pricing.catalogue.errors import CatalogueError
from pricing.plan.edit import edited
from pricing.plan.entries import fresh_id, with_item_added, with_item_removed
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.sheets import AcceleratorSheet, ModelSheet

if TYPE_CHECKING:
    from desktop.window import MainWindow

LISTS: Final = {"open_model": "models", "accelerator": "accelerators"}
"""List of the plan that holds own entries, by the listing of the catalogue."""


class OwnSheets(QObject):
    """Opens the dialogs for models and accelerators; dialogs are imported when first needed.

    Signals:
        said: a short message for the status bar.
        kept: listing and id of an entry that was added or changed.
    """

    said = Signal(str)
    kept = Signal(str, str)

    def __init__(self, session: Session, documents: Documents, window: "MainWindow") -> None:
        super().__init__(window)
        self.session = session
        self._documents, self._window = documents, window

    def browse(self, listing: str) -> None:
        """Show a list without choosing from it."""
        self._open_catalogue(listing, "", None)

    def choose(self, listing: str, current: str, picked: Callable[[str], None]) -> None:
        """Let one entry of a list be chosen."""
        self._open_catalogue(listing, current, picked)

    def _open_catalogue(
        self, listing: str, current: str, picked: Callable[[str], None] | None
    ) -> None:
        from desktop.dialogs.sheet_catalogue import SheetCatalogueDialog

        if self.session.plan is None:
            return
        tokens = self._window.theme.tokens
        dialog = SheetCatalogueDialog(
            listing, current, self, tokens, picked is not None, self._window
        )
        if picked is not None:
            dialog.picked.connect(picked)
        self._documents.show_dialog(dialog)

    def catalogue(self) -> Catalogue:
        """Where entries are looked up that are not the buyer's own."""
        plan = self.session.plan
        return present_catalogue() if plan is None else catalogue_for(plan)

    def own(self, listing: str) -> tuple[Sheet, ...]:
        """The buyer's own entries of a list."""
        plan = self.session.plan
        if plan is None:
            return ()
        return plan.models if listing == "open_model" else plan.accelerators

    def find(self, listing: str, identifier: str) -> Sheet | None:
        """An entry, the buyer's own before the catalogue's."""
        for sheet in self.own(listing):
            if sheet.id == identifier:
                return sheet
        return _from_catalogue(self.catalogue(), listing, identifier)

    # --- what the buttons do --------------------------------------------------------------------

    def add(self, listing: str, parent: QWidget | None = None) -> None:
        """Ask for a new entry."""
        if self.session.plan is not None:
            self._ask(listing, None, lambda sheet: self._add(listing, sheet), parent)

    def change(self, listing: str, identifier: str, parent: QWidget | None = None) -> None:
        """Ask for other figures; a catalogue entry becomes one of the buyer's own."""
        sheet = self.find(listing, identifier)
        if sheet is None:
            return
        if sheet in self.own(listing):
            self._ask(listing, sheet, lambda new: self._replace(listing, new), parent)
        else:
            self._ask(listing, sheet, lambda new: self._keep(listing, new), parent)

    def _ask(
        self,
        listing: str,
        sheet: Sheet | None,
        then: Callable[[Sheet], None],
        parent: QWidget | None,
    ) -> None:
        from desktop.dialogs.own_accelerator import OwnAcceleratorDialog
        from desktop.dialogs.own_model import OwnModelDialog

        above = parent or self._window
        identifier = sheet.id if sheet is not None else ""
        dialog: OwnModelDialog | OwnAcceleratorDialog
        if listing == "open_model":
            model = sheet if isinstance(sheet, ModelSheet) else None
            dialog = OwnModelDialog(identifier, model, above)
        else:
            accelerator = sheet if isinstance(sheet, AcceleratorSheet) else None
            dialog = OwnAcceleratorDialog(identifier, accelerator, above)
        dialog.made.connect(then)
        self._documents.show_dialog(dialog)

    def _add(self, listing: str, sheet: Sheet) -> None:
        plan = self.session.plan
        if plan is not None:
            identifier = _free_id(plan, listing, sheet.name)
            self._keep(listing, sheet.model_copy(update={"id": identifier}))

    def _keep(self, listing: str, sheet: Sheet) -> None:
        label = self.tr('Add "{name}"').format(name=sheet.name)
        wrong = self.session.apply(
            label, lambda plan: with_item_added(plan, LISTS[listing], sheet).plan
        )
        self._tell(listing, sheet, wrong, self.tr("{name} added to the plan"))

    def _replace(self, listing: str, sheet: Sheet) -> None:
        label = self.tr('Change "{name}"').format(name=sheet.name)
        path = f"{LISTS[listing]}.{sheet.id}"
        wrong = self.session.apply(label, lambda plan: edited(plan, path, sheet))
        self._tell(listing, sheet, wrong, self.tr("{name} changed"))

    def remove(self, listing: str, identifier: str) -> None:
        """Take one of the buyer's own entries out of the plan, unless an option needs it."""
        sheet = next((s for s in self.own(listing) if s.id == identifier), None)
        plan = self.session.plan
        if sheet is None or plan is None:
            return
        users = used_by(plan, listing, identifier)
        if users and _from_catalogue(self.catalogue(), listing, identifier) is None:
            self._documents.tell(
                self.tr("{name} is still needed").format(name=sheet.name),
                self.tr("It runs in {options}; choose another one there first.").format(
                    options=", ".join(users)
                ),
            )
            return
        label = self.tr('Remove "{name}"').format(name=sheet.name)
        self.session.apply(
            label, lambda plan: with_item_removed(plan, LISTS[listing], identifier).plan
        )
        self.said.emit(self.tr("{name} removed from the plan").format(name=sheet.name))

    def _tell(self, listing: str, sheet: Sheet, wrong: str, done: str) -> None:
        if wrong:
            self._documents.tell(self.tr("That was not kept"), wrong)
            return
        self.said.emit(done.format(name=sheet.name))
        self.kept.emit(listing, sheet.id)


def used_by(plan: Plan, listing: str, identifier: str) -> tuple[str, ...]:
    """Names of the options whose prediction refers to an entry."""
    field = "model" if listing == "open_model" else "accelerator"
    return tuple(
        option.name
        for option in plan.options
        if isinstance(option, SelfHosted)
        and option.serving is not None
        and getattr(option.serving, field) == identifier
    )


def _from_catalogue(catalogue: Catalogue, listing: str, identifier: str) -> Sheet | None:
    try:
        if listing == "open_model":
            return catalogue.open_model(identifier)
        return catalogue.accelerator(identifier)
    except CatalogueError:
        return None


def _free_id(plan: Plan, listing: str, name: str) -> str:
    """An id that neither the plan nor the catalogue has, so that nothing is replaced unasked."""
    candidate, number = fresh_id(plan, LISTS[listing], name), 2
    while _from_catalogue(catalogue_for(plan), listing, candidate) is not None:
        candidate = fresh_id(plan, LISTS[listing], f"{name} own {number}")
        number += 1
    return candidate
