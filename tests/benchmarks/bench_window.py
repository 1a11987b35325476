"""How long the window takes from a warm start until it can be used, in a process of its own.

Usable means: shown, its plan evaluated, results and chart on screen. The clock starts before the
interpreter does. One start before warms the caches: of the disk, and of compiled modules, which are
kept in a folder of their own so that a setting against them does not count.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pricing.resources import resource

CODE = """
import sys, time
from pathlib import Path
from desktop.main import make_application, make_window
from PySide6.QtCore import QTimer

application = make_application(["reckoner"])
window = make_window(application, Path(sys.argv[1]))
window.show()
plan = Path(sys.argv[2]) if len(sys.argv) > 2 else None
if plan is not None:
    window.open_at_start(plan)
QTimer.singleShot(0, window, window.after_start)
deadline = time.monotonic() + 60
while True:
    if time.monotonic() > deadline:
        sys.exit("the window was not ready after a minute: " + window.evaluator.problem)
    application.processEvents()
    if plan is None:
        break
    chart = window.results.chart.figure
    if window.evaluator.up_to_date and chart is not None and chart.axes:
        application.processEvents()
        break
print(time.time())
window.session.close()
window.close()
"""


def start(settings: Path, *plan: Path) -> float:
    """Seconds from the start of the interpreter until the window can be used."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(settings / "compiled")
    command = [sys.executable, "-c", CODE, str(settings), *map(str, plan)]
    begun = time.time()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout.split()[-1]) - begun


def run() -> list[tuple[str, float, str, float]]:
    """What, measured, unit, target."""
    plan = resource("samples", "customer_service.reckon")
    with TemporaryDirectory() as folder:
        settings = Path(folder)
        start(settings, plan)
        empty = min(start(settings) for _ in range(5))
        whole = min(start(settings, plan) for _ in range(5))
    return [
        ("warm start until the start page can be used", empty, "s", 2.0),
        ("warm start until a sample's results and chart are shown", whole, "s", 2.0),
    ]


if __name__ == "__main__":
    for name, measured, unit, target in run():
        print(f"{name}: {measured:.3g} {unit} (target {target:g} {unit})")
