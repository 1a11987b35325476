"""Freezes the program with PyInstaller into one folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from audit.contents import read_contents
from audit.lists import verdict_on
from audit.papers import write_papers

from assemble.place import BUILD, BUNDLE, DIST, PACKAGING, ROOT, moment, set_times


def make_bundle() -> Path:
    """The folder dist/reckoner/, made anew, with its bill of materials and licences in it.

    Raises:
        SystemExit: it holds what is on no list, or what may not be in it.
    """
    shutil.rmtree(BUNDLE, ignore_errors=True)
    work = BUILD / "pyinstaller"
    shutil.rmtree(work, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", str(DIST), "--workpath", str(work)),
        str(PACKAGING / "bundle" / "reckoner.spec"),
    ]
    fixed = {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(moment()),
        # the cache of PyInstaller is in the folder that is made anew
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
    }
    subprocess.run(command, cwd=ROOT, env=os.environ | fixed, check=True)
    if problems := verdict_on(read_contents(BUNDLE)).sentences():
        raise SystemExit("\n".join(("The bundle is not what it may be:", *problems)))
    write_papers(BUNDLE, moment())
    set_times(BUNDLE)
    return BUNDLE
