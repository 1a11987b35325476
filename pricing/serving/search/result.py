"""What a search finds: server types ranked by cost, and why the others fall out."""

from dataclasses import dataclass
from typing import Literal

from pricing.plan.sheets import ModelSheet
from pricing.serving.evidence import Correction
from pricing.serving.predict import Interval
from pricing.serving.search.assess import Load
from pricing.serving.search.costs import Basis, MonthCost
from pricing.serving.search.offers import Offer
from pricing.serving.stack import Stack

Cause = Literal["no offer", "no price", "no data", "precision", "memory", "tpot", "ttft"]
"""Why servers fall out."""


@dataclass(frozen=True, slots=True)
class ClassPoint:
    """The operating point of one request class on one server."""

    name: str
    batch: float
    """Requests at once on one replica."""
    requests: float
    """Requests per second of one server with its batch always full."""
    usable: float
    """Requests per second of one server that may be planned with."""
    tpot: float
    """Mean seconds per output token."""
    tpot_at: float
    """Seconds per output token at the percentile of the service level."""
    ttft: float
    """Seconds to the first token of a request that does not wait."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of server that meets the targets, set up in the way that needs fewest of it."""

    offer: Offer
    stack: Stack
    """One replica."""
    replicas: int
    """Replicas on one server."""
    servers: Interval
    """Whole servers, spares included; low and high are those that the ends of the 80 % interval
    need to keep the targets."""
    cost: Interval
    """Of all servers in a month, in the currency of the basis."""
    each: MonthCost
    """Of one server."""
    per_million: Interval | None
    """Cost per million output tokens; none where there are none."""
    utilisation: float
    """Busy time over time in service at the peak, spares included."""
    peak_use: float
    """Load at the peak over what may be planned with, spares left out."""
    classes: tuple[ClassPoint, ...]
    correction: Correction
    """What the prediction rests on, with its 80 % interval."""
    lossless: bool
    """Whether the weights keep what is published; if not, the quality is to be checked."""
    keeps_at_slow_end: bool
    """Whether any load keeps the targets at the slow end of the interval; if not, the high number
    of servers misses them."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Servers that cannot be ranked, for one reason."""

    cause: Cause
    accelerator: str
    """Name of the accelerator; empty where no data sheet is there."""
    accelerators: int | None
    """Accelerators in one server; none means whatever the number."""
    offers: tuple[str, ...]
    """Ids of the offers that fall out; empty where there is none."""
    sentence: str
    """Why, for a person."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All server types for one model and load."""

    model: ModelSheet
    loads: tuple[Load, ...]
    basis: Basis
    """What the costs rest on."""
    rows: tuple[Row, ...]
    """Cheapest first; of equal cost, the one with more room first."""
    left_out: tuple[LeftOut, ...]

    @property
    def best(self) -> Row | None:
        """The cheapest; none where nothing meets the targets."""
        return self.rows[0] if self.rows else None
