"""What the window remembers between starts: one small JSON file."""

import contextlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from PySide6.QtCore import QStandardPaths

MOST_RECENT = 8


class AppSettings(BaseModel):
    """Everything remembered; unknown or broken entries fall back to the defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    recent: tuple[str, ...] = ()
    """Paths of plan files, latest first."""
    scheme: Literal["system", "light", "dark"] = "system"
    """Light or dark, or as the system says."""
    geometry: str = ""
    """Size and place of the window, as Qt writes it, in hexadecimal."""


class SettingsStore:
    """Reads and writes the settings file."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
        )
        self._path = self.folder / "settings.json"
        self.settings = self._read()

    def _read(self) -> AppSettings:
        try:
            return AppSettings.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return AppSettings()

    def change(self, **changes: object) -> None:
        """Remember something else; a disk that cannot be written only costs the memory."""
        self.settings = AppSettings.model_validate(self.settings.model_dump() | changes)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            new = self._path.with_suffix(".new")
            new.write_text(self.settings.model_dump_json(indent=1) + "\n", encoding="utf-8")
            new.replace(self._path)

    def opened(self, path: Path) -> None:
        """Put a file at the top of the recent ones."""
        name = str(path.resolve())
        others = tuple(other for other in self.settings.recent if other != name)
        self.change(recent=(name, *others)[:MOST_RECENT])

    def recent(self) -> tuple[Path, ...]:
        """Recent files that still exist, latest first."""
        return tuple(path for path in map(Path, self.settings.recent) if path.is_file())

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self.change(recent=())
