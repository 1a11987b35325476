"""Other editions of the shipped catalogue, as files: newer, older, and broken in many ways."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pricing.catalogue import Catalogue, load_catalogue
from pricing.catalogue.packed import pack, unpack

Parts = dict[str, bytes]
Change = Callable[[list[dict[str, Any]]], object]
NEWER, OLDER = "2026-12-20", "2026-10-20"
MODEL = "openai/gpt-5-mini"
"""Sold by the token, and part of the sample plan of a help desk."""


def shipped_parts() -> Parts:
    """Every part of the shipped catalogue's file, manifest included."""
    with zipfile.ZipFile(io.BytesIO(pack(load_catalogue()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Parts as an archive, whatever they are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def sealed(parts: Mapping[str, bytes], **said: Any) -> Parts:
    """Parts with a manifest that is right for them; `said` changes what else it says."""
    manifest = json.loads(parts["manifest.json"]) | said
    manifest["sha256"] = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in parts.items()
        if name != "manifest.json"
    }
    return {**parts, "manifest.json": json.dumps(manifest).encode()}


def changed(parts: Mapping[str, bytes], name: str, change: Change) -> Parts:
    """Parts with other entries in one of them."""
    document = json.loads(parts[name])
    change(document["entries"])
    return {**parts, name: json.dumps(document).encode()}


def entry(entries: list[dict[str, Any]], identifier: str) -> dict[str, Any]:
    """The entry of an id."""
    return next(entry for entry in entries if entry["id"] == identifier)


def dearer(entries: list[dict[str, Any]], by: float = 2) -> None:
    """Input tokens of the model cost more, on every day."""
    for prices in entry(entries, MODEL)["prices"]:
        prices["input"] *= by


def edition(
    day: str = NEWER, change: Change = dearer, name: str = "token_models.json"
) -> Catalogue:
    """The shipped catalogue with another day and other entries of one kind."""
    return unpack(zipped(sealed(changed(shipped_parts(), name, change), data_date=day)))


def written(folder: Path, catalogue: Catalogue, name: str = "prices.reckoncat") -> Path:
    """A catalogue as a file."""
    path = folder / name
    path.write_bytes(pack(catalogue))
    return path
