"""The catalogues on this computer: the one that comes with Reckoner, and those that were imported.

Imported ones stay, so that plans written with them keep their figures. For the same reason a later
version of Reckoner brings those of earlier versions along, as files. One of all is in use: for new
plans, and wherever no plan says which.
"""

import contextlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from pricing.catalogue.catalogue import Catalogue, load_catalogue
from pricing.catalogue.errors import CatalogueError, CatalogueFileError
from pricing.catalogue.manifest import Hash
from pricing.catalogue.packed import SUFFIX, pack, read_packed
from pricing.plan.atomic import write_atomically
from pricing.plan.plan import Plan
from pricing.plan.written_with import written_with
from pricing.resources import resource
from pricing.user_data import user_data

FOLDER: Final = "catalogues"
EARLIER: Final = "earlier"
"""Folder of resources/catalogue, with one file for each catalogue that a release came with."""
IN_USE: Final = "in_use.json"
SHORTEST_ID: Final = 6
_FILE: Final = re.compile(rf"[0-9a-f]{{64}}{re.escape(SUFFIX)}")


class _InUse(BaseModel):
    """What was chosen, and which catalogue came with Reckoner then."""

    model_config = ConfigDict(frozen=True, strict=True)

    id: Hash
    over: Hash


def store() -> Path:
    """The folder of imported catalogues; it need not exist."""
    return user_data(FOLDER)


def stored_as(identifier: str) -> Path:
    """The file in which an imported catalogue is kept; it need not exist."""
    return store() / f"{identifier}{SUFFIX}"


def installed() -> tuple[Catalogue, ...]:
    """Every catalogue that can be used, the newest first; files that are damaged are left out."""
    known = {load_catalogue().id: load_catalogue()}
    for path in _files():
        catalogue = _opened(path)
        if catalogue is not None:
            known.setdefault(catalogue.id, catalogue)
    return tuple(sorted(known.values(), key=lambda one: (one.data_date, one.id), reverse=True))


def damaged() -> tuple[Path, ...]:
    """Files of the store that can no longer be relied on."""
    return tuple(path for path in _files() if _opened(path) is None)


def installed_as(identifier: str) -> Catalogue | None:
    """The installed catalogue of that id."""
    shipped = load_catalogue()
    if identifier == shipped.id:
        return shipped
    for folder in (store(), *_earlier()):
        path = folder / f"{identifier}{SUFFIX}"
        if path.is_file() and (found := _opened(path)) is not None:
            return found
    return None


def find_installed(named: str) -> Catalogue:
    """The installed catalogue a person means: `shipped`, its date, or how its id begins.

    Raises:
        CatalogueError: none is meant, or more than one.
    """
    wanted = named.strip().lower()
    if wanted == "shipped":
        return load_catalogue()
    every = installed()
    found = [
        one for one in every
        if wanted == one.data_date.isoformat()
        or (len(wanted) >= SHORTEST_ID and one.id.startswith(wanted))
    ]  # fmt: skip
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.id[:12]} ({one.data_date.isoformat()})" for one in every)
    if found:
        raise CatalogueError(
            f"{named!r} means {len(found)} catalogues; give more of the id: {names}."
        )
    raise CatalogueError(
        f"No catalogue {named!r} is installed; there are {names}. Give a date or the first "
        f"{SHORTEST_ID} characters of an id."
    )


def present_catalogue() -> Catalogue:
    """The catalogue in use: the one chosen last, unless a later Reckoner came with a newer one."""
    shipped, chosen = load_catalogue(), _chosen()
    if chosen is None or chosen.id == shipped.id:
        return shipped
    catalogue = installed_as(chosen.id)
    if catalogue is None:
        return shipped
    if chosen.over != shipped.id and catalogue.data_date < shipped.data_date:
        return shipped
    return catalogue


def catalogue_for(plan: Plan) -> Catalogue:
    """The catalogue a plan is evaluated with: the one it names.

    A plan that names none counts as written with the one that comes with Reckoner; for one that is
    not installed here, the one in use stands in.
    """
    if plan.catalogue is None:
        return load_catalogue()
    return installed_as(plan.catalogue.id) or present_catalogue()


def naming_its_catalogue(plan: Plan) -> Plan:
    """The plan, naming the catalogue that it counts as written with where it names none."""
    if plan.catalogue is not None:
        return plan
    return written_with(plan, load_catalogue().reference, same_facts=True)


def keep(catalogue: Catalogue) -> Path | None:
    """Store a verified catalogue, whole or not at all; none where it came with Reckoner.

    Raises:
        OSError: the folder cannot be written.
    """
    if catalogue.id == load_catalogue().id:
        return None
    path = stored_as(catalogue.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, pack(catalogue))
    return path


def use(catalogue: Catalogue) -> None:
    """Make an installed catalogue the one in use.

    Raises:
        OSError: the folder cannot be written.
    """
    folder = store()
    folder.mkdir(parents=True, exist_ok=True)
    chosen = _InUse(id=catalogue.id, over=load_catalogue().id)
    write_atomically(folder / IN_USE, f"{chosen.model_dump_json()}\n".encode())


def _chosen() -> _InUse | None:
    try:
        return _InUse.model_validate(json.loads((store() / IN_USE).read_bytes()))
    except (OSError, ValueError, ValidationError):
        return None


def _files() -> list[Path]:
    found: list[Path] = []
    for folder in (store(), *_earlier()):
        with contextlib.suppress(OSError):
            found += sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name))
    return found


def _earlier() -> list[Path]:
    """The folder of catalogues that earlier versions came with; none while there are none."""
    try:
        return [resource("catalogue", EARLIER)]
    except FileNotFoundError:
        return []


def _opened(path: Path) -> Catalogue | None:
    """The catalogue of a file of the store, if it still is what its name says."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, changed: int, size: int) -> Catalogue | None:
    try:
        catalogue = read_packed(path)
    except CatalogueFileError:
        return None
    return catalogue if path.name == f"{catalogue.id}{SUFFIX}" else None
