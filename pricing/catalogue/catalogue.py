"""The catalogue: every dated fact Reckoner ships, by kind and id."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from pricing.catalogue.assumption import Assumption, Fact
from pricing.catalogue.errors import CatalogueError, unknown_entry
from pricing.catalogue.hardware import (
    ApplianceEntry,
    Part,
    ReferenceCheck,
    Rental,
    Server,
)
from pricing.catalogue.models import Accelerator, OpenModel
from pricing.catalogue.records import plain, rental, token_model
from pricing.catalogue.shelf import Header, Place, Record, Shelf, Summary
from pricing.catalogue.tokens import TokenModel
from pricing.plan.model import Frozen
from pricing.plan.recorded import CatalogueReference
from pricing.resources import resource

MANIFEST = "manifest.json"
EntryT = TypeVar("EntryT", bound=Frozen)


class Catalogue:
    """The catalogue in one folder or archive; each file is read when first asked for."""

    def __init__(self, folder: Place) -> None:
        self.folder = folder
        self._token_models = self._shelf("token model", "token_models.json", token_model)
        self._rentals = self._shelf("rented instance", "rentals.json", rental)
        self._servers = self._shelf("server", "servers.json", plain(Server))
        self._appliances = self._shelf("appliance", "appliances.json", plain(ApplianceEntry))
        self._parts = self._shelf("part", "parts.json", plain(Part))
        self._checks = self._shelf(
            "reference check", "reference_checks.json", plain(ReferenceCheck)
        )
        self._accelerators = self._shelf("accelerator", "accelerators.json", plain(Accelerator))
        self._open_models = self._shelf("open model", "open_models.json", plain(OpenModel))
        self._assumptions = self._shelf("assumption", "assumptions.json", plain(Assumption))
        self._facts = self._shelf("fact", "facts.json", plain(Fact))

    def _shelf(
        self, kind: str, file: str, make: Callable[[Record, Header], EntryT]
    ) -> Shelf[EntryT]:
        return Shelf(kind, self.folder / file, make)

    @cached_property
    def shelves(self) -> tuple[Shelf[Any], ...]:
        """Every kind of entry, in the order a person would look."""
        return (
            self._token_models,
            self._rentals,
            self._servers,
            self._appliances,
            self._assumptions,
            self._accelerators,
            self._open_models,
            self._parts,
            self._checks,
            self._facts,
        )

    def token_model(self, identifier: str) -> TokenModel:
        """A model sold by the token; raises CatalogueError naming close ids."""
        return self._token_models.entry(identifier)

    def rental(self, identifier: str) -> Rental:
        """A rented instance; raises CatalogueError naming close ids."""
        return self._rentals.entry(identifier)

    def server(self, identifier: str) -> Server:
        """A server to own; raises CatalogueError naming close ids."""
        return self._servers.entry(identifier)

    def appliance(self, identifier: str) -> ApplianceEntry:
        """An all-in-one machine; raises CatalogueError naming close ids."""
        return self._appliances.entry(identifier)

    def part(self, identifier: str) -> Part:
        """A card, licence, network gear or power figure; raises CatalogueError naming close ids."""
        return self._parts.entry(identifier)

    def accelerator(self, identifier: str) -> Accelerator:
        """An accelerator's data sheet; raises CatalogueError naming close ids."""
        return self._accelerators.entry(identifier)

    def open_model(self, identifier: str) -> OpenModel:
        """An open-weights model; raises CatalogueError naming close ids."""
        return self._open_models.entry(identifier)

    def assumption(self, identifier: str) -> Assumption:
        """A figure to assume; raises CatalogueError naming close ids."""
        return self._assumptions.entry(identifier)

    def fact(self, identifier: str) -> Fact:
        """A fact about an API; raises CatalogueError naming close ids."""
        return self._facts.entry(identifier)

    def token_models(self, search: str = "") -> list[Summary]:
        """Lines for a picker of token-priced models."""
        return self._token_models.summaries(search)

    def hosted_models(self, search: str = "") -> list[Summary]:
        """The same without those whose weights are known to be closed: others may host the rest."""
        records = self._token_models.records()
        return [
            line for line in self.token_models(search)
            if records[line.id].get("open_weights") is not False
        ]  # fmt: skip

    def rentals(self, search: str = "") -> list[Summary]:
        """Lines for a picker of rented instances."""
        return self._rentals.summaries(search)

    def servers(self, search: str = "") -> list[Summary]:
        """Lines for a picker of servers."""
        return self._servers.summaries(search)

    def appliances(self, search: str = "") -> list[Summary]:
        """Lines for a picker of appliances."""
        return self._appliances.summaries(search)

    def parts(self, search: str = "") -> list[Summary]:
        """Lines for a picker of cards, licences, network gear and power figures."""
        return self._parts.summaries(search)

    def accelerators(self, search: str = "") -> list[Summary]:
        """Lines for a picker of accelerators."""
        return self._accelerators.summaries(search)

    def open_models(self, search: str = "") -> list[Summary]:
        """Lines for a picker of open-weights models."""
        return self._open_models.summaries(search)

    def assumptions(self, search: str = "") -> list[Summary]:
        """Lines for a picker of assumptions."""
        return self._assumptions.summaries(search)

    def find(self, identifier: str) -> Frozen:
        """The entry of that id, whatever its kind.

        Raises:
            CatalogueError: there is none; the message names the closest ids of all kinds.
        """
        for shelf in self.shelves:
            if identifier in shelf:
                entry: Frozen = shelf.entry(identifier)
                return entry
        known = [key for shelf in self.shelves for key in shelf.records()]
        raise unknown_entry("entry", identifier, known)

    def search(self, text: str) -> list[tuple[str, Summary]]:
        """Every entry with all the words of a text, as (kind, line)."""
        return [(shelf.kind, line) for shelf in self.shelves for line in shelf.summaries(text)]

    def gaps(self) -> list[Summary]:
        """Entries for which no public figure was found."""
        return [
            line
            for shelf in self.shelves
            for line in shelf.summaries()
            if shelf.records()[line.id].get("gap")
        ]

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """When and from what the files were made, what was left out, and their SHA-256.

        Raises:
            CatalogueError: it is missing or damaged.
        """
        path = self.folder / MANIFEST
        try:
            manifest: dict[str, Any] = json.loads(path.read_bytes())
            date.fromisoformat(manifest["data_date"])
            dict(manifest["sha256"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(
                f"The catalogue file {path} cannot be read; install Reckoner again ({error})."
            ) from error
        return manifest

    @cached_property
    def reference(self) -> CatalogueReference:
        """What names this catalogue for good; raises CatalogueError for a damaged manifest."""
        day = self.data_date
        content = (self.folder / MANIFEST).read_bytes()
        return CatalogueReference(id=hashlib.sha256(content).hexdigest(), date=day)

    @property
    def id(self) -> str:
        """SHA-256 of its manifest, which holds that of every file."""
        return self.reference.id

    @property
    def data_date(self) -> date:
        """The day its sources were read; raises CatalogueError for a damaged manifest."""
        return date.fromisoformat(self.manifest["data_date"])


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The catalogue shipped with Reckoner, the same object each time.

    Raises:
        CatalogueError: its folder is missing.
    """
    try:
        return Catalogue(resource("catalogue"))
    except FileNotFoundError as error:
        raise CatalogueError(str(error)) from error
