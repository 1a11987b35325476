"""The sample plans shipped with Reckoner."""

import json
from pathlib import Path

from desktop.pages.start import Sample
from pricing.resources import resource


def samples() -> tuple[Sample, ...]:
    """Every sample plan by name; none where this copy has none."""
    try:
        folder = resource("samples")
    except FileNotFoundError:
        return ()
    found = [_sample(path) for path in sorted(folder.glob("*.reckon"))]
    return tuple(sample for sample in found if sample is not None)


def is_sample(path: Path) -> bool:
    """Whether a file is one of the samples shipped, which stay as they are."""
    try:
        return path.resolve().parent == resource("samples").resolve()
    except FileNotFoundError:
        return False


def _sample(path: Path) -> Sample | None:
    try:
        document = json.loads(path.read_bytes())
        return Sample(path, str(document["name"]), str(document.get("note", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
