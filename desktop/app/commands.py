"""One undo step: two frozen plans and a name, so undo cannot drift."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from pricing.plan.plan import Plan

Show = Callable[[Plan], None]
_ID = 1


class EditPlan(QUndoCommand):
    """Replaces the plan; edits with the same key become one step."""

    def __init__(self, show: Show, label: str, before: Plan, after: Plan, key: str) -> None:
        super().__init__(label)
        self._show, self._before, self._after, self._key = show, before, after, key

    def redo(self) -> None:
        """Show the plan after the edit."""
        self._show(self._after)

    def undo(self) -> None:
        """Show the plan before the edit."""
        self._show(self._before)

    def id(self) -> int:
        """The same for all edits: `mergeWith` decides."""
        return _ID

    def mergeWith(self, later: QUndoCommand) -> bool:
        """Take in a later edit of the same gesture; both together may amount to nothing."""
        if not isinstance(later, EditPlan) or not self._key or later._key != self._key:
            return False
        self._after = later._after
        self.setObsolete(self._after == self._before)
        return True
