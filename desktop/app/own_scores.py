"""Quality scores of models: listed, entered and removed as undoable edits."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.app.own_entries import OwnEntries
from pricing.plan.edit import edited
from pricing.plan.plan import Plan
from pricing.plan.quality import ModelQuality


class OwnScores(OwnEntries):
    """Scores of models, for all request classes or for one."""

    def browse(self) -> None:
        """Show the scores of the plan."""
        from desktop.dialogs.scores import ScoresDialog

        if self.session.plan is not None:
            self._documents.show_dialog(ScoresDialog(self, self._window))

    def enter(
        self, model: str = "", parent: QWidget | None = None, request_class: str | None = None
    ) -> None:
        """Ask for the score of a model; an empty id asks which, no class means all of them."""
        from desktop.dialogs.score import ScoreDialog

        plan = self.session.plan
        if plan is None:
            return
        dialog = ScoreDialog(plan, model, parent or self._window, request_class)
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
            scores = {(known.model, known.request_class): known for known in plan.qualities}
            scores[quality.model, quality.request_class] = quality
            return edited(plan, "qualities", tuple(scores.values()))

        self._apply(self.tr("Enter a quality score"), change, self.tr("Quality score entered"))
