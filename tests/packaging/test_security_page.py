"""What the page for the security officer says of paths and commands is so."""

import os
import subprocess
import sys
from pathlib import Path

from pricing.resources import resource

ROOT = Path(__file__).resolve().parents[2]
PAGE = resource("help", "security.md").read_text(encoding="utf-8")

ASK = """
import os, sys
from desktop.app.settings import SettingsStore
from desktop.main import make_application
from pricing.user_data import user_data
from surroundings import set_right
application = make_application(["reckoner-desktop"])
environment = dict(os.environ)
set_right(environment)
print(SettingsStore().folder / "settings.json")
print(user_data())
print(environment["MPLCONFIGDIR"])
"""


def test_that_the_folders_are_those_of_the_page(tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    paths = os.pathsep.join((str(ROOT / "packaging" / "bundle"), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=kept | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths},
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    for path in done.stdout.split():
        named = path.replace(str(tmp_path), "~")
        assert f"`{named}`" in PAGE or f"`{named}/`" in PAGE, named


def test_that_the_files_and_commands_it_names_exist() -> None:
    for name in (
        "packaging/audit/allow_list.txt",
        "packaging/audit/deny_list.txt",
        "packaging/check_offline.sh",
        "packaging/windows",
        "packaging/macos",
    ):
        assert name in PAGE
        assert (ROOT / name).exists()
    script = (ROOT / "packaging" / "check_offline.sh").read_text(encoding="utf-8")
    command = next(line for line in PAGE.splitlines() if line.strip().startswith("strace"))
    assert command.split("-o")[0].strip() in script, "the page watches what the script watches"
