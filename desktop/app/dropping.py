"""Plan files dropped onto the window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

from desktop.app.documents import SUFFIX


def dropped_plan(event: QDropEvent) -> Path | None:
    """The plan file of a drag, if it is one."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and path.suffix.lower() == SUFFIX:
            return path
    return None
