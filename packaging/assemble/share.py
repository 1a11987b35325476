"""What lies in /usr/share after the installation, beside the program."""

import gzip
import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from audit.contents import inner_folder
from audit.papers import BILL, FOLDER, NOTICES

from assemble.icons import draw_icons
from assemble.manual import manual
from assemble.place import BUNDLE, PACKAGING, ROOT, SHARE, moment, set_times
from pricing.cli.main import parser
from pricing.version import VERSION

CHANGES = """\
reckoner ({version}) unstable; urgency=medium

  * What changed is told in CHANGELOG.md.gz beside this file.

 -- The Reckoner maintainers <maintainers@reckoner.invalid>  {date}
"""
"""The package's own changes, in the form that Debian asks for."""


def make_share() -> Path:
    """The folder build/share/, made anew: menu entry, MIME type, icons, manual pages, papers."""
    shutil.rmtree(SHARE, ignore_errors=True)
    debian = PACKAGING / "debian"
    made = datetime.fromtimestamp(moment(), tz=UTC)
    date = made.date().isoformat()
    _put(debian / "reckoner.desktop", SHARE / "applications" / "reckoner.desktop")
    _put(debian / "reckoner.xml", SHARE / "mime" / "packages" / "reckoner.xml")
    draw_icons(ROOT / "resources" / "icons", SHARE / "icons" / "hicolor")
    window = (debian / "reckoner-desktop.1.in").read_text("utf-8")
    _pack(manual(parser(), VERSION, date), SHARE / "man" / "man1" / "reckoner.1.gz")
    _pack(
        window.replace("@VERSION@", VERSION).replace("@DATE@", date),
        SHARE / "man" / "man1" / "reckoner-desktop.1.gz",
    )
    papers = SHARE / "doc" / "reckoner"
    _put(debian / "copyright", papers / "copyright")
    for paper in (NOTICES, BILL):
        _put(inner_folder(BUNDLE) / FOLDER / paper, papers / paper)
    _pack((ROOT / "CHANGELOG.md").read_text("utf-8"), papers / "CHANGELOG.md.gz")
    _pack(CHANGES.format(version=VERSION, date=format_datetime(made)), papers / "changelog.gz")
    set_times(SHARE)
    return SHARE


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _pack(text: str, target: Path) -> None:
    """Compress without a time in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), mtime=0))
