"""Quality scores of models: listed, entered and removed as undoable edits."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.app.documents import Documents
from desktop.app.session import Session
from pricing.plan.edit import edited
from pricing.plan.plan import Plan
from pricing.plan.quality import ModelQuality

if TYPE_CHECKING:
    from desktop.window import MainWindow


class OwnScores(QObject):
    """Opens the dialogs for scores; dialogs are imported when first needed.

    Signals:
        said: a short message for the status bar.
    """

    said = Signal(str)

    def __init__(self, session: Session, documents: Documents, window: "MainWindow") -> None:
        super().__init__(window)
        self.session = session
        self._documents, self._window = documents, window

    def browse(self) -> None:
        """Show the scores of the plan."""
        from desktop.dialogs.scores import ScoresDialog

        if self.session.plan is not None:
            self._documents.show_dialog(ScoresDialog(self, self._window))

    def enter(self, model: str = "", parent: QWidget | None = None) -> None:
        """Ask for the score of a model; an empty id asks which."""
        from desktop.dialogs.score import ScoreDialog

        plan = self.session.plan
        if plan is None:
            return
        dialog = ScoreDialog(plan, model, parent or self._window)
        dialog.made.connect(self._keep)
        self._documents.show_dialog(dialog)

    def remove(self, places: Sequence[int]) -> None:
        """Take scores out of the plan, by their places in its list."""
        gone = set(places)
        if not gone:
            return

        def change(plan: Plan) -> Plan:
            kept = (q for place, q in enumerate(plan.qualities) if place not in gone)
            return edited(plan, "qualities", tuple(kept))

        self._apply(self.tr("Remove a quality score"), change, self.tr("Quality score removed"))

    def _keep(self, quality: ModelQuality) -> None:
        def change(plan: Plan) -> Plan:
            scores = {known.model: known for known in plan.qualities}
            scores[quality.model] = quality
            return edited(plan, "qualities", tuple(scores.values()))

        self._apply(self.tr("Enter a quality score"), change, self.tr("Quality score entered"))

    def _apply(self, label: str, change: Callable[[Plan], Plan], said: str) -> None:
        wrong = self.session.apply(label, change)
        if wrong:
            self._documents.tell(self.tr("The plan is as it was"), wrong)
        else:
            self.said.emit(said)
