"""Takes in a catalogue file: looks at all of it first, says what would change, then keeps it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pricing.catalogue.catalogue import Catalogue
from pricing.catalogue.changes import Changes, changes_between
from pricing.catalogue.errors import CatalogueFileError
from pricing.catalogue.installed import installed_as, keep, present_catalogue, use
from pricing.catalogue.packed import read_packed
from pricing.catalogue.verify import verify

Standing = Literal["in_use", "newer", "other", "older"]
"""Against the catalogue in use: the same one, later, another of the same day, earlier."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A catalogue from a file that can be relied on, not yet kept."""

    path: Path
    catalogue: Catalogue
    present: Catalogue
    """The catalogue in use, with which it was compared."""
    changes: Changes
    standing: Standing
    installed: bool
    """Whether it is installed here already."""


def look_into(path: Path, today: date) -> Offered:
    """Verify a file from its hashes to its last entry, and compare it with the catalogue in use.

    Raises:
        CatalogueFileError: it cannot be relied on; says why.
    """
    catalogue, present = read_packed(path), present_catalogue()
    verify(catalogue, today)
    standing: Standing = "other"
    if catalogue.id == present.id:
        standing = "in_use"
    elif catalogue.data_date != present.data_date:
        standing = "newer" if catalogue.data_date > present.data_date else "older"
    return Offered(
        path, catalogue, present, changes_between(present, catalogue), standing,
        installed_as(catalogue.id) is not None,
    )  # fmt: skip


def take_in(offered: Offered, *, older: bool = False) -> bool:
    """Keep a catalogue and put it in use; an older one is kept only for plans that name it.

    Args:
        offered: From `look_into`.
        older: Whether an older one than the one in use is meant.

    Returns:
        Whether it is in use now.

    Raises:
        CatalogueFileError: it is older and that is not meant.
        OSError: the data folder cannot be written.
    """
    if offered.standing == "older" and not older:
        day, now = offered.catalogue.data_date, offered.present.data_date
        raise CatalogueFileError(
            f"it is of {day.isoformat()}, older than the one in use of {now.isoformat()}"
        )
    keep(offered.catalogue)
    if offered.standing == "older":
        return False
    if offered.standing != "in_use":
        use(offered.catalogue)
    return True
