"""Where Reckoner keeps what belongs to a person on this computer, apart from settings."""

import os
import sys
from pathlib import Path

NAME = "Reckoner"


def user_data(*parts: str) -> Path:
    r"""A file or folder below the person's data folder; it need not exist.

    Linux: $XDG_DATA_HOME/reckoner, else ~/.local/share/reckoner. macOS: ~/Library/Application
    Support/Reckoner. Windows: %LOCALAPPDATA%\Reckoner.
    """
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        root = (Path(local) if local else Path.home() / "AppData" / "Local") / NAME
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Application Support" / NAME
    else:
        stated = os.environ.get("XDG_DATA_HOME", "")
        # a relative path is to be ignored, says the XDG Base Directory Specification
        share = Path(stated) if Path(stated).is_absolute() else Path.home() / ".local" / "share"
        root = share / NAME.lower()
    return root.joinpath(*parts)
