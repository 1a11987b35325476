"""Predicts the work of options in the background; what was known last is shown meanwhile."""

from PySide6.QtCore import QObject, Signal

from desktop.viewmodels.serving_setup import Outcome, outcome_of
from desktop.work.newest import NewestWins
from pricing.catalogue import catalogue_for
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan


class Predictions(QObject):
    """Answers at once with what it knows, and says when it knows better.

    Signals:
        ready: the answer for what was asked last is another one now.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, tuple[Plan, Outcome]] = {}
        self._asked: tuple[SelfHosted, Plan] | None = None
        self._work = NewestWins(self)
        self._work.finished.connect(self._finished)

    def outcome(self, option: SelfHosted, plan: Plan) -> Outcome:
        """What is predicted of an option; the last answer, or none, while that is worked out."""
        of, known = self._known.get(option.id, (None, Outcome()))
        if of is not plan and self._asked != (option, plan):
            self._asked = option, plan
            facts = catalogue_for(plan)
            self._work.submit(lambda: (option.id, plan, outcome_of(option, plan, facts)))
        return known

    def forget(self) -> None:
        """Know nothing, for another document."""
        self._known.clear()
        self._asked = None
        self._work.drop()

    def wait(self) -> None:
        """Stop what runs in the background; for closing the window."""
        self._work.wait()

    def _finished(self, answer: tuple[str, Plan, Outcome]) -> None:
        name, plan, outcome = answer
        self._asked = None
        known = self._known.get(name)
        self._known[name] = plan, outcome
        if known is None or not _same(known[1], outcome):
            self.ready.emit()


def _same(one: Outcome, other: Outcome) -> bool:
    """Whether two answers are one; predictions are kept, so the same one is the same object."""
    works = [x.prediction.work if x.prediction is not None else None for x in (one, other)]
    return works[0] is works[1] and (one.problem, one.path) == (other.problem, other.path)
