"""Keeps a run apart from the person's own folders."""

import os
import sys
from pathlib import Path
from typing import Final

FOLDERS: Final = (
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
    "LOCALAPPDATA",
    "APPDATA",
    "MPLCONFIGDIR",
)
"""Variables that say where Qt, fontconfig, matplotlib and we keep what belongs to a person."""


def keep_apart(folder: Path) -> None:
    """Let everything of the person's be below a folder, before the first window is made.

    Without any display, on a system that would need one, Qt's own drawing without a screen is used.
    """
    for name in FOLDERS:
        own = folder / name.lower()
        own.mkdir()
        os.environ[name] = str(own)
    if sys.platform == "darwin":  # where the data folder is always below the home
        os.environ["HOME"] = str(folder)
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
