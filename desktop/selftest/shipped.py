"""Everything of resources/ that Reckoner reads came with this copy and can be read."""

import json
from datetime import date

from desktop.selftest.check import Place, require
from pricing.catalogue import check_catalogue, load_catalogue
from pricing.resources import resource


def listed() -> tuple[str, ...]:
    """Files below resources/ that must be there; `packaging/self_test_figures.py` lists them."""
    return tuple(resource("selftest", "files.txt").read_text(encoding="utf-8").split())


def resources_there(_place: Place) -> str:
    """Find every file; read every text and every JSON file."""
    names = listed()
    require(bool(names), "resources/selftest/files.txt is empty")
    missing = []
    for name in names:
        try:
            content = resource(*name.split("/")).read_bytes()
        except FileNotFoundError:
            missing.append(name)
            continue
        require(bool(content), f"resources/{name} is empty")
        if name.endswith((".json", ".reckon")):
            try:
                json.loads(content)
            except ValueError as error:
                raise ValueError(f"resources/{name} is damaged: {error}") from None
        else:
            content.decode("utf-8")
    more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
    require(not missing, f"resources/{missing[0] if missing else ''} is missing{more}")
    return f"{len(names)} files"


def catalogue_whole(_place: Place) -> str:
    """Hold the catalogue's files against the hashes they came with and make every entry."""
    catalogue = load_catalogue()
    problems = check_catalogue(catalogue, date.today())  # noqa: DTZ011  # errors know no day
    errors = [problem.sentence for problem in problems if problem.severity == "error"]
    require(not errors, errors[0] if errors else "")
    entries = sum(len(shelf.identifiers()) for shelf in catalogue.shelves)
    return f"{entries} entries of {catalogue.data_date}, SHA-256 as in the manifest"
