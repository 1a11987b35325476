"""Makes everything that is handed out, and says how large it is."""

import sys
from pathlib import Path

from assemble.bundle import make_bundle
from assemble.debian import make_debian
from assemble.place import BUNDLE, DIST
from assemble.portable import make_portable
from assemble.share import make_share
from assemble.sums import write_sums

MOST_UNPACKED, MOST_PACKED = 260, 85
"""Megabytes (10^6 bytes)."""


def main() -> int:
    """Returns 1 if something is larger than promised."""
    make_bundle()
    make_share()
    packed = [make_debian(), make_portable()]
    write_sums(packed)
    sizes = [(BUNDLE, MOST_UNPACKED), *((path, MOST_PACKED) for path in packed)]
    return max(_too_large(path, most) for path, most in sizes)


def _too_large(path: Path, most: float) -> int:
    files = (
        [path] if path.is_file() else [file for file in path.rglob("*") if not file.is_symlink()]
    )
    size = sum(file.stat().st_size for file in files if file.is_file()) / 1e6
    print(f"{path.relative_to(DIST.parent)}: {size:.1f} MB (at most {most} MB)")
    return int(size > most)


if __name__ == "__main__":
    sys.exit(main())
