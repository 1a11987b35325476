"""A ranking of servers as cells of tables."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.serving.search.result import Row

NAME, WHERE, SETUP, SERVERS, COST, MILLION, TPOT, EVIDENCE = range(8)


@dataclass(frozen=True, slots=True)
class RankedCell:
    """One cell: its text, and what it is sorted by."""

    text: str
    raw: float | str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class RankingView:
    """A ranking in words."""

    title: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[RankedCell, ...], ...] = ()
    ranked: "tuple[Row, ...]" = ()
    """The offers behind the rows."""
    out_title: str = ""
    out_headings: tuple[str, ...] = ()
    out_rows: tuple[tuple[RankedCell, ...], ...] = ()
    basis: str = ""
    """What the costs rest on."""
