"""Choose an entry of the catalogue: search, price, date, source, and what is out of date."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.tokens import GRID, LIGHT, Tokens
from desktop.viewmodels.catalogue import Offer, listed, offer
from desktop.viewmodels.sheets import Sheet
from pricing import today as clock
from pricing.catalogue import Catalogue, present_catalogue
from pricing.catalogue.shelf import Summary

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NAME, PROVIDER, PRICE, AS_OF, SOURCE = range(5)
BY_THE_TOKEN = frozenset({"api_model", "hosted_model"})
"""Listings of models sold by the token."""
SOLD_BY_PROVIDERS = BY_THE_TOKEN | {"rental"}
"""Listings whose entries name who sells them; hardware names its region only."""
PROVIDER_WIDTHS = dict.fromkeys(SOLD_BY_PROVIDERS, 190) | {"open_model": 150, "accelerator": 80}
"""Room for who sells or makes an entry, or for its licence."""
SHEETS = frozenset({"open_model", "accelerator"})
"""Listings of data sheets: they have a size, no price, and may have figures not verified."""


class OffersModel(QAbstractTableModel):
    """Entries found; prices are looked up as they come into view."""

    def __init__(
        self,
        catalogue: Catalogue,
        listing: str,
        today: date,
        tokens: Tokens,
        own: Sequence[Sheet] = (),
    ) -> None:
        super().__init__()
        self._tokens = tokens
        self._found: list[Summary] = []
        self._headings = (
            self.tr("Name"),
            self._second_heading(listing),
            self.tr("Price per 1M tokens")
            if listing in BY_THE_TOKEN
            else self.tr("Size")
            if listing in SHEETS
            else self.tr("Price"),
            self.tr("Checked") if listing in SHEETS else self.tr("As of"),
            self.tr("Source"),
        )
        self._catalogue, self._listing, self._own = catalogue, listing, tuple(own)

        @lru_cache(maxsize=4096)
        def look_up(identifier: str) -> Offer:
            return offer(catalogue, listing, identifier, today, self._own)

        self.offer = look_up

    def _second_heading(self, listing: str) -> str:
        if listing in SOLD_BY_PROVIDERS:
            return self.tr("Provider, region")
        of_sheets = {"open_model": self.tr("Licence"), "accelerator": self.tr("Vendor")}
        return of_sheets.get(listing, self.tr("Region"))

    def show_own(self, own: Sequence[Sheet]) -> None:
        """Take other own entries; a search shows them."""
        self._own = tuple(own)
        self.offer.cache_clear()

    def search(self, text: str) -> None:
        """Show the entries that have every word."""
        self.beginResetModel()
        self._found = listed(self._catalogue, self._listing, text, self._own)
        self.endResetModel()

    def entry(self, row: int) -> Summary:
        """The entry in a row."""
        return self._found[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many were found."""
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, provider, price, date, source."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Text of a cell; what is out of date is marked."""
        if not index.isValid():
            return None
        entry = self._found[index.row()]
        if role == Role.UserRole:
            return entry.id
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.ForegroundRole):
            return None
        known = self.offer(entry.id)
        if role == Role.ForegroundRole:
            return QColor(self._tokens.caution) if known.stale and index.column() == AS_OF else None
        if role == Role.ToolTipRole:
            return "\n".join(text for text in (entry.id, known.note) if text)
        where = known.of_whom or ", ".join(
            part for part in (entry.provider, entry.region) if _says(part)
        )
        day = known.as_of
        if known.stale and self._listing not in SHEETS:
            day = self.tr("{day}, out of date").format(day=day)
        return (entry.name, where, known.price, day, known.source)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Headings; the amounts' unit stands in the heading."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._headings[section]
        return None


def _says(text: str) -> bool:
    """Whether a provider or region is known."""
    return bool(text) and text != "not stated"


class OffersTable(QWidget):
    """Search field and table.

    Signals:
        chosen: an entry was double-clicked or Enter pressed.
        current_changed: id of the current entry; empty for none.
    """

    chosen = Signal(str)
    current_changed = Signal(str)

    def __init__(
        self,
        listing: str,
        tokens: Tokens = LIGHT,
        parent: QWidget | None = None,
        own: Sequence[Sheet] = (),
        catalogue: Catalogue | None = None,
    ) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(
            self.tr("Search by name or maker")
            if listing in SHEETS
            else self.tr("Search by name, provider or region")
        )
        self.search.setAccessibleName(self.tr("Search the catalogue"))
        self.count = QLabel()
        self.count.setObjectName("hint")
        facts = catalogue or present_catalogue()
        self.model = OffersModel(facts, listing, clock.today(), tokens, own)
        self.model.setParent(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setAccessibleName(self.tr("Entries found"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in (
            (NAME, 0),
            (PROVIDER, PROVIDER_WIDTHS.get(listing, 80)),
            (PRICE, 264 if listing in SHEETS else 176),
            (AS_OF, 216 if listing in SHEETS else 176),
            (SOURCE, 140),
        ):
            if width:
                header.resizeSection(place, width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        column.addWidget(self.count)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self.view.setFocus)
        self.view.doubleClicked.connect(lambda _index: self.chosen.emit(self.current))
        self.view.activated.connect(lambda _index: self.chosen.emit(self.current))
        self.view.selectionModel().currentChanged.connect(
            lambda *_: self.current_changed.emit(self.current)
        )
        self.refresh()

    @property
    def current(self) -> str:
        """Id of the current entry; empty for none."""
        index = self.view.currentIndex()
        return str(index.data(Role.UserRole)) if index.isValid() else ""

    @property
    def current_name(self) -> str:
        """Name of the current entry; empty for none."""
        index = self.view.currentIndex()
        return self.model.entry(index.row()).name if index.isValid() else ""

    def refresh(self) -> None:
        """Show what the search finds."""
        self._pause.stop()
        self.model.search(self.search.text())
        found = self.model.rowCount()
        self.count.setText(
            self.tr("1 entry") if found == 1 else self.tr("{n} entries").format(n=found)
        )
        self.current_changed.emit(self.current)

    def show_own(self, own: Sequence[Sheet]) -> None:
        """Show other own entries among what the search finds."""
        self.model.show_own(own)
        self.refresh()

    def choose(self, identifier: str) -> None:
        """Make an entry the current one."""
        for row in range(self.model.rowCount()):
            if self.model.entry(row).id == identifier:
                self.view.selectRow(row)
                self.view.scrollTo(self.model.index(row, 0))
                return


class CatalogueDialog(QDialog):
    """Choose one entry.

    Signals:
        picked: id of the entry chosen; empty for none of them.
    """

    picked = Signal(str)

    def __init__(
        self,
        listing: str,
        current: str,
        tokens: Tokens,
        parent: QWidget | None = None,
        own: Sequence[Sheet] = (),
        catalogue: Catalogue | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Catalogue"))
        self.resize(980, 560)
        self.table = OffersTable(listing, tokens, own=own, catalogue=catalogue)
        self.table.choose(current)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(self.tr("Choose"))
        self.ok.setObjectName("primary")
        self.ok.setEnabled(bool(current))
        self.table.current_changed.connect(lambda name: self.ok.setEnabled(bool(name)))
        self.table.chosen.connect(lambda _name: self.accept())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.picked.emit(self.table.current))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self.table.search.setFocus()
