"""The catalogue of a plan: which one it has, which one it could have, and what that changes."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop.dialogs.changes_table import ChangesTable
from desktop.dialogs.form_lines import LinesDialog
from desktop.forms.editors import ChoiceBox
from desktop.viewmodels.catalogue_changes import cost_text, headings, input_cells, titled
from desktop.work.newest import NewestWins
from pricing.catalogue import Catalogue, catalogue_for, load_catalogue, present_catalogue
from pricing.catalogue.installed import installed
from pricing.evaluate import evaluate
from pricing.newer_catalogue import InputChange, changed_inputs
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.plan.written_with import written_with

SIZE: Final = (1040, 620)


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan with its own catalogue and with another one."""

    changes: tuple[InputChange, ...]
    costs: str
    """What options cost before and after, in words."""


class TakeCatalogueDialog(LinesDialog):
    """Shows what an installed catalogue would change in a plan, and offers to take it.

    Signals:
        taken: the catalogue that the plan shall go by.
    """

    taken = Signal(object)

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Catalogue of this plan"))
        self.resize(*SIZE)
        self._plan, self._before = plan, catalogue_for(plan)
        self._all = installed()
        self._work = NewestWins(self)
        self._work.finished.connect(self._show)
        self._work.failed.connect(self._failed)
        self.finished.connect(lambda _code: self._work.wait())
        self.about = QLabel(self._words())
        self.about.setWordWrap(True)
        self.column.insertWidget(0, self.about)
        self.choice = ChoiceBox()
        for one in self._all:
            self.choice.addItem(self._named(one), one.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(present_catalogue().id)))
        self.choice.currentIndexChanged.connect(lambda _index: self._compare())
        self.add_line(self.tr("Catalogue"), self.choice)
        self.table = ChangesTable(self.tr("Prices and figures of the bill that change"))
        self.costs = QLabel()
        self.costs.setWordWrap(True)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.costs)
        self.ok.setText(self.tr("Use it in this plan"))
        self.finish_layout()
        self.accepted.connect(lambda: self.taken.emit(self.chosen))
        self._compare()

    @property
    def chosen(self) -> Catalogue:
        """The catalogue that is chosen now."""
        return self._all[self.choice.currentIndex()]

    def _words(self) -> str:
        named = self._plan.catalogue
        if named is not None and named.id != self._before.id:
            return self.tr(
                "The plan was written with the catalogue of {day} ({id}), which is not installed "
                "here; it is evaluated with that of {used}."
            ).format(day=named.date.isoformat(), id=named.id[:12], used=titled(self._before))
        return self.tr(
            "The plan goes by the catalogue of {title}. What it states itself never changes."
        ).format(title=titled(self._before))

    def _named(self, one: Catalogue) -> str:
        marks = [
            self.tr("that of the plan") if one.id == self._before.id else "",
            self.tr("came with Reckoner") if one.id == load_catalogue().id else "",
            self.tr("in use for new plans") if one.id == present_catalogue().id else "",
        ]
        return ", ".join([titled(one), *filter(None, marks)])

    def _compare(self) -> None:
        self.table.show_rows(headings(self.tr("Part")), ())
        self.costs.clear()
        self._work.drop()
        plan, other = self._plan, self.chosen
        if plan.catalogue is not None and plan.catalogue == other.reference:
            self.need(self.tr("The plan goes by this one already; choose another."))
            return
        if plan.catalogue is None and other.id == self._before.id:
            self.need(self.tr("The plan goes by this one already; choose another."))
            return
        self.need(self.tr("Comparing…"))
        self._work.submit(lambda: compared(plan, other))

    def _show(self, found: Compared) -> None:
        self.table.show_rows(headings(self.tr("Part")), input_cells(found.changes))
        self.table.setVisible(bool(found.changes))
        self.costs.setText(found.costs)
        self.need("")
        if not found.changes:
            self.costs.setText(self.tr("None of the prices and figures the plan uses changes."))
        elif any(isinstance(o, Hybrid) and o.decision is not None for o in self._plan.options):
            self.missing.setText(
                self.tr("Decisions rest on the old figures; optimise again afterwards.")
            )

    def _failed(self, error: Exception) -> None:
        self.need(
            self.tr("The plan cannot be evaluated with it: {reason}").format(reason=str(error))
        )


def compared(plan: Plan, other: Catalogue) -> Compared:
    """Evaluate a plan with its own catalogue and with another one.

    Raises:
        BillError: it cannot be evaluated with one of them.
        LedgerError: likewise.
    """
    old, new = evaluate(plan), evaluate(written_with(plan, other.reference))
    return Compared(changed_inputs(old.ledger, new.ledger), cost_text(old, new))
