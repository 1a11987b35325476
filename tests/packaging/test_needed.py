"""Which shared libraries stay in a bundle, tried on Qt's own."""

import sys
from pathlib import Path

import pytest
from assemble.place import PACKAGING
from PySide6.QtCore import QLibraryInfo

sys.path.insert(0, str(PACKAGING / "bundle"))
from needed import linked, needed

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="these are Linux's libraries"
)
QT = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
PLUGINS = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
LIBRARIES = [
    (f"Qt/lib/{name}", str(QT / name), "BINARY")
    for name in ("libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Network.so.6", "libicudata.so.73")
]
OFFSCREEN = (
    "Qt/plugins/platforms/libqoffscreen.so",
    str(PLUGINS / "platforms" / "libqoffscreen.so"),
    "BINARY",
)
VNC = ("Qt/plugins/platforms/libqvnc.so", str(PLUGINS / "platforms" / "libqvnc.so"), "BINARY")


def names(entries: list[tuple[str, str, str]]) -> set[str]:
    return {Path(place).name for place, _, _ in entries}


def test_that_a_library_stays_while_a_plugin_needs_it() -> None:
    assert "libQt6Network.so.6" in names(needed([*LIBRARIES, OFFSCREEN, VNC]))


def test_that_a_library_goes_with_the_only_plugin_that_needs_it() -> None:
    kept = names(needed([*LIBRARIES, OFFSCREEN]))
    assert "libQt6Network.so.6" not in kept
    # and what is needed at one remove stays
    assert {"libqoffscreen.so", "libQt6Gui.so.6", "libQt6Core.so.6"} <= kept


def test_that_links_stay_only_while_they_lead_somewhere() -> None:
    kept = [("Qt/lib/libQt6Core.so.6", "/x", "BINARY")]
    links = [
        ("libQt6Core.so.6", "Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("libQt6Network.so.6", "Qt/lib/libQt6Network.so.6", "SYMLINK"),
    ]
    assert names(linked(links, kept)) == {"libQt6Core.so.6"}
