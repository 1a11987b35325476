"""Probing the ledger: what one request, one server and one year of a member cost.

A hybrid that gives every candidate an equal share is written into a ledger of its own. What each
route costs a request is read off its lines; what a server costs is the change of the net present
value when the decided number of servers goes up by one for one term. So the optimiser's figures are
the ledger's, whatever a bill is made of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pricing.bill import BillLines, write_bill
from pricing.bill.hybrid import HybridLines, MemberLines, RouteLines
from pricing.catalogue import Catalogue
from pricing.ledger import Ledger, Line, Values
from pricing.optimise.engine.instance import Numbers
from pricing.optimise.problem.candidates import Candidate
from pricing.plan.hybrid import Fleet, Hybrid, Route, ServersFrom, ShareFrom
from pricing.plan.plan import Plan

PURCHASES = ("purchase", "installation", "network")
"""Categories of a bill that count as purchases."""


@dataclass(frozen=True, slots=True)
class ServerCost:
    """What servers of one option cost, by the month in which their term starts."""

    unit: Numbers
    """Shape (T,): present cost of one server; nan in months that were not asked for."""
    fixed: Numbers
    """Shape (T,): present cost of having servers at all from that month on."""
    capex: Numbers
    """Shape (T, Y): purchases of one server by plan year, undiscounted."""


class Probe:
    """A plan's ledger, asked with a hybrid of all candidates.

    Args:
        plan: The plan; other hybrids in it are left out.
        catalogue: Facts to look up.
        hybrid: The hybrid that is decided on: its caches and its own cost.
        candidates: Recipes to ask for.
        pools: Ids of the self-hosted options.
        today: The day from which figures age.

    Raises:
        BillError: for a figure that is missing.
    """

    def __init__(
        self, plan: Plan, catalogue: Catalogue, hybrid: Hybrid, candidates: Sequence[Candidate],
        pools: Sequence[str], today: date,
    ) -> None:  # fmt: skip
        self.plan = _with_probe(plan, hybrid, candidates, pools)
        self._bill = write_bill(self.plan, catalogue, today)
        self.ledger: Ledger = self._bill.ledger
        self.values: Values = self.ledger.evaluate()
        self.lines: BillLines = self._bill.options[-1]
        assert self.lines.hybrid is not None
        self.hybrid: HybridLines = self.lines.hybrid
        self.months = plan.months
        self.years = np.arange(plan.months) // 12
        self.key = f"option.{hybrid.id}"
        self._lines = {line.key: line for line in self.ledger.lines}

    @property
    def routes(self) -> Mapping[int, RouteLines]:
        """Routes by the place of their candidate."""
        return {route.number - 1: route for route in self.hybrid.routes}

    def line(self, key: str) -> Line | None:
        """The line of a key; none where the ledger has none."""
        return self._lines.get(key)

    def monthly(self, line: Line) -> Numbers:
        """A line month by month, shape (T,)."""
        return np.array(self.values.monthly(line), dtype=np.float64)

    @property
    def kept(self) -> Numbers:
        """Shape (T,): present value, after tax, of one unit of money spent in a month."""
        factor = self.monthly(self.ledger.line("finance.discount_factor"))
        tax = self.plan.finance.tax
        return factor * (1 - tax.rate.value) if tax is not None else factor

    def per_request(self, amount: Line, requests: Line) -> Numbers:
        """An amount per request, shape (T,); 0 in months without requests."""
        below = self.monthly(requests)
        above = self.monthly(amount)
        return np.divide(above, below, out=np.zeros_like(above), where=below > 0)

    def npv(self) -> float:
        """Net present value of the probe itself, without any server."""
        return self.values.number(self.lines.npv)

    def server_costs(self, starts: Mapping[str, Sequence[int]], terms: Mapping[str, int]
                     ) -> dict[str, ServerCost]:  # fmt: skip
        """What a server costs by option and month of start.

        Args:
            starts: Months (0 is the first) in which a term may start, by option.
            terms: Months of a term, by option.
        """
        found = {}
        for option, months in starts.items():
            member = self.hybrid.member(option)
            assert member is not None
            assert member.decided is not None
            found[option] = self._server_cost(member, months, terms[option])
        return found

    def _server_cost(self, member: MemberLines, starts: Sequence[int], term: int) -> ServerCost:
        assert member.decided is not None
        pulses = np.zeros((2 * len(starts) + 1, self.months))
        for place, start in enumerate(starts):
            for units in (1, 2):
                pulses[2 * place + units, start : start + term] = units
        bought = [line for name, line in member.categories.items() if name in PURCHASES]
        values = self.ledger.evaluate({member.decided.key: pulses}, only=(self.lines.npv, *bought))
        npv = values.array(self.lines.npv)[:, 0]
        purchases = np.zeros((len(pulses), self.months))
        for line in bought:
            purchases = purchases + values.monthly(line)
        unit = np.full(self.months, np.nan)
        fixed = np.zeros(self.months)
        capex = np.zeros((self.months, self.years[-1] + 1))
        for place, start in enumerate(starts):
            none, one, two = 0, 2 * place + 1, 2 * place + 2
            unit[start] = npv[two] - npv[one]
            fixed[start] = npv[one] - npv[none] - unit[start]
            capex[start] = np.bincount(
                self.years, purchases[one] - purchases[none], minlength=capex.shape[1]
            )
        return ServerCost(unit, _between(fixed, starts), capex)

    def supplier_fixed(self, member: MemberLines) -> Numbers:
        """Shape (T,): present cost of using a supplier at all from each month on."""
        running = np.zeros(self.months)
        setup = 0.0
        for name, line in member.categories.items():
            if name in {"people", "other"}:
                running = running + self.monthly(line).max(initial=0.0)
            elif name == "setup":
                setup = float(self.monthly(line).sum())
        kept = self.kept
        return np.cumsum((running * kept)[::-1])[::-1] + setup * kept


def _between(fixed: Numbers, starts: Sequence[int]) -> Numbers:
    """Fixed cost also in months in which no term may start: that of the next one."""
    filled = np.zeros_like(fixed)
    following = 0.0
    for month in range(len(fixed) - 1, -1, -1):
        if month in set(starts):
            following = fixed[month]
        filled[month] = following
    return filled


def _with_probe(
    plan: Plan, hybrid: Hybrid, candidates: Sequence[Candidate], pools: Sequence[str]
) -> Plan:
    counts: dict[str, int] = {}
    for candidate in candidates:
        counts[candidate.request_class] = counts.get(candidate.request_class, 0) + 1
    routes = tuple(
        Route(
            request_class=candidate.request_class,
            recipe=candidate.recipe,
            shares=(ShareFrom(share=1.0 / counts[candidate.request_class]),),
        )
        for candidate in candidates
    )
    probe = hybrid.model_copy(
        update={
            "routes": routes,
            "fleets": tuple(
                Fleet(option=option, servers=(ServersFrom(servers=0),)) for option in pools
            ),
            "decision": None,
        }
    )
    pure = tuple(option for option in plan.options if not isinstance(option, Hybrid))
    return plan.model_copy(
        update={
            "options": (*pure, probe),
            "baseline": pure[0].id,
        }
    )
