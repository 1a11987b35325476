"""Looks over a catalogue: damaged files, figures without origin, gaps, and what has grown old."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pricing.catalogue.catalogue import MANIFEST, Catalogue
from pricing.catalogue.dates import STALE_AFTER_MONTHS, is_stale
from pricing.catalogue.errors import CatalogueError
from pricing.catalogue.figures import figures_of
from pricing.catalogue.shelf import Shelf
from pricing.catalogue.tokens import TokenModel
from pricing.plan.figure import Figure, Price
from pricing.plan.model import Frozen

TIMELESS = ("accelerator", "open model")
"""Kinds whose figures do not change once the thing exists."""
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a keeper of the catalogue must know."""

    severity: Severity
    code: str
    entry: str
    """Id of the entry or name of the file it is about."""
    sentence: str


def check_catalogue(catalogue: Catalogue, today: date) -> list[Problem]:
    """Every problem of a catalogue on a day: errors first, then warnings, then notes."""
    found = list(_files(catalogue))
    owners: dict[str, str] = {}
    for shelf in catalogue.shelves:
        found += _shelf(shelf, owners, today)
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda problem: order[problem.severity])


def _files(catalogue: Catalogue) -> Iterator[Problem]:
    """Files that are not the ones the manifest was written for."""
    try:
        expected: dict[str, str] = catalogue.manifest["sha256"]
    except CatalogueError as error:
        yield Problem("error", "no_manifest", MANIFEST, str(error))
        return
    shipped = {shelf.path.name for shelf in catalogue.shelves}
    for name in sorted(shipped | set(expected)):
        file = catalogue.folder / name
        if name not in expected:
            yield Problem("error", "not_in_manifest", name, f"{name} is not in the manifest.")
        elif not file.exists():
            yield Problem("error", "file_missing", name, f"{file} is missing.")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != expected[name]:
            yield Problem(
                "error",
                "file_changed",
                name,
                f"{name} is not the file that was shipped: its SHA-256 differs from the manifest.",
            )


def _shelf(shelf: Shelf[Any], owners: dict[str, str], today: date) -> Iterator[Problem]:
    """Problems of the entries of one kind; `owners` tells which kind has an id."""
    try:
        identifiers = shelf.identifiers()
    except CatalogueError as error:
        yield Problem("error", "file_damaged", shelf.path.name, str(error))
        return
    yield from _duplicates(shelf.kind, identifiers, owners)
    ages: Counter[str] = Counter()
    for identifier in dict.fromkeys(identifiers):
        try:
            entry: Frozen = shelf.entry(identifier)
        except CatalogueError as error:
            yield Problem("error", "entry_damaged", identifier, str(error))
            continue
        for path, figure in figures_of(entry):
            yield from _figure(identifier, path, figure, today)
            ages[_age(figure, today)] += 1
        if isinstance(entry, TokenModel):
            yield from _token_model(entry, today)
        if getattr(entry, "gap", False):
            yield Problem(
                "note", "gap", identifier, f"No public figure was found for {identifier!r}."
            )
    yield from _old(shelf, ages)


def _duplicates(kind: str, identifiers: Sequence[str], owners: dict[str, str]) -> Iterator[Problem]:
    """Ids that two entries have."""
    for identifier, count in Counter(identifiers).items():
        if count > 1:
            yield Problem(
                "error", "duplicate", identifier, f"{count} entries have the id {identifier!r}."
            )
        other = owners.setdefault(identifier, kind)
        if other != kind:
            yield Problem(
                "error",
                "duplicate",
                identifier,
                f"{identifier!r} names both a {other} and a {kind}.",
            )


def _old(shelf: Shelf[Any], ages: Counter[str]) -> Iterator[Problem]:
    """How many figures of one kind are too old, or have no date to tell it by."""
    words = {"stale": f"are older than {STALE_AFTER_MONTHS} months", "undated": "have no date"}
    for age, what in words.items():
        if ages[age]:
            yield Problem(
                "note" if shelf.kind in TIMELESS else "warning",
                age,
                shelf.path.name,
                f"{ages[age]} of {ages.total()} figures ({shelf.kind}) {what}.",
            )


def _age(figure: Figure, today: date) -> str:
    if figure.as_of is None:
        return "undated"
    return "stale" if is_stale(figure, today) else "fresh"


def _figure(identifier: str, path: str, figure: Figure, today: date) -> Iterator[Problem]:
    """What a figure lacks of its origin, and figures from the future."""
    for name in ("unit", "source", "region"):
        if not getattr(figure, name).strip():
            yield Problem(
                "error",
                f"no_{name}",
                identifier,
                f"{path} of {identifier!r} does not state its {name}.",
            )
    if figure.confidence == "entered":
        yield Problem(
            "error",
            "no_confidence",
            identifier,
            f"{path} of {identifier!r} does not state how sure it is.",
        )
    if isinstance(figure, Price) and figure.currency is None:
        yield Problem(
            "error", "no_currency", identifier, f"{path} of {identifier!r} has no currency."
        )
    if figure.as_of is not None and figure.as_of > today:
        yield Problem(
            "error",
            "future_date",
            identifier,
            f"{path} of {identifier!r} is dated {figure.as_of.isoformat()}, after today.",
        )


def _token_model(model: TokenModel, today: date) -> Iterator[Problem]:
    """Prices out of order, and price changes that are announced."""
    days = [prices.effective_from or date.min for prices in model.prices]
    if not days or days != sorted(set(days)):
        yield Problem(
            "error",
            "prices_out_of_order",
            model.id,
            f"The prices of {model.id!r} are not in order of their days.",
        )
    for prices in model.prices:
        steps = [tier.above_tokens for tier in prices.long_context]
        if steps != sorted(set(steps)):
            yield Problem(
                "error",
                "tiers_out_of_order",
                model.id,
                f"The long-context tiers of {model.id!r} are not in order of their lengths.",
            )
        if prices.effective_from is not None and prices.effective_from > today:
            yield Problem(
                "note",
                "price_change_ahead",
                model.id,
                f"From {prices.effective_from.isoformat()} {model.id!r} costs "
                f"{prices.input.value:g} in and {prices.output.value:g} out "
                f"({prices.input.unit}).",
            )
