"""What a frontier shows, as values: the best found for each step of a requirement."""

import math
from dataclasses import dataclass

from desktop.charts.table import NumberText, Table


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best that was found under one requirement."""

    x: float
    """The requirement: a quality floor, a budget, a share on premises."""
    y: float
    """What it costs."""
    bound_y: float
    """Proven: nothing costs less; NaN where nothing is proven."""
    label: str
    """A few words beside the point where there is room."""
    note: str = ""
    """What a pointer resting on it says below x and y."""


@dataclass(frozen=True, slots=True)
class FrontierMark:
    """A plan to compare with the frontier: the current one, the best single option."""

    x: float
    y: float
    label: str
    colour: str
    note: str = ""
    key: str = ""
    """Reported when it is clicked; empty where there is nothing to open."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """What each step of one requirement costs at best."""

    title: str
    summary: str
    x_title: str
    y_title: str
    points: tuple[FrontierPoint, ...]
    """In the order of x."""
    marks: tuple[FrontierMark, ...]
    number: NumberText
    """How a cost is written."""
    x_number: NumberText
    """How a requirement is written."""
    steps: bool = False
    """Whether only the points found are plans; else plans between two of them exist as well."""
    colour: str = ""
    """Of the line; empty for the accent."""
    bound_name: str = ""
    """What the band down to the proven bound is called in the key."""
    bound_said: str = ""
    """What its lower edge is called under a pointer; as in the key where it is empty."""
    selected: int | None = None
    """Position of the point that stands out."""
    headings: tuple[str, ...] = ("", "", "", "")
    """Of the table: label, requirement, cost, proven bound."""

    def table(self) -> Table:
        """Points in rows, then the marks."""
        rows: list[tuple[str | float, ...]] = [
            (point.label, self.x_number(point.x), point.y, _known(point.bound_y))
            for point in self.points
        ]
        rows += [(mark.label, self.x_number(mark.x), mark.y, "") for mark in self.marks]
        return Table(self.headings, tuple(rows))


def _known(value: float) -> str | float:
    return "" if math.isnan(value) else value
