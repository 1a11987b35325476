"""The models or accelerators of catalogue and plan: look, choose, add, change, remove."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.app.own_sheets import OwnSheets
from desktop.dialogs.catalogue import OffersTable
from desktop.theme.tokens import GRID, Tokens
from desktop.viewmodels.sheet_preview import sheet_details

SIZE = (1040, 660)
DETAILS = 116
"""Height of the lines about the current entry."""


class SheetCatalogueDialog(QDialog):
    """Data sheets in a table, what is said about the current one, and buttons for own ones.

    Signals:
        picked: id of the entry chosen.
    """

    picked = Signal(str)

    def __init__(
        self,
        listing: str,
        current: str,
        sheets: OwnSheets,
        tokens: Tokens,
        choosing: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        models = listing == "open_model"
        self.setWindowTitle(self.tr("Open models") if models else self.tr("Accelerators"))
        self.resize(*SIZE)
        self._listing, self._sheets = listing, sheets
        self.table = OffersTable(
            listing, tokens, own=sheets.own(listing), catalogue=sheets.catalogue()
        )
        self.details = QLabel()
        self.details.setObjectName("hint")
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setFixedHeight(DETAILS)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setAccessibleName(self.tr("About the entry"))
        self.add = QPushButton(
            self.tr("Add a model…") if models else self.tr("Add an accelerator…")
        )
        self.change = QPushButton(self.tr("Change…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.ok = QPushButton(self.tr("Choose") if choosing else self.tr("Close"))
        self.ok.setObjectName("primary")
        self.ok.setDefault(True)
        self._choosing = choosing
        self._place()
        self.add.clicked.connect(lambda: sheets.add(listing, self))
        self.change.clicked.connect(lambda: sheets.change(listing, self.table.current, self))
        self.remove.clicked.connect(lambda: sheets.remove(listing, self.table.current))
        self.ok.clicked.connect(self.accept)
        self.table.current_changed.connect(self._show)
        sheets.session.plan_changed.connect(self._refresh)
        sheets.kept.connect(self._kept)
        if choosing:
            self.table.chosen.connect(lambda _name: self.accept())
            self.accepted.connect(lambda: self.picked.emit(self.table.current))
        self.table.choose(current)
        self._show(self.table.current)
        self.table.search.setFocus()

    def _place(self) -> None:
        for button in (self.add, self.change, self.remove):
            button.setAutoDefault(False)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (self.add, self.change, self.remove):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.ok)
        if self._choosing:
            cancel = QPushButton(self.tr("Cancel"))
            cancel.setAutoDefault(False)
            cancel.clicked.connect(self.reject)
            line.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addLayout(line)

    def _show(self, identifier: str) -> None:
        sheet = self._sheets.find(self._listing, identifier) if identifier else None
        own = sheet is not None and sheet in self._sheets.own(self._listing)
        self.details.setText(sheet_details(sheet) if sheet is not None else "")
        self.change.setEnabled(sheet is not None)
        self.change.setText(
            self.tr("Change…") if own or sheet is None else self.tr("Use other figures…")
        )
        self.remove.setEnabled(own)
        if self._choosing:
            self.ok.setEnabled(bool(identifier))

    def _refresh(self) -> None:
        current = self.table.current
        self.table.show_own(self._sheets.own(self._listing))
        self.table.choose(current)
        self._show(self.table.current)

    def _kept(self, listing: str, identifier: str) -> None:
        if listing == self._listing:
            if self._sheets.find(listing, identifier) is not None:
                self.table.search.clear()
                self.table.refresh()
            self.table.choose(identifier)
