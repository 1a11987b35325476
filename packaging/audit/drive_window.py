"""Drives a real window as a person would: optimises the plan it shows, saves it, writes a workbook.

    python -m audit.drive_window PLAN WORKBOOK PICTURE

The window of the program, started with PLAN, must be the only one of its display. Keys and clicks
go through xdotool. That something was done is told by the files, not by the keys: PLAN must have
changed and WORKBOOK must be complete. PICTURE is the screen before the window is closed.
"""

import hashlib
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

TITLE: Final = " – Reckoner$"
ROUTING: Final = (75, 221)
"""The entry Routing of the list of pages, in pixels of a window that fills the screen."""
TAKE: Final = (1159, 240)
"""The button that takes a proposal, below a heading of two lines."""
PATIENCE: Final = 120.0
"""Seconds for one step, under strace on a busy machine."""
STILL: Final = 4
"""Equal pictures in a row, one a second, after which the window is not working any more."""
DECIDED: Final = 12
"""As many of them while the optimiser works, whose strip may stand still for seconds."""


def xdotool(*words: str | int) -> str:
    """Run xdotool; what it printed, or nothing where it failed."""
    done = subprocess.run(
        ["xdotool", *map(str, words)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def take_picture(path: Path) -> str:
    """Write the screen into a file; a hash of it."""
    subprocess.run(["import", "-window", "root", str(path)], check=True)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wait_until(done: Callable[[], bool], what: str) -> None:
    """Look four times a second; raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.25)


def wait_until_still(pictures_alike: int = STILL) -> None:
    """Wait until nothing moves on the screen; raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    pictures: list[str] = []
    with TemporaryDirectory() as folder:
        while len(pictures) < pictures_alike or len(set(pictures[-pictures_alike:])) > 1:
            if time.monotonic() > end:
                raise TimeoutError(f"the window was still working after {PATIENCE:.0f} s")
            time.sleep(1)
            pictures.append(take_picture(Path(folder) / "screen.ppm"))


def show_window(plan: Path) -> None:
    """Wait for the window of a plan, give it the whole screen and the keys."""

    def found() -> str:
        return xdotool("search", "--onlyvisible", "--name", f"^{plan.name}{TITLE}")

    wait_until(lambda: bool(found()), f"the window of {plan.name}")
    window = found().splitlines()[0]
    xdotool("windowmove", window, 0, 0)
    xdotool("windowsize", window, "100%", "100%")
    xdotool("windowfocus", "--sync", window)
    wait_until_still()


def optimise(plan: Path) -> None:
    """Let the optimiser decide, take its decision and save; raises TimeoutError."""
    before = decisions(plan)
    xdotool("mousemove", *ROUTING, "click", 1)
    wait_until_still()
    xdotool("key", "ctrl+Return")
    wait_until_still(DECIDED)
    xdotool("mousemove", *TAKE, "click", 1)
    wait_until_still()
    xdotool("key", "ctrl+s")
    wait_until(lambda: decisions(plan) != before, "the decision in the saved plan")


def decisions(plan: Path) -> list[object]:
    """What the hybrids of a plan say of their decisions."""
    options = json.loads(plan.read_bytes())["options"]
    return [option.get("decision") for option in options if option["kind"] == "hybrid"]


def export(workbook: Path) -> None:
    """Write the workbook; raises TimeoutError."""
    xdotool("key", "ctrl+e")
    wait_until_still()
    xdotool("key", "ctrl+a")
    xdotool("type", "--delay", 20, str(workbook))
    xdotool("key", "Return")
    wait_until(lambda: workbook.is_file() and zipfile.is_zipfile(workbook), f"{workbook}")
    wait_until_still()
    xdotool("key", "Escape")


def main(plan: Path, workbook: Path, picture: Path) -> int:
    """Do all of it; returns 1 with a sentence where a step did not come to its end."""
    try:
        show_window(plan)
        optimise(plan)
        export(workbook)
    except TimeoutError as late:
        print(f"{late}; see {picture}", file=sys.stderr)
        return 1
    finally:
        take_picture(picture)
        xdotool("key", "ctrl+q")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(Path(argument).resolve() for argument in sys.argv[1:4])))
