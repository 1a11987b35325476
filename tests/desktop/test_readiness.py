"""A start tells the moment from which the window can be used, and leaves."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pricing.resources import resource


@pytest.mark.parametrize("plan", [(), (str(resource("samples", "customer_service.reckon")),)])
def test_that_a_start_tells_when_the_window_could_be_used(
    plan: tuple[str, ...], tmp_path: Path
) -> None:
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "desktop.main", "--quit-when-ready", "--settings", tmp_path, *plan],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    word, moment = done.stdout.split()
    assert word == "ready"
    assert begun < float(moment) < time.time()
