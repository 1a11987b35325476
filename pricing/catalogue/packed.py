"""The `.reckoncat` file: a catalogue packed for another machine, and how much of it is believed.

A zip archive, nothing in it compressed or dated so that the same facts give the same bytes:
`manifest.json` first, then every file it names with its SHA-256. Nothing is ever unpacked to disk.
"""

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pricing.catalogue.catalogue import MANIFEST, Catalogue
from pricing.catalogue.errors import CatalogueFileError
from pricing.catalogue.manifest import NAME_PATTERN, SCHEMA, Manifest
from pricing.plan.foreign import foreign_kind

SUFFIX: Final = ".reckoncat"
LARGEST_FILE, LARGEST_PART, MOST_PARTS = 64_000_000, 32_000_000, 64
"""Bytes of a file, bytes of a part once read, parts: the shipped catalogue has 1.3 MB in 12."""
_DATED = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def pack(catalogue: Catalogue) -> bytes:
    """A catalogue as the content of a file; the same catalogue always gives the same bytes.

    Raises:
        CatalogueError: it is damaged.
    """
    manifest = Manifest.model_validate(catalogue.manifest)
    parts = {MANIFEST: (catalogue.folder / MANIFEST).read_bytes()}
    for name in sorted(manifest.sha256):
        parts[name] = (catalogue.folder / name).read_bytes()
    _compare(manifest, parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def read_packed(path: Path) -> Catalogue:
    """The catalogue of a file, whole and of a form this version reads; its entries are not read.

    Raises:
        CatalogueFileError: for anything else, in one sentence.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CatalogueFileError("it is a folder or a device, not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CatalogueFileError(f"it cannot be read ({reason})") from None
    return unpack(content)


def unpack(content: bytes) -> Catalogue:
    """The same of the content of a file."""
    parts = _parts(content)
    manifest = _manifest(parts)
    _compare(manifest, parts)
    # from verified bytes only, so that nothing an archive may hide is read later
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATED), part)
    catalogue = Catalogue(zipfile.Path(zipfile.ZipFile(clean)))
    for shelf in catalogue.shelves:
        if shelf.path.name not in manifest.sha256:
            raise CatalogueFileError(f"it has no {shelf.path.name}, which every catalogue has")
    return catalogue


def _parts(content: bytes) -> dict[str, bytes]:
    """Every file of an archive by its name; refuses whatever a catalogue never has."""
    if len(content) > LARGEST_FILE:
        raise CatalogueFileError(f"it has more than {LARGEST_FILE // 10**6} MB")
    if not content:
        raise CatalogueFileError("it is empty")
    if not content.startswith(b"PK\x03\x04"):
        kind = foreign_kind(content)
        raise CatalogueFileError(
            f"it is {kind or 'a text'}, not a catalogue that Reckoner exported"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except _BROKEN:
        raise CatalogueFileError("it is cut off or damaged; copy it again") from None
    _check_entries(entries)
    parts = {}
    for entry in entries:
        try:
            with archive.open(entry) as file:
                part = file.read(LARGEST_PART + 1)
        except _BROKEN:
            raise CatalogueFileError(f"{entry.filename} in it is damaged; copy it again") from None
        if len(part) > LARGEST_PART:
            raise _too_large(entry.filename)
        parts[entry.filename] = part
    return parts


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by the table of contents, before anything is read."""
    names = [entry.filename for entry in entries]
    if MANIFEST not in names:
        raise CatalogueFileError(f"it has no {MANIFEST}, so it is no catalogue")
    if len(names) > MOST_PARTS:
        raise CatalogueFileError(f"it has {len(names):,} parts, more than {MOST_PARTS}")
    for entry in entries:
        if not re.fullmatch(NAME_PATTERN, entry.filename, re.ASCII):
            raise CatalogueFileError(
                f"it has a part named {entry.filename[:80]!r}, which is no plain file name"
            )
        if names.count(entry.filename) > 1:
            raise CatalogueFileError(f"it has {entry.filename} twice")
        if entry.file_size > LARGEST_PART:
            raise _too_large(entry.filename)
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _READABLE:
            raise CatalogueFileError(f"{entry.filename} in it is encrypted or packed otherwise")
    if sum(entry.file_size for entry in entries) > LARGEST_FILE:
        raise CatalogueFileError(f"its parts have more than {LARGEST_FILE // 10**6} MB together")


def _too_large(name: str) -> CatalogueFileError:
    return CatalogueFileError(f"{name} in it has more than {LARGEST_PART // 10**6} MB")


def _manifest(parts: Mapping[str, bytes]) -> Manifest:
    try:
        said = json.loads(parts[MANIFEST])
    except (ValueError, RecursionError):
        raise CatalogueFileError(f"its {MANIFEST} is no JSON") from None
    schema = said.get("schema") if isinstance(said, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        raise CatalogueFileError(
            f"it is of form {schema}, and this version of Reckoner reads form {SCHEMA}; install a "
            "newer Reckoner"
        )
    try:
        return Manifest.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"])) or "it"
        raise CatalogueFileError(f"its {MANIFEST} is not right: {at}: {first['msg']}") from None


def _compare(manifest: Manifest, parts: Mapping[str, bytes]) -> None:
    """Refuse files that are not the ones the manifest was written for."""
    for name in sorted(set(manifest.sha256) | (set(parts) - {MANIFEST})):
        if name not in parts:
            raise CatalogueFileError(f"{name} is missing, which its manifest names")
        if name not in manifest.sha256:
            raise CatalogueFileError(f"it has {name}, which its manifest does not name")
        if hashlib.sha256(parts[name]).hexdigest() != manifest.sha256[name]:
            raise CatalogueFileError(
                f"{name} is not the file its manifest was written for: the SHA-256 differs"
            )
