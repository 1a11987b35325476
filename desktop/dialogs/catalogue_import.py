"""A catalogue file before it is kept: what it is, what it changes, and what proves nothing."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.dialogs.changes_table import ChangesTable
from desktop.dialogs.form_lines import LinesDialog
from desktop.viewmodels.catalogue_changes import entry_cells, headings, summary_text, titled
from pricing.catalogue.importing import Offered

SIZE: Final = (1040, 620)


class ImportCatalogueDialog(LinesDialog):
    """Shows a verified file; accepting means that it shall be kept."""

    def __init__(self, offered: Offered, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Import a catalogue"))
        self.resize(*SIZE)
        title = QLabel(self.tr("Catalogue of {title}").format(title=titled(offered.catalogue)))
        title.setObjectName("pageTitle")
        self.hash = QLabel(self.tr("SHA-256 of its manifest: {id}").format(id=offered.catalogue.id))
        self.hash.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.hash.setAccessibleName(self.tr("SHA-256 of the manifest"))
        self.caution = QLabel(
            self.tr(
                "Every part of {name} is whole. That does not prove who made it: compare the "
                "SHA-256 with the one you were given over another way."
            ).format(name=offered.path.name)
        )
        compared = self.tr("Compared with the catalogue in use, of {title}:").format(
            title=titled(offered.present)
        )
        self.about = QLabel(f"{compared} {summary_text(offered.changes)}")
        for label in (self.caution, self.about):
            label.setWordWrap(True)
        self.caution.setObjectName("hint")
        self.table = ChangesTable(self.tr("What it changes"))
        self.table.show_rows(headings(self.tr("Entry")), entry_cells(offered.changes))
        self.table.setVisible(bool(offered.changes.figures or offered.changes.added
                                   or offered.changes.removed))  # fmt: skip
        for widget in (title, self.hash, self.caution, self.about):
            self.column.addWidget(widget)
        self.column.addWidget(self.table, 1)
        if not self.table.isVisibleTo(self):
            self.column.addStretch(1)
        self.finish_layout()
        self._offer(offered)

    def _offer(self, offered: Offered) -> None:
        self.ok.setText(self.tr("Import"))
        if offered.standing == "in_use":
            self.need(self.tr("It is the catalogue in use; there is nothing to import."))
        elif offered.standing == "older":
            self.ok.setText(self.tr("Keep the older one"))
            self.missing.setText(
                self.tr(
                    "It is older than the one in use. It will be kept for plans that name it; the "
                    "newer one stays in use."
                )
            )
        else:
            self.missing.setText(
                self.tr(
                    "New plans will use it. Plans written before keep their catalogue until you "
                    "take the newer one (Catalogue menu)."
                )
            )
