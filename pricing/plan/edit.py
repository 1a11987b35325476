"""Checked edits of a plan: a new plan with one thing changed, or an error that says why not.

Paths are names of fields joined by dots; entries of a list go by id or index:
"workload.chat.requests", "options.owned.capacity.usable_share", "options.0.name".
"""

from typing import Any

from pricing.plan.checked import EditError, as_document, checked, located, put
from pricing.plan.entries import (
    ListEdit,
    SideEffect,
    fresh_id,
    with_item_added,
    with_item_duplicated,
    with_item_moved,
    with_item_removed,
)
from pricing.plan.figure import Figure
from pricing.plan.path import value_of
from pricing.plan.plan import Plan
from pricing.plan.references import rename_references

__all__ = [
    "EditError",
    "ListEdit",
    "SideEffect",
    "edited",
    "fresh_id",
    "value_at",
    "with_item_added",
    "with_item_duplicated",
    "with_item_moved",
    "with_item_removed",
]


def value_at(plan: Plan, path: str) -> Any:  # noqa: ANN401
    """What stands at a path; the whole plan at the empty path. Raises EditError."""
    return value_of(plan, located(plan, path))


def edited(plan: Plan, path: str, value: object) -> Plan:
    """A checked copy of the plan with one field changed. Raises EditError naming every fault.

    A figure given a new number loses where the old one came from (source, link, date, range,
    region, confidence, note): the number is the buyer's from then on. It keeps currency and unit,
    which say what the number counts. The same number again changes nothing. References to an
    entry follow when its id changes. Models, documents and None are possible values too.
    """
    steps = located(plan, path)
    if not steps:
        return checked(as_document(value))
    document = plan.model_dump()
    old = value_of(plan, steps)
    parent = value_of(plan, steps[:-1])
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(parent, Figure) and steps[-1] == "value":
            steps, old = steps[:-1], parent
        if isinstance(old, Figure):
            value = old if value == old.value else _kept_meaning(old, value)
    put(document, steps, as_document(value))
    if steps[-1] == "id" and isinstance(old, str) and isinstance(value, str):
        rename_references(document, str(steps[0]), old, value)
    return checked(document)


def _kept_meaning(old: Figure, value: float) -> dict[str, object]:
    meaning = {name: getattr(old, name, None) for name in ("currency", "unit")}
    return {"value": value, **{name: kept for name, kept in meaning.items() if kept}}
