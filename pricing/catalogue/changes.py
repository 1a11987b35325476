"""What one catalogue says otherwise than another: entries, and prices with old and new value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pricing.catalogue.catalogue import Catalogue
from pricing.catalogue.dates import months_later
from pricing.catalogue.errors import CatalogueError
from pricing.catalogue.figures import figures_of
from pricing.catalogue.shelf import Shelf
from pricing.catalogue.tokens import DatedPrices, TokenModel, price_changes
from pricing.plan.figure import Figure, Price
from pricing.plan.model import Frozen

LONGEST_PLAN = 84
"""Months over which prices are held against each other: as long as a plan may be."""
DIGITS = 10
"""Significant digits in which values differ; a quotient may differ in the sixteenth."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of a catalogue."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of an entry that both catalogues have."""

    entry: Named
    what: str
    """Which figure of the entry, such as input or price."""
    since: str
    """Month from which the values differ, such as 2026-11; empty for figures that hold always."""
    old: float | None
    """None where only the new catalogue knows it."""
    new: float | None
    """None where only the old catalogue knows it."""
    old_unit: str
    new_unit: str
    is_price: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """From an old catalogue to a new one."""

    added: tuple[Named, ...]
    removed: tuple[Named, ...]
    figures: tuple[FigureChange, ...]
    """Prices and other figures with another value."""
    reworded: tuple[Named, ...]
    """Entries whose figures have the same values, but another name, source, date or note."""

    @property
    def prices(self) -> tuple[FigureChange, ...]:
        """Those of the figures that are prices."""
        return tuple(change for change in self.figures if change.is_price)

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.figures or self.reworded)


def changes_between(old: Catalogue, new: Catalogue) -> Changes:
    """Every difference; token prices are compared month by month as a plan of today pays them.

    Raises:
        CatalogueError: one of them is damaged.
    """
    added: list[Named] = []
    removed: list[Named] = []
    figures: list[FigureChange] = []
    reworded: list[Named] = []
    start = max(old.data_date, new.data_date)
    for before, after in zip(old.shelves, new.shelves, strict=True):
        was, now = before.records(), after.records()
        added += [_named(after, name) for name in now if name not in was]
        removed += [_named(before, name) for name in was if name not in now]
        for name in now:
            if name not in was or _same(before, after, name):
                continue
            entry = _named(after, name)
            found = list(_figure_changes(entry, before.entry(name), after.entry(name), start))
            figures += found
            if not found and before.entry(name) != after.entry(name):
                reworded.append(entry)
    return Changes(tuple(added), tuple(removed), tuple(figures), tuple(reworded))


def _named(shelf: Shelf[Any], identifier: str) -> Named:
    return Named(shelf.kind, identifier, str(shelf.records()[identifier]["name"]))


def _same(before: Shelf[Any], after: Shelf[Any], name: str) -> bool:
    """Whether two records are letter for letter the same, what they share with others included."""
    was, now = before.records()[name], after.records()[name]
    return was == now and before.header() == after.header()


def _figure_changes(entry: Named, old: Frozen, new: Frozen, start: date) -> Iterator[FigureChange]:
    if isinstance(old, TokenModel) and isinstance(new, TokenModel):
        yield from _token_changes(entry, old, new, start)
        return
    was, now = dict(figures_of(old)), dict(figures_of(new))
    for path in dict.fromkeys((*was, *now)):
        yield from _compared(entry, path, "", was.get(path), now.get(path))


def _compared(
    entry: Named, what: str, since: str, was: Figure | None, now: Figure | None
) -> Iterator[FigureChange]:
    if _said(was) == _said(now):
        return
    yield FigureChange(
        entry, what.replace("_", " ").replace(".", ", "), since,
        old=None if was is None else was.value,
        new=None if now is None else now.value,
        old_unit="" if was is None else was.unit,
        new_unit="" if now is None else now.unit,
        is_price=isinstance(was or now, Price),
    )  # fmt: skip


def _said(figure: Figure | None) -> tuple[object, ...]:
    return () if figure is None else (f"{figure.value:.{DIGITS}g}", figure.unit)


def _token_changes(
    entry: Named, old: TokenModel, new: TokenModel, start: date
) -> Iterator[FigureChange]:
    """Rates that differ, each from the first month in which they do, and again where that turns."""
    was, now = _paid(old, start), _paid(new, start)
    before: dict[str, tuple[object, ...]] = {}
    for month in sorted({*was, *now}):
        one, other = _in_force(was, month), _in_force(now, month)
        since = months_later(start.replace(day=1), month).isoformat()[:7]
        for what in dict.fromkeys((*one, *other)):
            pair = (_said(one.get(what)), _said(other.get(what)))
            if pair[0] != pair[1] and before.get(what) != pair:
                yield from _compared(entry, what, since, one.get(what), other.get(what))
            before[what] = pair


def _paid(model: TokenModel, start: date) -> dict[int, dict[str, Price]]:
    """Rates by the month from which they are paid; 0 is the first."""
    try:
        steps = price_changes(model, start, LONGEST_PLAN)
    except CatalogueError:
        # only a later price is known; a bill then uses it from the start
        steps = ((0, model.prices[0]),)
    return {month: _rates(prices) for month, prices in steps}


def _in_force(paid: Mapping[int, dict[str, Price]], month: int) -> dict[str, Price]:
    return paid[max(step for step in paid if step <= month)]


def _rates(prices: DatedPrices) -> dict[str, Price]:
    """Every rate by what it is for."""
    found: dict[str, Price] = {}
    for path, figure in figures_of(prices):
        tier, _, rate = path.rpartition(".")
        if tier:
            number = int(tier[tier.index("[") + 1 : -1])
            above = prices.long_context[number].above_tokens
            rate = f"{rate}, requests above {above:,} tokens"
        if isinstance(figure, Price):
            found[rate] = figure
    return found
