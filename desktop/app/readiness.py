"""Tells the moment from which the window can be used, and leaves: how fast a start is."""

import sys
import time

from PySide6.QtCore import QCoreApplication, QTimer

from desktop.window import MainWindow

PATIENCE = 60.0
"""Seconds after which a start counts as failed."""
OFTEN = 5
"""Milliseconds between two looks."""


class Readiness(QTimer):
    """Watches a window that was just shown.

    It can be used once it is on the screen, and where it opens a plan, once the plan's results and
    their chart are.
    """

    def __init__(self, window: MainWindow, opens_plan: bool) -> None:
        super().__init__(window)
        self._window, self._opens_plan = window, opens_plan
        self._end = time.monotonic() + PATIENCE
        self.timeout.connect(self._look)
        self.start(OFTEN)

    def ready(self) -> bool:
        """Whether the window can be used now."""
        handle = self._window.windowHandle()
        if handle is None or not handle.isExposed():
            return False
        if not self._opens_plan:
            return True
        chart = self._window.results.chart.figure
        return self._window.evaluator.up_to_date and bool(getattr(chart, "axes", None))

    def _look(self) -> None:
        ready = self.ready()
        if not ready and time.monotonic() < self._end:
            return
        self.stop()
        if ready:
            print(f"ready {time.time():.3f}", flush=True)
        else:
            problem = self._window.evaluator.problem
            print(f"not ready after {PATIENCE:.0f} s: {problem}", file=sys.stderr, flush=True)
        self._window.close()
        QCoreApplication.exit(0 if ready else 1)
