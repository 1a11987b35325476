"""What is made beside the bundle: manual pages, icons, menu entry, archives without their maker."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from assemble.icons import SIZES, draw_icons
from assemble.manual import manual, subcommands
from assemble.place import PACKAGING, ROOT, set_times
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pricing.cli.main import parser

sys.path.insert(0, str(PACKAGING / "bundle"))
from surroundings import set_right


def menu_entry() -> dict[str, str]:
    lines = (PACKAGING / "debian" / "reckoner.desktop").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def test_that_the_manual_tells_every_command_and_option() -> None:
    page = manual(parser(), "1.2.3", "2026-11-22").replace(r"\-", "-")
    below = [
        command
        for outer in subcommands(parser()).values()
        for command in (subcommands(outer).values() or [outer])
    ]
    assert len(below) > 15
    for command in below:
        assert f".SS {command.prog}\n" in page
        for action in command._actions:
            assert all(option in page for option in action.option_strings)
    assert '"2026-11-22" "Reckoner 1.2.3"' in page


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_that_man_finds_nothing_wrong_in_the_manual(tmp_path: Path) -> None:
    page = tmp_path / "reckoner.1"
    page.write_text(manual(parser(), "1.2.3", "2026-11-22"), "utf-8")
    window = PACKAGING / "debian" / "reckoner-desktop.1.in"
    for path in (page, window):
        told = subprocess.run(
            ["man", "--warnings", "-l", path],
            env=os.environ | {"LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "100"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stderr == ""


def test_that_the_window_s_manual_tells_its_options() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from desktop.main import main; main(['--help'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    page = (PACKAGING / "debian" / "reckoner-desktop.1.in").read_text("utf-8").replace(r"\-", "-")
    options = set(re.findall(r"--[a-z-]+", told.stdout))
    assert options == set(re.findall(r"--[a-z-]+", page))


def test_that_icons_are_drawn_in_every_size(qtbot: QtBot, tmp_path: Path) -> None:
    draw_icons(ROOT / "resources" / "icons", tmp_path)
    for size in SIZES:
        image = QImage(str(tmp_path / f"{size}x{size}" / "apps" / f"{menu_entry()['Icon']}.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, 2 * size // 16).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0


def test_that_the_menu_entry_opens_the_type_of_plans() -> None:
    tree = ElementTree.parse(PACKAGING / "debian" / "reckoner.xml")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = tree.find(f"{space}mime-type")
    assert kind is not None
    assert menu_entry()["MimeType"] == f"{kind.get('type')};"
    assert [glob.get("pattern") for glob in kind.iter(f"{space}glob")] == ["*.reckon"]
    assert menu_entry()["Exec"] == "reckoner-desktop %f"


def test_that_nothing_shows_the_umask_or_the_time_of_the_builder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    program, library = tmp_path / "in" / "program", tmp_path / "in" / "libthing.so.1"
    program.parent.mkdir(mode=0o700)
    for path in (program, library):
        path.touch(mode=0o700)
    link = tmp_path / "in" / "link"
    link.symlink_to("program")
    set_times(tmp_path / "in")
    modes = [path.stat().st_mode & 0o777 for path in (program.parent, program, library)]
    assert modes == [0o755, 0o755, 0o644]
    times = [path.stat(follow_symlinks=False).st_mtime for path in (program.parent, program, link)]
    assert set(times) == {1e9}


def test_that_programs_started_by_the_bundle_search_their_own_libraries() -> None:
    inherited = {"HOME": "/h", "LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/own"}
    set_right(inherited)
    assert inherited["LD_LIBRARY_PATH"] == "/own"
    assert "LD_LIBRARY_PATH_ORIG" not in inherited
    bare = {"LD_LIBRARY_PATH": "/bundle"}
    set_right(bare)
    assert "LD_LIBRARY_PATH" not in bare
