"""What a chart shows, as values."""

from dataclasses import dataclass

from desktop.charts.flow_spec import Flow, FlowLink, FlowNode
from desktop.charts.frontier_spec import Frontier, FrontierMark, FrontierPoint
from desktop.charts.table import FloatArray, NumberText, Table
from desktop.theme.tokens import LIGHT

__all__ = [
    "Band",
    "Bars",
    "Curve",
    "Dot",
    "FloatArray",
    "Flow",
    "FlowLink",
    "FlowNode",
    "Frontier",
    "FrontierMark",
    "FrontierPoint",
    "Ink",
    "Limit",
    "LineSeries",
    "Lines",
    "Marker",
    "NumberText",
    "Part",
    "Piece",
    "Spec",
    "Spot",
    "Strip",
    "Table",
]


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


@dataclass(frozen=True, slots=True)
class Dot:
    """One measured point of a curve."""

    x: float
    """NaN where it has a height only: it is drawn at the right edge."""
    y: float
    text: str
    """What a pointer resting on it says."""
    strong: bool = False
    """Whether it stands out: the buyer's own."""
    filled: bool = True
    """Whether it was measured on the very thing shown, not on something alike."""


@dataclass(frozen=True, slots=True)
class Band:
    """The region between two curves, each from its first to its last point."""

    name: str
    low_x: FloatArray
    low_y: FloatArray
    high_x: FloatArray
    high_y: FloatArray


@dataclass(frozen=True, slots=True)
class Limit:
    """A vertical line that must not be crossed to the right."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve over a number, with its uncertainty, measured points and the point chosen."""

    title: str
    summary: str
    x_title: str
    y_title: str
    x: FloatArray
    y: FloatArray
    labels: tuple[str, ...]
    """What a pointer resting on a point of the curve says; shape (points,)."""
    colour: str
    number: NumberText
    """How a height is written."""
    x_number: NumberText
    """How a place on the horizontal axis is written."""
    chosen: Dot
    right: float
    """Where the horizontal axis ends."""
    steps: tuple[tuple[int, str], ...] = ()
    """Points of the curve that are marked, by position, with what stands beside them."""
    band: Band | None = None
    limit: Limit | None = None
    dots: tuple[Dot, ...] = ()
    legend: tuple[str, str, str] = ("", "", "")
    """Names of filled, hollow and strong dots."""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str | float, ...], ...] = ()

    def table(self) -> Table:
        """The curve point by point."""
        return Table(self.headings, self.rows)


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment of a strip."""

    name: str
    colour: str
    """Empty for what is not used."""
    value: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One horizontal bar made of named pieces, with a key that gives every value."""

    title: str
    summary: str
    pieces: tuple[Piece, ...]
    number: NumberText
    """How a value is written, with its unit."""
    limit: Limit | None = None
    heading: str = ""
    unit: str = ""

    @property
    def total(self) -> float:
        """All pieces together."""
        return sum(piece.value for piece in self.pieces)

    def table(self) -> Table:
        """Pieces in rows."""
        return Table(
            (self.heading, self.unit), tuple((piece.name, piece.value) for piece in self.pieces)
        )


Spec = Lines | Bars | Curve | Strip | Flow | Frontier


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of everything that is not data."""

    text: str
    muted: str
    grid: str
    surface: str
    accent: str
    broken: str = LIGHT.rule_broken
    """Only for what breaks a rule."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chart that has something to say."""

    key: str
    """The ledger figure it stands for; empty where there is none to explain."""
    month: int | None
    text: str
    """What a pointer resting on it says."""
