"""Runs one long search at a time off the GUI thread: progress, what is found meanwhile, stop."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

if TYPE_CHECKING:
    from pricing.optimise.engine.answer import Progress

TICK_MS = 100
"""Between two reports of progress: what the eye can follow."""


class _Relay(QObject):
    """Carries what is found from the worker thread to the GUI thread."""

    found = Signal(int, object)
    done = Signal(int, object, object)


@dataclass(slots=True)
class Reporter:
    """What a running search says of itself; called from its own thread."""

    cancel: Event
    _found: Callable[[object], None]
    latest: "Progress | None" = None
    """The last progress that was told."""
    step: tuple[str, int, int] = ("", 0, 0)
    """What it is at: a code, and the how-manieth of how many."""

    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self.cancel.is_set()

    def progress(self, progress: "Progress") -> None:
        """Tell how far the solver has come."""
        self.latest = progress

    def at(self, code: str, number: int = 0, of: int = 0) -> None:
        """Tell what comes next; the solver's progress begins anew."""
        self.step, self.latest = (code, number, of), None

    def found(self, part: object) -> None:
        """Hand over a part of the outcome."""
        self._found(part)


@dataclass(frozen=True, slots=True)
class State:
    """A look at a running search."""

    kind: str
    seconds: float
    """Since it began."""
    progress: "Progress | None"
    step: tuple[str, int, int] = ("", 0, 0)
    stopping: bool = False


Work = Callable[[Reporter], Any]


@contextmanager
def _short_collections() -> Iterator[None]:
    """Let the garbage collector leave alone what was there before.

    A search makes many objects, and going through all of the application's each time would hold
    up the window for a sixth of a second.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(slots=True)
class _Job:
    kind: str
    reporter: Reporter
    began: float = field(default_factory=time.monotonic)


class Optimiser(QObject):
    """A queue of none: what runs must end or be stopped before something else begins.

    Signals:
        started: kind of the search that began.
        ticked: its `State`, at most ten times a second.
        found: kind and a part of the outcome, as soon as it is known.
        finished: kind and outcome; also of a search that was stopped.
        failed: kind and the exception.
        ended: nothing runs any more, whatever came out.
    """

    started = Signal(str)
    ticked = Signal(object)
    found = Signal(str, object)
    finished = Signal(str, object)
    failed = Signal(str, object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._job: _Job | None = None
        self.was_stopped = False
        """Whether the search that runs, or the last one, was asked to end early."""
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)  # the solver keeps state for each thread
        self._relay = _Relay()
        self._relay.found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        self._relay.done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> str:
        """Kind of the search that runs; empty for none."""
        return self._job.kind if self._job is not None else ""

    def start(self, kind: str, work: Work) -> bool:
        """Begin a search unless one runs; returns whether it began."""
        if self._job is not None:
            return False
        self._ticket += 1
        ticket, relay = self._ticket, self._relay
        reporter = Reporter(Event(), lambda part: relay.found.emit(ticket, part))
        self._job = _Job(kind, reporter)
        self.was_stopped = False

        def run() -> None:
            try:
                with _short_collections():
                    outcome, error = work(reporter), None
            except Exception as caught:  # shown to the person by whoever listens to `failed`
                outcome, error = None, caught
            relay.done.emit(ticket, outcome, error)

        self._pool.start(run)
        self._timer.start()
        self.started.emit(kind)
        self._tick()
        return True

    def stop(self) -> None:
        """Ask what runs to end with what it has."""
        if self._job is not None:
            self.was_stopped = True
            self._job.reporter.cancel.set()
            self._tick()

    def drop(self) -> None:
        """End what runs; nothing more is heard of it."""
        if self._job is None:
            return
        self._job.reporter.cancel.set()
        self._ticket += 1
        self._end()

    def wait(self) -> None:
        """Block until no search runs; for closing the window."""
        self.drop()
        self._pool.clear()
        self._pool.waitForDone()

    def _end(self) -> None:
        self._job = None
        self._timer.stop()
        self.ended.emit()

    def _tick(self) -> None:
        job = self._job
        if job is not None:
            reporter = job.reporter
            seconds = time.monotonic() - job.began
            self.ticked.emit(
                State(job.kind, seconds, reporter.latest, reporter.step, reporter.cancelled())
            )

    def _on_found(self, ticket: int, part: object) -> None:
        if ticket == self._ticket and self._job is not None:
            self.found.emit(self._job.kind, part)

    def _on_done(self, ticket: int, outcome: object, error: Exception | None) -> None:
        if ticket != self._ticket or self._job is None:
            return
        kind = self._job.kind
        self._end()
        if error is None:
            self.finished.emit(kind, outcome)
        else:
            self.failed.emit(kind, error)
