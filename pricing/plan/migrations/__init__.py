"""How a plan saved by an older version is brought to today's file format.

One step per version lives in a file of its own (`to_2.py`), turns the document of the version
before into that version, imports nothing of ours and is never edited later:

    @migration(to=2)
    def rename_power_price(document: dict[str, Any]) -> dict[str, Any]:
        document["electricity"] = document.pop("power_price")
        return document

A step is also needed where a default changes: files leave out what equals the default, so the
step writes the old default into the files that relied on it. A new step is imported at the end of
this file. Schema 1 is the first, so there is none yet.

Public names: `migration`, `migrate`, `MigrationError`.
"""

from collections.abc import Callable, MutableMapping
from copy import deepcopy
from typing import Any

Document = dict[str, Any]
Step = Callable[[Document], Document]

STEPS: MutableMapping[int, Step] = {}
"""The steps by the version they lead to."""


class MigrationError(Exception):
    """A document that cannot be brought to the version asked for: a step is missing or failed."""


def migration(to: int, steps: MutableMapping[int, Step] = STEPS) -> Callable[[Step], Step]:
    """Register the step that leads to version `to`; there is one per version."""

    def register(step: Step) -> Step:
        if to < 2 or to in steps:
            raise ValueError(f"a step to schema {to} exists already or cannot exist")
        steps[to] = step
        return step

    return register


def migrate(document: Document, to: int, steps: MutableMapping[int, Step] = STEPS) -> Document:
    """A copy of a document in schema `to`, its own "schema" telling where to start.

    Raises MigrationError when a step is missing or cannot read what it finds.
    """
    version = document["schema"]
    if version == to:
        return document
    migrated = deepcopy(document)
    for number in range(version + 1, to + 1):
        step = steps.get(number)
        if step is None:
            raise MigrationError(f"there is no step from schema {number - 1} to {number}")
        try:
            migrated = step(migrated)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise MigrationError(f"the step to schema {number} failed: {error!r}") from error
        migrated["schema"] = number
    return migrated
