"""Looks at every entry of a catalogue that came from elsewhere, before it is used."""

import json
import re
from datetime import date

from pydantic import ValidationError

from pricing.catalogue.catalogue import Catalogue
from pricing.catalogue.check import check_catalogue
from pricing.catalogue.errors import CatalogueError, CatalogueFileError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def verify(catalogue: Catalogue, today: date) -> None:
    """Make every entry and look it over.

    Raises:
        CatalogueFileError: naming the first fault and how many more there are.
    """
    for shelf in catalogue.shelves:
        _check_form(_json_of(catalogue, shelf.path.name), shelf.path.name)
        for identifier in shelf.identifiers():
            try:
                shelf.entry(identifier)
            except CatalogueError as error:
                raise CatalogueFileError(
                    f"the entry {identifier!r} of {shelf.path.name} is not right: "
                    f"{_why(error.__cause__)}"
                ) from None
    problems = check_catalogue(catalogue, max(today, catalogue.data_date))
    errors = [problem.sentence for problem in problems if problem.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1:,} more faults)" if len(errors) > 1 else ""
        raise CatalogueFileError(f"{_first_line(errors[0])}{more}")


def _why(cause: BaseException | None) -> str:
    if not isinstance(cause, ValidationError):
        return f"{type(cause).__name__}: {_first_line(str(cause))}"
    first = cause.errors()[0]
    return f"{'.'.join(map(str, first['loc'])) or 'as a whole'}: {_first_line(first['msg'])}"


def _json_of(catalogue: Catalogue, name: str) -> object:
    """What one of its files says; raises CatalogueFileError where it is no JSON."""
    try:
        return json.loads((catalogue.folder / name).read_bytes())
    except (ValueError, RecursionError) as error:
        raise CatalogueFileError(f"{name} is no JSON ({_first_line(str(error))})") from None


def _check_form(document: object, name: str) -> None:
    """Refuse what no shelf can be made of, and texts that no screen or workbook can show."""
    entries = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise CatalogueFileError(f"{name} has no list of entries")
    for number, entry in enumerate(entries, start=1):
        identifier = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(identifier, str) or identifier != identifier.strip().lower():
            raise CatalogueFileError(f"entry {number} of {name} has no id in lower-case letters")
    pending: list[object] = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            pending += value
        elif isinstance(value, str) and _CONTROL.search(value):
            raise CatalogueFileError(f"{name} has a control character in {value[:60]!r}")


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].rstrip(" .")
