"""What a chart shows, as values."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
NumberText = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers as a table."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True, slots=True)
class LineSeries:
    """One line: a value per month, shape (months,), and the ledger line it shows."""

    name: str
    colour: str
    key: str
    values: FloatArray


@dataclass(frozen=True, slots=True)
class Marker:
    """A labelled point; months count from 1."""

    month: int
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the months."""

    title: str
    summary: str
    x_title: str
    y_title: str
    months: tuple[str, ...]
    """Calendar months, 2027-01 first."""
    series: tuple[LineSeries, ...]
    number: NumberText
    """How a value is written on the axis and at the points."""
    marker: Marker | None = None
    month_heading: str = ""
    steps: bool = False
    """Whether a value holds for its whole month (monthly cost) or at its end (cumulative)."""

    def table(self) -> Table:
        """Months in rows, series in columns."""
        headings = (self.month_heading, *(line.name for line in self.series))
        rows: tuple[tuple[str | float, ...], ...] = tuple(
            (label, *(float(line.values[index]) for line in self.series))
            for index, label in enumerate(self.months)
        )
        return Table(headings, rows)


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of every bar; `keys` are the ledger lines, one per bar (empty: none)."""

    name: str
    colour: str
    values: tuple[float, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars made of parts; receipts go to the left of zero."""

    title: str
    summary: str
    x_title: str
    bars: tuple[str, ...]
    bar_colours: tuple[str, ...]
    totals: tuple[float, ...]
    parts: tuple[Part, ...]
    number: NumberText
    heading: str = ""

    def table(self) -> Table:
        """Parts in rows, bars in columns."""
        return Table(
            (self.heading, *self.bars), tuple((part.name, *part.values) for part in self.parts)
        )


Spec = Lines | Bars


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of everything that is not data."""

    text: str
    muted: str
    grid: str
    surface: str
    accent: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chart that stands for a ledger figure."""

    key: str
    month: int | None
    text: str
    """What a pointer resting on it says."""
