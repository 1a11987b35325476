"""Plans that the system asks a running window to open: macOS sends an event for a double click."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class FileRequests(QObject):
    """Passes files that the system names on to a function; to be installed on the application."""

    def __init__(self, open_: Callable[[Path], object], parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the requests for files; addresses that are no file are left alone."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open(Path(event.file()))
            return True
        return super().eventFilter(watched, event)
