"""What an evaluated plan answers: bills and findings, each figure with its ledger line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pricing.bill import Bill
from pricing.catalogue import Catalogue
from pricing.finding import Finding
from pricing.ledger import Explanation, Ledger, Line, Values, explain
from pricing.plan.plan import Plan

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of a bill and the ledger line it comes from."""

    key: str
    label: str
    unit: str
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One number per month, shape (months,), and the ledger line it comes from."""

    key: str
    label: str
    unit: str
    values: FloatArray


@dataclass(frozen=True, slots=True)
class OptionBill:
    """The full bill of one option over the horizon; costs are positive, receipts negative."""

    id: str
    name: str
    kind: str
    categories: Mapping[str, Series]
    """Monthly cost by category code, in the order of a bill; their sum is `cash`."""
    cash: Series
    one_off: Series
    """What of `cash` falls due at a moment; the rest accrues over its month."""
    cumulative: Series
    tco: Metric
    npv: Metric
    per_request: Metric
    per_million_tokens: Metric
    peak_cash: Metric
    """Largest cumulative cost reached in any month."""
    unserved: Series
    """Requests of the month that this option, bridge included, does not serve."""
    utilisation: Series | None = None
    """Mean load over capacity of the servers in service; none for token-priced options."""
    mean_utilisation: Metric | None = None
    servers: Series | None = None
    """Servers in service."""


@dataclass(frozen=True, slots=True)
class BreakEvenMonth:
    """From when on an option has cost no more in total than another, to the end of the plan."""

    answer: Literal["already", "month", "never"]
    """`already`: from the very start; `never`: it has cost more at the end of the plan."""
    month: int | None
    """Number of the first month at whose end it holds for good, 1 is the first; none for never."""
    time: float | None
    """Months from the start, part months counted; 0 for already, none for never."""
    cheaper_at_first: bool
    """Whether it also costs no more in the first month (before a purchase, say)."""


@dataclass(frozen=True, slots=True)
class BreakEvenVolume:
    """The smallest volume at which an option costs no more than another over the horizon."""

    answer: Literal["already", "volume", "never"]
    """`already`: at any volume however small; `never`: not up to `searched_to`."""
    multiple: float | None
    """Of the plan's volume."""
    requests_per_month: float | None
    """Mean requests a month over the horizon at that volume."""
    lasting_from: float | None
    """Multiple of the plan's volume from which it stays cheaper up to `searched_to`."""
    searched_to: float
    """Largest multiple looked at."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One option against another (the reference); negative differences are savings."""

    option: str
    reference: str
    tco_difference: float
    tco_ratio: float | None
    """TCO over the reference's TCO; none when the reference costs nothing."""
    npv_difference: float
    monthly_difference: FloatArray
    cumulative_difference: FloatArray
    break_even: BreakEvenMonth


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A plan with its ledger, its values and its answers."""

    plan: Plan
    ledger: Ledger
    values: Values
    bill: Bill
    """The lines of the ledger by what they mean."""
    bills: tuple[OptionBill, ...]
    findings: tuple[Finding, ...]
    month_labels: tuple[str, ...]
    """Calendar months, 2027-01 first."""
    seconds: float
    """Time it took to build and evaluate."""
    catalogue: Catalogue
    """Where figures come from that the plan does not state."""

    def bill_of(self, option_id: str) -> OptionBill:
        """The bill of one option; raises KeyError for an unknown id."""
        for bill in self.bills:
            if bill.id == option_id:
                return bill
        raise KeyError(option_id)

    @property
    def baseline(self) -> OptionBill:
        """The bill the others are compared with."""
        return self.bill_of(self.plan.baseline or self.plan.options[0].id)

    def explain(self, key: str, month: int | None = None) -> Explanation:
        """Where a figure comes from: formula in words, values, inputs, sources."""
        return explain(self.values, self.ledger.find(key), month)

    def line(self, key: str) -> Line:
        """A ledger line by its key; raises LedgerError naming close keys."""
        return self.ledger.line(key)
