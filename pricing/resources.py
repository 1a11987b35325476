"""Where the files of resources/ are: beside `pricing` in a checkout, in the bundle of a binary."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of one file or folder below resources/, named by its parts.

    Raises:
        FileNotFoundError: nothing of that name was shipped.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle is not None else Path(__file__).resolve().parent.parent
    path = root.joinpath("resources", *parts)
    if not path.exists():
        raise FileNotFoundError(
            f"{'/'.join(('resources', *parts))} is missing from this copy of Reckoner "
            f"(looked in {root}); install it again"
        )
    return path
