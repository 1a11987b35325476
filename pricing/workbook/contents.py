"""What a workbook is told beside the ledger: its cover and the options on its summary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pricing.ledger import Input, Line, Schedule

UNSERVED = "Requests not served"
"""Title of the key figure that says whether an option does all the work."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover sheet and in the page footers."""

    title: str
    plan: str
    purpose: str
    version: str
    currency: str
    prepared: date
    month_basis: str
    notes: tuple[str, ...] = ()
    """Assumptions and limits a reader must know, one sentence each."""
    conventions: Mapping[str, str] = field(default_factory=dict)
    """Further facts of the cover: what the figures mean, by title."""
    catalogue: str = ""
    """Where figures come from that nobody stated: day and id of a catalogue; empty for none."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Measurements that predicted inputs rest on."""

    what: str
    as_of: date | None
    count: int
    """Number of measurements."""
    used_by: str
    """Options that rest on them, or what was measured."""


@dataclass(frozen=True, slots=True)
class OptionSummary:
    """One option on the summary; lines that an option does not have are left out."""

    name: str
    kind: str
    colour: str
    figures: Mapping[str, Line]
    """Key figures by the title of their column."""
    cash: Line
    """Cost of the month."""
    cumulative: Line
    """Cost up to the month."""
    categories: Mapping[str, Line]
    """Lines of cost by category; together they are `cash`."""
    tco: Line
    npv: Line
    ruled_out: tuple[str, ...] = ()
    """What is in the way of its doing all the work, a word each, as the plan stood at export."""


@dataclass(frozen=True, slots=True)
class Discounting:
    """The inputs of the discount factor, for the check by the spreadsheet's own NPV."""

    rate: Input
    """Per year."""
    offset: Input
    """Months from payment to the end of its month."""
    months_per_year: Input


@dataclass(frozen=True, slots=True)
class Balance:
    """Two lines that must be equal in every month, or the first at least the second."""

    subject: str
    rule: str
    left: Line
    right: Line
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the plan that a decision must keep."""

    subject: str
    rule: str
    kept: Line
    """Flag: 1 where it is kept, in every month or once."""
    held: Line | None = None
    """What is held against the limit, in every month or once; none where it is no one figure."""
    limit: Input | Line | None = None
    """The limit; none where it is 0, or no one figure."""
    least: bool = False
    """Whether the limit is the least that must be reached, not the most that may be."""
    decisive: bool = True
    """Whether breaking it rules an option out; not where its unserved requests tell that."""
    aside: tuple[Line, ...] = ()
    """Parts of what is held that are not held against it, in every month."""


SAME_FACTS, CHANGED_FACTS, UNKEPT_FACTS = "as they were", "changed since", "not kept"
"""Whether what a decision rests on is at export what it was on the day of the decision."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the plan: who does which work, and what is bought for it."""

    option: str
    npv: Line
    chosen: tuple[Input | Schedule, ...]
    """The inputs that were decided on."""
    names: Mapping[str, str]
    """What to call them, by their keys."""
    rules: tuple[Rule, ...]
    """Its rules, in a row among those of the summary, the decisive ones last."""
    made_by: str
    """Who decided, in words."""
    made_on: date | None = None
    cost: float | None = None
    """Net present value of the cost when it was decided; none where nobody kept it."""
    bound: float | None = None
    """No decision within the same rules, over the same facts, costs less; none if not known."""
    facts: str = UNKEPT_FACTS
    asked: str = ""
    """What it had to keep beside the rules of the plan, in words."""
    reached: Line | None = None
    """What it reaches of that; none where no line says so."""
    locked: bool = False
    """Whether its servers stay as they are when the optimiser runs again."""
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Who answers on its routes, by the key of the share that takes each."""
    lost: tuple[Line, ...] = ()
    """Requests of routes that outages lose; none where somebody always answers."""
    lost_then: float | None = None
    """How many the decision lost when the optimiser made it, over the horizon: those nobody may
    take over. None for a decision of another, of which nobody knows that."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The options that the plan compares."""

    options: tuple[OptionSummary, ...]
    baseline: int = 0
    """Which of them the others are compared with."""
    categories: tuple[str, ...] = ()
    """Order of the cost categories; those it leaves out follow as they come."""
    discounting: Discounting | None = None
    chosen: tuple[Input, Input] | None = None
    """Numbers of the two options that the comparison's sheet is about; 1 is the first."""
    balances: tuple[Balance, ...] = field(default=())
    rules: tuple[Rule, ...] = field(default=())
    """Rules of the plan, with a sheet of their own where there are any."""
    decisions: tuple[Decided, ...] = field(default=())
    """Decisions of the plan, with a sheet of their own where there are any."""
