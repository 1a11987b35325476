"""Waits for what happens in the background while the window goes on."""

import time
from collections.abc import Callable
from typing import Final

from desktop.selftest.check import CheckError, Place

PATIENCE: Final = 60.0
"""Seconds, on a slow machine with cold disks."""


def wait_until(place: Place, holds: Callable[[], bool], what: str) -> None:
    """Handle events until something holds; raises CheckError naming what was waited for."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise CheckError(f"{what} did not come within {PATIENCE:.0f} seconds")
        place.application.processEvents()
        time.sleep(0.005)
