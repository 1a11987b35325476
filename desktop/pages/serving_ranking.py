"""The ranking of server types, why the others fall out, and a button that takes one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.forms.editors import ChoiceBox
from desktop.pages.serving_found import FoundPanel
from desktop.viewmodels.serving_ranked import COST, MILLION, NAME, TPOT, WHERE, RankingView


class RankingPanel(FoundPanel):
    """A table of servers that meet the targets and, on demand, one of those that do not.

    Signals:
        changed: another set of precisions is to be looked at.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(NAME, (WHERE, MILLION, TPOT), parent)
        self.table.setAccessibleName(self.tr("Servers that meet the targets, cheapest first"))
        self.out.setAccessibleName(self.tr("Servers that fall out, and why"))
        self.use.setToolTip(self.tr("Add the chosen server as an option, set up as ranked"))
        self.precision = ChoiceBox()
        self.precision.addItems([self.tr("in any precision"), ""])
        self.precision.setAccessibleName(self.tr("Precisions that are looked at"))
        self.precision.activated.connect(lambda _index: self.changed.emit())
        self.top.addWidget(self.precision)

    @property
    def any_precision(self) -> bool:
        """Whether all precisions are to be looked at."""
        return self.precision.currentIndex() == 0

    def name_precision(self, name: str) -> None:
        """Name the precision that the option states."""
        self.precision.setItemText(1, self.tr("in {name} only").format(name=name))

    def show_waiting(self) -> None:
        """Say that the search runs; what was found before stays."""
        self.title.setText(self.tr("Looking at every server on offer…"))
        self.use.setEnabled(False)

    def show_ranking(self, view: RankingView) -> None:
        """Show what was found."""
        self.show_found(view, COST)
