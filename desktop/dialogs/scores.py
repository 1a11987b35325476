"""The plan's quality scores: look, enter, change, remove."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.dialogs.own_list import OwnListDialog
from desktop.viewmodels.scores import names_of_models, score_cells, score_headings
from pricing.catalogue import catalogue_for

if TYPE_CHECKING:
    from desktop.app.own_scores import OwnScores

SIZE: Final = (760, 480)


class ScoresDialog(OwnListDialog):
    """Scores in a table, and buttons for what can be done with them."""

    def __init__(self, scores: "OwnScores", parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Quality scores"),
            self.tr("Quality scores of models on your own test"),
            SIZE,
            scores.session,
            parent,
        )
        self._scores = scores
        self.add = QPushButton(self.tr("Add a score…"))
        self.change = QPushButton(self.tr("Change…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.add.clicked.connect(lambda: scores.enter("", self))
        self.change.clicked.connect(self._change)
        self.table.doubleClicked.connect(lambda _index: self._change())
        self.remove.clicked.connect(lambda: scores.remove(self.table.chosen()))
        self.finish(self.add, self.change, self.remove)

    def show_plan(self) -> None:
        """Fill the table from the plan."""
        plan = self._scores.session.plan
        if plan is None:
            return
        names = names_of_models(plan, catalogue_for(plan))
        self.table.show_rows(score_headings(), score_cells(plan, names))
        self.about.setText(
            self.tr(
                "What models score on your own test, from 0 to 100 %. Request classes with a "
                "quality floor hold options and models against it, and cascades pass requests on "
                "by it; nothing else of the bill depends on scores."
            )
            if plan.qualities
            else self.tr(
                "No scores yet. Enter what models score on your own test, from 0 to 100 %, and "
                "request classes with a quality floor are held against it."
            )
        )
        self.choose()

    def choose(self) -> None:
        """Let buttons follow the rows that are chosen."""
        chosen = self.table.chosen()
        self.change.setEnabled(len(chosen) == 1)
        self.remove.setEnabled(bool(chosen))

    def _change(self) -> None:
        plan, chosen = self._scores.session.plan, self.table.chosen()
        if plan is not None and len(chosen) == 1:
            quality = plan.qualities[chosen[0]]
            self._scores.enter(quality.model, self, quality.request_class)
