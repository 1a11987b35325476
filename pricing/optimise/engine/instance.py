"""The problem in arrays: jobs to be served, pools of servers and suppliers to serve them.

Months are columns, T of them. A *slot* is one hour of one weekday; there are S of them (168 where
weekdays and hours differ, fewer where they do not) and all are equally long. Money is the present
value, after tax, in thousands of the plan's currency, as the ledger discounts it: the sum of all
money here is the net present value of the hybrid option that the decision makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Job:
    """The requests of one class that the result cache does not answer."""

    key: str
    requests: Numbers
    """Shape (T,): thousand requests of each month."""
    waits: bool
    """Whether it can wait for an hour with room (asynchronous and batch work)."""
    shape: Numbers
    """Shape (S,): load of a slot over the mean load, mean 1; all ones for work that waits."""
    peak: Numbers
    """Shape (H,): load at an hour of the busiest day, bursts included, over the mean load."""
    busiest_day: float
    """Load of the busiest day over a mean day; 1 for batch work."""
    tokens: float
    """Tokens of one request, input and output."""
    batch: bool = False
    """Whether it can wait for another day, so that the busiest day asks for no room of its own."""
    answers: float = 1.0
    """Answers for each request that is routed: more than 1 where a result cache answers some."""


@dataclass(frozen=True, slots=True)
class Source:
    """What pools and suppliers have in common."""

    key: str
    vendor: str
    """Who it is bought from, for the rules about vendors."""
    fixed: Numbers
    """Shape (T,): cost of having it at all when it is first used in a month (setup, people, other
    fixed cost from that month on); never rising. Zeros where there is none."""
    on_premises: bool


@dataclass(frozen=True, slots=True)
class Pool(Source):
    """Whole servers that are bought, reserved or rented."""

    unit: Numbers
    """Shape (T,): cost of one server whose term starts in a month; inf where none can start."""
    term: int
    """Months that it stays in service (useful life, commitment, or 1)."""
    usable: Numbers
    """Shape (T,): share of a server in service that may be planned with."""
    spares: int
    """Servers in service that carry no load, in every month in which any are in service."""
    most: int
    """Most servers in service at any time."""
    capex: Numbers
    """Shape (T, Y): what of a server starting in a month falls due as purchase in each plan year,
    undiscounted."""
    kw: float
    """IT power of one server at the buyer's site; 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class Supplier(Source):
    """Somebody who bills by the token."""

    minimum: Numbers
    """Shape (Y,): least spend of each plan year once it is used; undiscounted, after no tax."""
    shortfall: Numbers
    """Shape (Y,): present cost of one unit of money of that shortfall."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to answer the requests of a job."""

    key: str
    job: int
    """Place of its job in the instance."""
    cost: Numbers
    """Shape (T,): present cost of a thousand requests outside pools; with overflow, of those that
    it answers itself, and so are tokens, spend and score."""
    work: Mapping[int, Numbers]
    """Place of a pool -> shape (T,): mean servers kept busy by a thousand requests a month that it
    is given, while it is up."""
    quality: float
    """Score of the answers, those of a result cache included, 0 to 1; nan where nobody knows."""
    bought: Mapping[str, float]
    """Key of a pool or supplier -> tokens per request bought from it, of what the recipe serves."""
    spend: Mapping[str, Numbers]
    """Key of a supplier -> shape (T,): undiscounted spend per thousand requests."""
    overflow: int | None = None
    """Place of the recipe that serves what the one pool cannot at that hour; none: every request
    must find room (and bursts inside an hour too)."""
    lost: Numbers | None = None
    """Shape (T,): share of what it is given that nobody answers, as it arrives during outages; what
    it costs, buys and asks of pools is without them; with overflow, of what the pool serves. None:
    everything is answered."""
    down: float = 0.0
    """Share of what it is given that comes in its outages and goes on to its overflow, whatever
    room there is; of recipes with overflow only."""
    covered: tuple[int, ...] = ()
    """Places of the same recipe with somebody who takes over during outages; it may be taken itself
    in months only in which none of them can, or where limits leave nothing else."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Rules that the buyer set; each may be absent."""

    capex: Numbers | None = None
    """Shape (Y,): most purchases of each plan year."""
    site_kw: float | None = None
    vendor_share: float | None = None
    """Most of all tokens bought in a plan year that one vendor may serve."""
    vendors: int | None = None
    """Least number of vendors, each with at least `vendor_least` of all tokens bought."""
    vendor_least: float = 0.1
    quality: float | None = None
    """Least mean score of all answers of the horizon, weighted with requests."""
    on_premises: float | None = None
    """Least share of all tokens bought over the horizon that is served on premises."""
    closed: frozenset[str] = frozenset()
    """Keys of pools, suppliers and recipes that may not be used."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything that a decision depends on."""

    months: int
    years: Whole
    """Shape (T,): plan year of each month, 0 is the first."""
    jobs: tuple[Job, ...]
    pools: tuple[Pool, ...]
    suppliers: tuple[Supplier, ...]
    recipes: tuple[Recipe, ...]
    limits: Limits = field(default_factory=Limits)
    constant: float = 0.0
    """Present cost that no decision changes (gateway, cache)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision: servers in service, and shares of each job by recipe."""

    servers: Whole
    """Shape (P, T): servers in service, spares included."""
    shares: Numbers
    """Shape (R, T): share of the job's requests that each recipe is given."""
    order: Whole
    """Shape (P, J): rank in which jobs with overflow take the servers of a pool, 0 first; jobs that
    have nowhere else to go come before them all."""
