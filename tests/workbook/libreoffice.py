"""Recalculates workbooks in LibreOffice, every formula from scratch.

LibreOffice keeps results that a file brings along unless its profile says otherwise, so the
profile used here orders a hard recalculation of every file it opens.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""

ALWAYS, NEVER = 0, 1


class LibreOffice:
    """A private LibreOffice: its own profile, one run for many files."""

    def __init__(self, folder: Path, recalculate: int = ALWAYS) -> None:
        self._profile = folder / f"profile-{recalculate}"
        settings = self._profile / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True)
            settings.write_text(_PROFILE.format(mode=recalculate), encoding="utf-8")

    def convert(self, files: Sequence[Path], folder: Path, kind: str = "xlsx") -> list[Path]:
        """Open the files and save them again; the results have the same names."""
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            pytest.fail(
                "LibreOffice is missing, so no workbook can be recalculated: install the "
                "package libreoffice-calc (on Debian: apt-get install libreoffice-calc)"
            )
        folder.mkdir(parents=True, exist_ok=True)
        run = subprocess.run(
            [
                program, f"-env:UserInstallation=file://{self._profile}", "--headless",
                "--norestore", "--convert-to", kind, "--outdir", str(folder), *map(str, files),
            ],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        results = [folder / f"{file.stem}.{kind}" for file in files]
        missing = [result.name for result in results if not result.exists()]
        assert not missing, f"LibreOffice did not write {missing}: {run.stdout}{run.stderr}"
        return results
