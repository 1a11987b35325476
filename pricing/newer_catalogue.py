"""What another catalogue would change in a plan, and what a reader must know of the one in use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pricing.bill import BillError, write_bill
from pricing.catalogue import Catalogue
from pricing.catalogue.changes import DIGITS
from pricing.catalogue.installed import present_catalogue
from pricing.finding import Finding
from pricing.ledger import Input, Ledger, LedgerError
from pricing.plan.plan import Plan

PATH = "catalogue"
"""Of the plan's field that findings here are about."""


_DATED = re.compile(r"(?P<label>.*) from (?P<since>\d{4}-\d\d-\d\d)")
_NUMBER = re.compile(r"\.\d+$")
_Steps = dict[str, Input]
"""Inputs for one thing by the day from which each holds; empty for the first."""


@dataclass(frozen=True, slots=True)
class InputChange:
    """An input of a plan's bill that has another value with another catalogue."""

    section: str
    """Title of its section, an option for most."""
    label: str
    since: str
    """Day from which the values differ, for prices that change; empty for the first."""
    old: float | None
    """None where the bill has it only with the new catalogue."""
    new: float | None
    """None where the bill has it only with the old catalogue."""
    old_unit: str
    new_unit: str


def changed_inputs(old: Ledger, new: Ledger) -> tuple[InputChange, ...]:
    """The inputs with other values, in the order of the bill.

    Prices that change over time are compared in force against in force: a date that only one of
    the bills has is no difference in itself.
    """
    titles = {section.key: section.title for section in (*old.sections, *new.sections)}
    was, now = _by_thing(old), _by_thing(new)
    changes: list[InputChange] = []
    for thing in dict.fromkeys((*was, *now)):
        before: tuple[object, ...] = ((), ())
        for since in sorted({*was.get(thing, {}), *now.get(thing, {})}):
            one, other = (_in_force(steps.get(thing, {}), since) for steps in (was, now))
            known = other if one is None else one
            said = (_said(one), _said(other))
            if known is not None and said[0] != said[1] and said != before:
                changes.append(
                    InputChange(
                        titles.get(known.section, known.section), _label(known), since,
                        None if one is None else one.value, None if other is None else other.value,
                        "" if one is None else one.unit, "" if other is None else other.unit,
                    )
                )  # fmt: skip
            before = said
    return tuple(changes)


def _by_thing(ledger: Ledger) -> dict[str, _Steps]:
    """Every input but dates, those of one price at several dates together."""
    found: dict[str, _Steps] = {}
    for entry in ledger.inputs:
        if entry.unit == "date":
            continue
        dated = _DATED.fullmatch(entry.label)
        thing = _NUMBER.sub("", entry.key) if dated or entry.key.endswith(".0") else entry.key
        found.setdefault(thing, {})[dated["since"] if dated else ""] = entry
    return found


def _in_force(steps: _Steps, since: str) -> Input | None:
    days = [day for day in steps if day <= since]
    return steps[max(days)] if days else None


def _label(entry: Input) -> str:
    dated = _DATED.fullmatch(entry.label)
    return dated["label"] if dated else entry.label


def _said(entry: Input | None) -> tuple[object, ...]:
    return () if entry is None else (f"{entry.value:.{DIGITS}g}", entry.unit)


def catalogue_findings(
    plan: Plan, used: Catalogue, ledger: Ledger, today: date
) -> Iterator[Finding]:
    """Whether a plan's own catalogue is not here, or a newer one is.

    Args:
        plan: The plan.
        used: The catalogue it was evaluated with.
        ledger: Its bill with that catalogue.
        today: The day from which the age of figures is counted.
    """
    named = plan.catalogue
    if named is not None and named.id != used.id:
        facts: dict[str, str | float] = {
            "day": named.date.isoformat(), "id": named.id[:12],
            "used": used.data_date.isoformat(), "used_id": used.id[:12],
        }  # fmt: skip
        yield Finding("catalogue.not_installed", "warning", PATH, facts)
    newer = present_catalogue()
    if newer.id == used.id or newer.data_date < used.data_date:
        return
    facts = {"day": used.data_date.isoformat(), "newer": newer.data_date.isoformat()}
    try:
        changes = changed_inputs(ledger, write_bill(plan, newer, today).ledger)
    except (BillError, LedgerError) as error:
        said = str(getattr(error, "message", error)).rstrip(".")
        yield Finding("catalogue.newer_fails", "note", PATH, {**facts, "reason": said})
        return
    if not changes:
        yield Finding("catalogue.newer_same", "note", PATH, facts)
    elif len(changes) == 1:
        yield Finding("catalogue.newer_one", "note", PATH, facts)
    else:
        yield Finding("catalogue.newer", "note", PATH, {**facts, "changed": float(len(changes))})
