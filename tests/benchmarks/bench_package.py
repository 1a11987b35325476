"""How long the packaged window takes from a start until it can be used, as a person starts it.

Usable means: on the screen, and with a plan, its results and chart too. The clock starts before the
program does. It starts cold once what of the bundle is in memory was dropped (asked of the kernel
for every file of it), and warm right after a start. Needs a display, or xvfb.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

BUNDLE = Path(os.environ.get("RECKONER_BUNDLE", Path(__file__).parents[2] / "dist" / "reckoner"))
"""The folder with the programs."""
WARM, COLD = 2.0, 4.0
"""Seconds that a start may take."""


def start(program: Path, home: Path, *arguments: str) -> float:
    """Seconds from the start of the program until the window can be used."""
    folders = {
        name: str(home / name.lower())
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    begun = time.time()
    done = subprocess.run(
        [program, "--quit-when-ready", *arguments],
        env=os.environ | folders,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1]) - begun


def forget(bundle: Path) -> None:
    """Have the kernel drop every page of the bundle's files that it holds in memory."""
    for path in bundle.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def display() -> Iterator[None]:
    """The display there is, or one of our own while this lasts."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        yield
        return
    number = next(n for n in range(60, 99) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    screen = ("-screen", "0", "1280x800x24", "-nolisten", "tcp")
    server = subprocess.Popen(["Xvfb", f":{number}", *screen], stderr=subprocess.DEVNULL)
    try:
        while not Path(f"/tmp/.X11-unix/X{number}").exists():
            time.sleep(0.05)
        os.environ["DISPLAY"] = f":{number}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait()


def run() -> list[tuple[str, float, str, float]]:
    """What, measured, unit, target; nothing where no bundle was built."""
    program = BUNDLE / "reckoner-desktop"
    if not program.is_file() or (not os.environ.get("DISPLAY") and not shutil.which("Xvfb")):
        return []
    sample = BUNDLE / "_internal" / "resources" / "samples" / "customer_service.reckon"
    with TemporaryDirectory() as folder, display():
        home = Path(folder)
        forget(BUNDLE)
        first = start(program, home / "first")
        warm = min(start(program, home / "first") for _ in range(5))
        whole = min(start(program, home / "first", str(sample)) for _ in range(3))
    return [
        ("packaged: first start of a person, cold", first, "s", COLD),
        ("packaged: warm start until the start page can be used", warm, "s", WARM),
        ("packaged: warm start until a sample's results are shown", whole, "s", WARM),
    ]
