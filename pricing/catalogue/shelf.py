"""One catalogue file: read when first asked for, entries made when asked for."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pricing.catalogue.errors import CatalogueError, unknown_entry
from pricing.plan.model import Frozen

EntryT = TypeVar("EntryT", bound=Frozen)
Record = Mapping[str, Any]
Place = Path | zipfile.Path
"""A file or folder on disk, or in an archive."""
Header = Mapping[str, Any]


class Summary(NamedTuple):
    """One line of a picker."""

    id: str
    name: str
    provider: str
    region: str


class Shelf(Generic[EntryT]):
    """The entries of one kind.

    The JSON file holds an object whose `entries` are a list of objects with an `id`; its other
    keys (the header) hold what entries share.
    """

    def __init__(
        self,
        kind: str,
        path: Place,
        make: Callable[[Record, Header], EntryT],
    ) -> None:
        self.kind = kind
        self.path = path
        self._make = make
        self._header: Header = {}
        self._records: dict[str, Record] | None = None
        self._identifiers: tuple[str, ...] = ()
        self._entries: dict[str, EntryT] = {}

    def entry(self, identifier: str) -> EntryT:
        """The entry of that id, upper and lower case alike.

        Raises:
            CatalogueError: there is none, or the file is damaged.
        """
        key = identifier.strip().lower()
        if key not in self._entries:
            records = self.records()
            if key not in records:
                raise unknown_entry(self.kind, identifier, records)
            try:
                self._entries[key] = self._make(records[key], self._header)
            except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
                raise CatalogueError(
                    f"The entry {key!r} of {self.path.name} is damaged; install Reckoner again "
                    f"({error})."
                ) from error
        return self._entries[key]

    def __contains__(self, identifier: str) -> bool:
        return identifier.strip().lower() in self.records()

    def entries(self) -> list[EntryT]:
        """Every entry; slow for large files, meant for checks."""
        return [self.entry(identifier) for identifier in self.records()]

    def summaries(self, search: str = "") -> list[Summary]:
        """Lines for a picker whose id, name, provider or region has every word of `search`."""
        words = search.lower().split()
        providers = self.header().get("providers", {})
        lines = []
        for record in self.records().values():
            provider = record.get("provider") or record.get("vendor") or ""
            shared = providers.get(provider, {})
            line = Summary(
                record["id"],
                record["name"],
                shared.get("name") or provider,
                record.get("region") or shared.get("region") or "",
            )
            if all(word in " ".join(line).lower() for word in words):
                lines.append(line)
        return lines

    def identifiers(self) -> tuple[str, ...]:
        """The ids as they stand in the file, duplicates included."""
        self.records()
        return self._identifiers

    def header(self) -> Header:
        """What the entries of the file share."""
        self.records()
        return self._header

    def records(self) -> dict[str, Record]:
        """The file as it is, by id.

        Raises:
            CatalogueError: the file is missing or damaged.
        """
        if self._records is None:
            try:
                document = json.loads(self.path.read_bytes())
                self._identifiers = tuple(record["id"] for record in document["entries"])
                self._records = {record["id"]: record for record in document["entries"]}
                self._header = {key: document[key] for key in document if key != "entries"}
            except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
                raise CatalogueError(
                    f"The catalogue file {self.path} cannot be read; install Reckoner again "
                    f"({error})."
                ) from error
        return self._records
