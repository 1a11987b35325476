"""Builds the application and its disk image on macOS: python -m assemble.macos

With packaging/ on PYTHONPATH. Needs what the lock and packaging/macos/requirements.txt name. The
application is signed ad hoc; a certificate of Apple's is the publisher's matter.
"""

import platform
import subprocess
import sys

from audit.papers import write_papers

from assemble.bundle import make_bundle
from assemble.place import DIST, PACKAGING, moment
from assemble.sums import write_sums
from pricing.version import VERSION

NO_NETWORK = "(version 1) (allow default) (deny network* (remote ip)) (deny network-bind)"
"""A profile of macOS's sandbox under which the self-test must pass."""


def main() -> int:
    """Returns the exit code of what fails first."""
    make_bundle()
    application = DIST / "Reckoner.app"
    image = DIST / f"reckoner-{VERSION}-macos-{platform.machine()}.dmg"
    program = application / "Contents" / "MacOS" / "reckoner-desktop"
    write_papers(application, moment())
    steps = (
        # what was written into it broke the seal of the resources
        ["codesign", "--force", "--deep", "--sign", "-", str(application)],
        [sys.executable, "-m", "audit.lists", str(application)],
        ["plutil", "-lint", str(application / "Contents" / "Info.plist")],
        ["sandbox-exec", "-p", NO_NETWORK, str(program), "--self-test"],
        [
            *("hdiutil", "create", "-volname", "Reckoner", "-srcfolder", str(application)),
            *("-fs", "HFS+", "-format", "UDZO", "-ov", str(image)),
        ],
    )
    for step in steps:
        code = subprocess.run(step, cwd=PACKAGING, check=False).returncode
        if code:
            print(f"{' '.join(step)} ended with {code}", file=sys.stderr)
            return code
    write_sums([image])
    return 0


if __name__ == "__main__":
    sys.exit(main())
