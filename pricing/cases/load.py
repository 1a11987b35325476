"""Cases from their folders in resources/cases/."""

import csv
import difflib
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from pricing.cases.case import Case, CaseFile
from pricing.cases.reading import TableRow
from pricing.plan.file import PlanFileError, load_plan
from pricing.resources import resource


class CaseError(ValueError):
    """A case that does not exist or cannot be read; one sentence."""


def all_cases() -> tuple[Case, ...]:
    """Every published case, in the order of their ids."""
    return _shipped()


def find_case(case_id: str) -> Case:
    """The case of this id, capital letters or not; raises CaseError naming close ids."""
    by_id = {case.id.lower(): case for case in all_cases()}
    if case_id.lower() in by_id:
        return by_id[case_id.lower()]
    close = difflib.get_close_matches(case_id.lower(), by_id, n=3, cutoff=0.4)
    names = ", ".join(by_id[name].id for name in close or by_id)
    raise CaseError(
        f"There is no case {case_id!r}; {'close to it' if close else 'known'}: {names}."
    )


def load_case(folder: Path) -> Case:
    """Read one case.

    Raises:
        CaseError: for a file that is missing or not what it should be.
    """
    try:
        file = CaseFile.model_validate_json((folder / "case.json").read_bytes())
        plans = {name: load_plan(folder / name) for name in {s.plan for s in file.scenarios}}
        tables = {
            name: _table(folder / name) for name in {s.each for s in file.scenarios if s.each}
        }
    except (OSError, ValidationError, PlanFileError) as error:
        raise CaseError(f"The case in {folder.name} cannot be read: {error}") from None
    return Case(file=file, plans=plans, tables=tables)


@cache
def _shipped() -> tuple[Case, ...]:
    folders = sorted(path.parent for path in resource("cases").glob("*/case.json"))
    return tuple(sorted((load_case(folder) for folder in folders), key=lambda case: case.id))


def _table(path: Path) -> tuple[TableRow, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            {column: _cell(text) for column, text in row.items()} for row in csv.DictReader(stream)
        )


def _cell(text: str) -> str | int | float | None:
    if text == "":
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text
