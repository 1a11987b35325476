"""A long call in a thread of its own, whose events are handled in the thread that asked for it.

The solver looks at its callbacks up to some tenths of a second apart. Who cancels does not wait for
that: the call is left to end by itself, and what it still reports is not heard.
"""

import atexit
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

LOOK = 0.02
"""Seconds between two looks at whether to stop."""
PATIENCE = 0.05
"""Seconds that a stopped call is given to end in order."""
LAST = 5.0
"""Seconds that the process waits at its end for calls that were left."""

_left: list[threading.Thread] = []


class HandOff:
    """One call at a time, and its events."""

    def __init__(self, stop: Callable[[], bool]) -> None:
        """`stop` is asked in the thread of the caller; True leaves the call."""
        self._stop = stop
        self._events: SimpleQueue[tuple[Callable[[], None], threading.Event] | None] = SimpleQueue()
        self._leaving = threading.Event()

    @property
    def leaving(self) -> bool:
        """Whether the call is to end as soon as it can; read by the call."""
        return self._leaving.is_set()

    def tell(self, event: Callable[[], None]) -> None:
        """From the call: have something done in the thread of the caller, and wait for it."""
        done = threading.Event()
        self._events.put((event, done))
        while not done.wait(LOOK):
            if self.leaving:
                return

    def run(self, call: Callable[[], object]) -> bool:
        """Run a call to its end; False if it was left before, and is still under way."""
        failure: list[BaseException] = []

        def work() -> None:
            try:
                call()
            except BaseException as error:
                failure.append(error)
            finally:
                self._events.put(None)

        thread = threading.Thread(target=work, daemon=True, name="solver")
        thread.start()
        try:
            while (event := self._next()) is not None:
                happening, done = event
                happening()
                done.set()
                self._look()
        finally:
            if thread.is_alive():
                self._leaving.set()
                thread.join(PATIENCE)
        if thread.is_alive():
            _left[:] = [it for it in _left if it.is_alive()] + [thread]
            return False
        if failure:
            raise failure[0]
        return True

    def _next(self) -> tuple[Callable[[], None], threading.Event] | None:
        """The next event; none if the call has ended or is left."""
        while not self.leaving:
            try:
                return self._events.get(timeout=LOOK)
            except Empty:
                self._look()
        return None

    def _look(self) -> None:
        if self._stop():
            self._leaving.set()


@atexit.register
def _wait_for_left() -> None:
    for thread in _left:
        thread.join(LAST)
