"""Builds the bundle and its installer on Windows: python -m assemble.windows

With packaging/ on PYTHONPATH. Needs what the lock and packaging/windows/requirements.txt name, and
Inno Setup 6 (iscc) on the PATH.
"""

import subprocess
import sys

from assemble.bundle import make_bundle
from assemble.identity import draw_icon
from assemble.place import BUILD, DIST, PACKAGING, ROOT
from assemble.sums import write_sums
from pricing.version import VERSION


def main() -> int:
    """Returns the exit code of what fails first."""
    bundle = make_bundle()
    icon = draw_icon(ROOT / "resources" / "icons" / "reckoner.svg", BUILD / "reckoner.ico")
    steps = (
        [sys.executable, "-m", "audit.lists", str(bundle)],
        [str(bundle / "reckoner-desktop.exe"), "--self-test"],
        [
            *("iscc", f"/DAppVersion={VERSION}", f"/DBundle={bundle}", f"/DIcon={icon}"),
            *(f"/DOutput={DIST}", str(PACKAGING / "windows" / "reckoner.iss")),
        ],
    )
    for step in steps:
        code = subprocess.run(step, cwd=PACKAGING, check=False).returncode
        if code:
            print(f"{' '.join(step)} ended with {code}", file=sys.stderr)
            return code
    write_sums(DIST.glob("reckoner-*-setup.exe"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
