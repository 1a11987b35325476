"""Checksums of what is handed out, in the form that `sha256sum --check` reads."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from assemble.place import DIST


def write_sums(files: Iterable[Path]) -> Path:
    """dist/SHA256SUMS of these files, which lie beside it."""
    lines = []
    for path in sorted(files):
        with path.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    target = DIST / "SHA256SUMS"
    target.write_text("".join(lines), "utf-8")
    return target
