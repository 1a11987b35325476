"""The list of pages at the left of the window."""

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.theme.apply import Theme

WORKLOAD, OPTIONS, ROUTING, SERVING, ASSUMPTIONS, RESULTS = range(6)
ICONS = ("workload", "options", "routing", "serving", "assumptions", "results")
WIDTH = 152


class Navigation(QListWidget):
    """One row for each page, in the order of the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Pages"))
        for name in (
            self.tr("Workload"),
            self.tr("Options"),
            self.tr("Routing"),
            self.tr("Serving"),
            self.tr("Assumptions"),
            self.tr("Results"),
        ):
            self.addItem(QListWidgetItem(name))

    def tint(self, theme: Theme) -> None:
        """Draw the icons in the colours of a scheme."""
        for row, name in enumerate(ICONS):
            self.item(row).setIcon(theme.icon(name))
