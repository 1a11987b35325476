"""Differences between catalogues as tables and JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pricing.catalogue import Catalogue, change_words
from pricing.catalogue.changes import Changes, FigureChange, Named
from pricing.cli.numbers import NONE, figure
from pricing.cli.overview import bullet
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.newer_catalogue import InputChange

MOST = 30
"""Rows and names shown where not all are asked for."""


def titled(catalogue: Catalogue) -> str:
    """Day and beginning of the id."""
    return _("{day} ({id})").format(day=catalogue.data_date.isoformat(), id=catalogue.id[:12])


def summary(changes: Changes) -> str:
    """How much is different, in a sentence."""
    return change_words.summary(changes, lambda count: f"{count:,}", _)


def change_lines(changes: Changes, width: int, *, every: bool) -> Iterator[str]:
    """Changed figures in a table, then what was added and removed; `every` shows all of it."""
    shown = changes.figures if every else changes.figures[:MOST]
    if shown:
        rows = [
            [c.entry.id, c.what, c.since or NONE, _value(c.old, c.old_unit, c.new_unit),
             _value(c.new, c.new_unit, c.old_unit), c.new_unit or c.old_unit]
            for c in shown
        ]  # fmt: skip
        headings = [_("Entry"), _("Figure"), _("From"), _("Old"), _("New"), _("Unit")]
        yield from table(headings, rows, width, labels=2)
        yield from _more(len(changes.figures) - len(shown))
    for title, entries in ((_("Added"), changes.added), (_("Removed"), changes.removed)):
        yield from _names(title, entries, width, every=every)


def _names(title: str, entries: Sequence[Named], width: int, *, every: bool) -> Iterator[str]:
    if not entries:
        return
    counts = Counter(entry.kind for entry in entries)
    kinds = ", ".join(f"{kind}: {count:,}" for kind, count in counts.items())
    yield ""
    yield from wrapped(f"{title} ({kinds})", width)
    shown = entries if every else entries[:MOST]
    for entry in shown:
        yield from bullet("  -", f"{entry.id}: {entry.name}", width)
    yield from _more(len(entries) - len(shown))


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield _("  and {count} more; --all shows them").format(count=f"{count:,}")


def input_lines(changes: Sequence[InputChange], width: int) -> list[str]:
    """Inputs of a plan's bill that change, in a table."""
    rows = [
        [c.section, c.label, c.since or NONE, _value(c.old, c.old_unit, c.new_unit),
         _value(c.new, c.new_unit, c.old_unit), c.new_unit or c.old_unit]
        for c in changes
    ]  # fmt: skip
    headings = [_("Part"), _("Figure"), _("From"), _("Old"), _("New"), _("Unit")]
    return table(headings, rows, width, labels=2)


def _value(value: float | None, unit: str, other: str) -> str:
    """A number; with its unit where the other one's differs."""
    if value is None:
        return NONE
    return figure(value, unit if other and unit != other else "")


def changes_document(changes: Changes) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "added": [_entry(entry) for entry in changes.added],
        "removed": [_entry(entry) for entry in changes.removed],
        "figures": [_figure(change) for change in changes.figures],
        "reworded": [_entry(entry) for entry in changes.reworded],
    }


def _entry(entry: Named) -> dict[str, str]:
    return {"kind": entry.kind, "id": entry.id, "name": entry.name}


def _figure(change: FigureChange) -> dict[str, Any]:
    return {
        **_entry(change.entry), "figure": change.what, "from": change.since or None,
        "old": change.old, "new": change.new,
        "old_unit": change.old_unit, "new_unit": change.new_unit, "price": change.is_price,
    }  # fmt: skip
