"""Runs functions in the background and reports only the newest one's outcome."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal


class _Relay(QObject):
    """Carries an outcome from a worker thread to the GUI thread."""

    done = Signal(int, object, object)


class NewestWins(QObject):
    """A queue of one: a newer submission makes the outcome of an older one worthless.

    Signals:
        finished: the value returned by the newest function.
        failed: the exception it raised.
    """

    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._relay = _Relay()
        self._relay.done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def submit(self, work: Callable[[], Any]) -> None:
        """Run `work` in the background; what still waits before it is dropped."""
        self._ticket += 1
        ticket, relay = self._ticket, self._relay

        def run() -> None:
            try:
                outcome, error = work(), None
            except Exception as caught:  # shown to the person by whoever listens to `failed`
                outcome, error = None, caught
            relay.done.emit(ticket, outcome, error)

        self._pool.clear()
        self._pool.start(run)

    def drop(self) -> None:
        """Make every outcome still on its way worthless."""
        self._ticket += 1
        self._pool.clear()

    def wait(self) -> None:
        """Block until no function runs; for closing the window."""
        self.drop()
        self._pool.waitForDone()

    def _on_done(self, ticket: int, outcome: object, error: Exception | None) -> None:
        if ticket != self._ticket:
            return
        if error is None:
            self.finished.emit(outcome)
        else:
            self.failed.emit(error)
