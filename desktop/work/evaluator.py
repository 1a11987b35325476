"""Evaluates the plan in the background, a moment after the last change."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.app.session import Session
from desktop.work.newest import NewestWins
from pricing.evaluation import Evaluation

PAUSE_MS = 80
"""How long typing must rest before the plan is evaluated."""


class Evaluator(QObject):
    """Follows a session; the last good result stays while a newer plan has none.

    Signals:
        evaluated: a new evaluation is there.
        failed: a sentence that says why the plan cannot be evaluated.
        cleared: there is no document any more to have results of.
    """

    evaluated = Signal()
    failed = Signal(str)
    cleared = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._evaluation: Evaluation | None = None
        self._problem = ""
        self._problem_path = ""
        self._work = NewestWins(self)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)
        session.opened.connect(self._opened)
        session.plan_changed.connect(self._timer.start)

    @property
    def evaluation(self) -> Evaluation | None:
        """The last good result of this document."""
        return self._evaluation

    @property
    def problem(self) -> str:
        """Why the plan as it is now has no result; empty when it has."""
        return self._problem

    @property
    def problem_path(self) -> str:
        """Path of the field that keeps the plan from having a result; empty where not known."""
        return self._problem_path

    @property
    def up_to_date(self) -> bool:
        """Whether the result is of the plan as it is now."""
        return self._evaluation is not None and self._evaluation.plan == self._session.plan

    def _opened(self) -> None:
        self._evaluation, self._problem, self._problem_path = None, "", ""
        self._work.drop()
        self.cleared.emit()

    def _start(self) -> None:
        plan = self._session.plan
        if plan is None:
            return

        def work() -> Evaluation:
            from pricing.evaluate import evaluate

            return evaluate(plan)

        self._work.submit(work)

    def _finished(self, evaluation: Evaluation) -> None:
        self._evaluation, self._problem, self._problem_path = evaluation, "", ""
        self.evaluated.emit()

    def _failed(self, error: Exception) -> None:
        self._problem = str(error)
        self._problem_path = str(getattr(error, "path", ""))
        self.failed.emit(self._problem)

    def wait(self) -> None:
        """Stop for good; for closing the window."""
        self._timer.stop()
        self._work.wait()
