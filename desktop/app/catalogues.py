"""Catalogue files taken in, the catalogue of a plan, and which one is in use."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.documents import Documents
from desktop.app.session import Session
from desktop.work.newest import NewestWins
from pricing import today as clock
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from desktop.pages.status import StatusLine
    from pricing.catalogue import Catalogue
    from pricing.catalogue.importing import Offered
    from pricing.plan.recorded import CatalogueReference


class Catalogues(QObject):
    """Opens the dialogs about catalogues; what they need is imported when first needed.

    Signals:
        said: a short message for the status bar.
        changed: the catalogue of the plan, or the one in use, may be another one.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(self, session: Session, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._documents, self._window = session, documents, window
        self._folder = Path.home()
        self._path = Path()
        self._work = NewestWins(self)
        self._work.finished.connect(self._offer)
        self._work.failed.connect(self._refuse)
        session.opened.connect(self.changed)
        session.plan_changed.connect(self.changed)

    # --- taking in a file -----------------------------------------------------------------------

    def choose_file(self) -> None:
        """Let a catalogue file be chosen, and look into it."""
        dialog = QFileDialog(
            self._window,
            self.tr("Import a catalogue file"),
            str(self._folder),
            self.tr("Catalogues (*.reckoncat);;All files (*)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.look_into(Path(name)))
        self._documents.show_dialog(dialog)

    def look_into(self, path: Path) -> None:
        """Verify a file in the background; then show what it changes, or why it is refused."""
        self._folder, self._path = path.parent, path
        self.said.emit(self.tr("Looking into {name}…").format(name=path.name))

        def work() -> "Offered":
            from pricing.catalogue.importing import look_into

            return look_into(path, clock.today())

        self._work.submit(work)

    def _offer(self, offered: "Offered") -> None:
        from desktop.dialogs.catalogue_import import ImportCatalogueDialog

        dialog = ImportCatalogueDialog(offered, self._window)
        dialog.accepted.connect(lambda: self._take_in(offered))
        self._documents.show_dialog(dialog)

    def _refuse(self, error: Exception) -> None:
        sentence = self.tr("{name} was not imported: {reason}.").format(
            name=self._path.name, reason=error
        )
        self._documents.tell(self.tr("The catalogue was not imported"), sentence)

    def _take_in(self, offered: "Offered") -> None:
        from pricing.catalogue.importing import take_in

        try:
            in_use = take_in(offered, older=True)
        except OSError as error:
            self._refuse(error)
            return
        day = offered.catalogue.data_date.isoformat()
        text = self.tr("Catalogue of {day} kept for plans that name it")
        if in_use:
            text = self.tr("Catalogue of {day} imported; new plans use it")
        self.said.emit(text.format(day=day))
        self._session.refresh()
        self.changed.emit()

    # --- the catalogue of the plan --------------------------------------------------------------

    def take(self) -> None:
        """Show what another catalogue would change in the plan, and offer to take it."""
        from desktop.dialogs.catalogue_taking import TakeCatalogueDialog

        plan = self._session.plan
        if plan is None:
            return
        dialog = TakeCatalogueDialog(plan, self._window)
        dialog.taken.connect(self._take)
        self._documents.show_dialog(dialog)

    def _take(self, catalogue: "Catalogue") -> None:
        from pricing.plan.written_with import written_with

        def change(plan: Plan) -> Plan:
            return written_with(plan, catalogue.reference)

        self._session.apply(self.tr("Take another catalogue"), change)
        day = catalogue.data_date.isoformat()
        self.said.emit(self.tr("The plan goes by the catalogue of {day}").format(day=day))

    # --- which one counts -----------------------------------------------------------------------

    def counts(self) -> "Catalogue":
        """The catalogue of the plan; without a plan the one in use."""
        from pricing.catalogue import catalogue_for, present_catalogue

        plan = self._session.plan
        return present_catalogue() if plan is None else catalogue_for(plan)

    def newer(self) -> "Catalogue | None":
        """The catalogue in use, where it is newer than that of the plan."""
        from pricing.catalogue import present_catalogue

        own, present = self.counts(), present_catalogue()
        return present if present.id != own.id and present.data_date >= own.data_date else None

    def named(self) -> "CatalogueReference | None":
        """What names the catalogue that counts; none where it is damaged."""
        from pricing.catalogue.errors import CatalogueError

        try:
            return self.counts().reference
        except CatalogueError:
            return None

    def follow(self, status: "StatusLine") -> None:
        """Let the status line say how old the prices are, now and from now on."""
        self.changed.connect(lambda: self._tell(status))
        self._tell(status)

    def _tell(self, status: "StatusLine") -> None:
        named = self.named()
        newer = None if named is None else self.newer()
        status.show_prices(
            None if named is None else named.date, clock.today(),
            None if newer is None else newer.data_date,
        )  # fmt: skip

    def wait(self) -> None:
        """Stop what runs in the background; for closing the window."""
        self._work.wait()
