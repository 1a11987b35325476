"""A bill in the making: cost lines by category, and the totals that every option has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pricing.bill.book import Book
from pricing.bill.demand import ClassDemand, Demand
from pricing.ledger import (
    Expression,
    Line,
    Literal,
    Section,
    cumulative,
    increase,
    largest_over_months,
    minimum,
    ratio,
    sum_over_months,
    total,
    where,
    window_sum,
)
from pricing.plan.figure import Figure
from pricing.plan.option import Option

if TYPE_CHECKING:
    from pricing.bill.hybrid.lines import HybridLines

CATEGORIES: dict[str, str] = {
    "tokens": "Tokens",
    "bridge": "Bridge",
    "gateway": "Gateway and result cache",
    "purchase": "Purchase",
    "installation": "Installation",
    "network": "Network",
    "rent": "Rent",
    "energy": "Energy",
    "facility": "Facility",
    "maintenance": "Maintenance and support",
    "software": "Software licences",
    "people": "People",
    "setup": "Setup",
    "other": "Other fixed cost",
    "resale": "Resale",
    "tax": "Tax",
}
"""Categories of a bill in the order in which they are shown."""

ONE_OFF = frozenset({"purchase", "installation", "network", "setup"})
"""Categories that fall due at a moment; the others accrue over their month."""

ASSETS = frozenset({"purchase", "installation", "network"})
"""Categories that are capitalised and depreciated for tax."""


BY_MACHINE = frozenset(
    {
        "purchase", "installation", "network", "rent", "energy", "facility", "maintenance",
        "software", "resale",
    }
)  # fmt: skip
"""Categories that grow with the number of machines."""


@dataclass(frozen=True, slots=True)
class BillLines:
    """The ledger lines of a finished bill."""

    option: Option
    section: Section
    categories: dict[str, Line]
    one_off: Line
    cash: Line
    cumulative: Line
    tco: Line
    npv: Line
    per_request: Line
    per_million_tokens: Line
    peak_cash: Line
    unserved: Line
    utilisation: Line | None
    mean_utilisation: Line | None
    servers: Line | None
    units: Line | None
    """Load in usable servers before it goes up to whole ones."""
    open_commitment: Line | None
    """Server-months that remain to be paid after the end of the plan."""
    hybrid: HybridLines | None = None
    """Routes and members, where it is a hybrid."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """What the bill of a self-hosted option says beside its costs."""

    unserved: Line | None = None
    """Requests that nobody serves; none where all are served."""
    utilisation: Line | None = None
    mean_utilisation: Line | None = None
    servers: Line | None = None
    units: Line | None = None
    left: Mapping[str, Line] = field(default_factory=dict)
    """Requests of each demand, by its key, that nobody serves; empty where a bridge does."""
    adaptation: Line | None = None
    """Servers that are there for an adaptation overhead."""
    open_commitment: Line | None = None
    busy: Line | None = None
    """Busy server-hours."""
    usable: Expression | None = None
    """Share of a server in service that may be planned with."""


@dataclass(slots=True)
class Costs:
    """Collects the cost lines of one option."""

    book: Book
    section: Section
    option: Option
    path: str
    by_category: dict[str, list[Line]] = field(default_factory=dict)
    resold: tuple[Line, ...] | None = None
    """Cost of the assets that are resold in the end; none means all of them, if any are."""

    def add(self, category: str, line: Line) -> None:
        """Count a line of money under a category."""
        self.by_category.setdefault(category, []).append(line)

    def stated(self, name: str) -> bool:
        """Whether the plan states this figure of the option."""
        figure: Figure = getattr(self.option, name)
        return not figure.is_left_out

    def add_common(self, used: Line | None = None) -> None:
        """Setup, people and other fixed cost, as far as the plan states them.

        Args:
            used: Flag of the months from which they are owed; none means from the first.
        """
        book, section, option, path = self.book, self.section, self.option, self.path
        section.block("People and fixed cost")
        if self.stated("setup_cost"):
            price = book.money(section, "Setup cost", option.setup_cost, "", f"{path}.setup_cost")
            first = where(book.month.equals(1) if used is None else increase(used), price, 0)
            self.add("setup", section.line("Setup", first, book.currency))
        if self._has_people(option):
            fte = book.enter(
                section, "People who run it", option.people_fte, "FTE", f"{path}.people_fte"
            )
            cost = fte * book.cost_per_person(f"{path}.people_fte")
            line = section.line("People", _while(used, cost), book.currency, every_month=True)
            self.add("people", line)
        if self.stated("fixed_monthly_cost"):
            price = book.money(
                section, "Other fixed cost per month", option.fixed_monthly_cost, "",
                f"{path}.fixed_monthly_cost",
            )  # fmt: skip
            line = section.line(
                "Other fixed cost", _while(used, price), book.currency, every_month=True
            )
            self.add("other", line)

    def _has_people(self, option: Option) -> bool:
        """Nobody is entered at no cost where the plan does not say what people cost."""
        costs_known = not self.book.plan.people.loaded_cost_per_year.is_left_out
        return self.stated("people_fte") and (costs_known or option.people_fte.value > 0)

    def finish(
        self,
        demand: Demand,
        served: tuple[ClassDemand, ...],
        fleet: Fleet | None = None,
    ) -> BillLines:
        """Write the totals."""
        book, section = self.book, self.section
        section.block("Bill")
        categories = self.categories()
        tax = self._tax(categories)
        if tax is not None:
            categories = {**categories, "tax": tax}
        cash = section.line("Total cost", total(list(categories.values())), book.currency)
        one_off = section.line(
            "Of it one-off",
            total([line for name, line in categories.items() if name in ONE_OFF]),
            book.currency,
            every_month=True,
            note="what falls due at a moment; the rest accrues over the month",
        )
        if fleet is not None and fleet.adaptation is not None and fleet.servers is not None:
            self._write_adaptation(categories, fleet.adaptation, fleet.servers)
        running = section.line("Total cost so far", cumulative(cash), book.currency, flow=False)
        discounted = section.line("Discounted cost", cash * book.discount_factor, book.currency)
        section.block("Key figures")
        tco = section.line(
            "Total cost of ownership", sum_over_months(cash), book.currency, key="tco"
        )
        npv = section.line(
            "Net present value of the cost", sum_over_months(discounted), book.currency, key="npv"
        )
        left = fleet.left if fleet is not None else {}
        done = [c.requests - left[c.key] if c.key in left else c.requests for c in served]
        requests = section.line(
            "Requests served", total(done), "requests", key="requests", flow=True, every_month=True
        )
        tokens = section.line(
            "Million tokens served",
            total([
                amount * (c.input_tokens + c.output_tokens)
                for amount, c in zip(done, served, strict=True)
            ]) / book.tokens_per_mtok if served else Literal(0),
            "Mtok",
            key="mtok",
            flow=True,
            every_month=True,
        )  # fmt: skip
        missing = self._missing(demand, served, fleet.unserved if fleet is not None else None)
        return BillLines(
            option=self.option,
            section=section,
            categories=categories,
            one_off=one_off,
            cash=cash,
            cumulative=running,
            tco=tco,
            npv=npv,
            per_request=section.line(
                "Cost per request", ratio(tco, sum_over_months(requests)),
                f"{book.currency}/request", key="per_request",
            ),
            per_million_tokens=section.line(
                "Cost per million tokens", ratio(tco, sum_over_months(tokens)),
                f"{book.currency}/Mtok", key="per_mtok",
            ),
            peak_cash=section.line(
                "Peak cash", largest_over_months(running), book.currency, key="peak_cash"
            ),
            unserved=missing,
            utilisation=fleet.utilisation if fleet is not None else None,
            mean_utilisation=fleet.mean_utilisation if fleet is not None else None,
            servers=fleet.servers if fleet is not None else None,
            units=fleet.units if fleet is not None else None,
            open_commitment=fleet.open_commitment if fleet is not None else None,
        )  # fmt: skip

    def _write_adaptation(
        self, categories: Mapping[str, Line], adaptation: Line, servers: Line
    ) -> None:
        """Write what the adaptation overhead costs: its servers' part of all machines' cost."""
        machines = [line for name, line in categories.items() if name in BY_MACHINE]
        self.section.line(
            "Of it for adaptation to the hardware",
            total(machines) * minimum(ratio(adaptation, servers), 1),
            self.book.currency,
            key="adaptation_cost",
            every_month=True,
            note="what machines cost, in proportion to the servers that the overhead takes",
        )

    def categories(self, of: str = "") -> dict[str, Line]:
        """Write the cost by category, tax left out; `of` ends the labels."""
        book, section = self.book, self.section
        lines = {
            name: section.line(
                label + of, total(list(self.by_category[name])), book.currency,
                key=f"category.{name}",
            )
            for name, label in CATEGORIES.items()
            if name in self.by_category
        }  # fmt: skip
        if not lines:
            lines["other"] = section.line(
                CATEGORIES["other"] + of, Literal(0), book.currency, key="category.other",
                every_month=True,
            )  # fmt: skip
        return lines

    def _tax(self, lines: dict[str, Line]) -> Line | None:
        """Tax saved by the cost, negative; purchases are deducted straight line over years.

        What is left undepreciated when assets are resold at the end is deducted against the price.
        """
        book, section, tax = self.book, self.section, self.book.plan.finance.tax
        if tax is None:
            return None
        section.block("Tax")
        assets = [line for name, line in lines.items() if name in ASSETS]
        running = [line for name, line in lines.items() if name not in ASSETS]
        deductible = total(running)
        if assets:
            bought = section.line("Capitalised cost", total(assets), book.currency, key="assets")
            written_off = section.line(
                "Tax depreciation",
                window_sum(bought, book.tax_months) / book.tax_months,
                book.currency,
                key="tax_depreciation",
            )
            deductible = deductible + written_off
            if "resale" in lines:
                left = self._book_value(bought, written_off)
                deductible = deductible + where(book.is_last, left, 0)
        return section.line("Tax", -(deductible * book.tax_rate), book.currency, key="category.tax")

    def _book_value(self, bought: Line, written_off: Line) -> Line:
        """Write what is not yet written off of the assets that are resold in the end."""
        book, section = self.book, self.section
        if self.resold is not None:
            bought = section.line(
                "Capitalised cost of what is resold", total(list(self.resold)), book.currency,
                key="assets_resold", every_month=True,
            )  # fmt: skip
            written_off = section.line(
                "Tax depreciation of what is resold",
                window_sum(bought, book.tax_months) / book.tax_months,
                book.currency,
                key="tax_depreciation_resold",
            )
        return section.line(
            "Tax book value", cumulative(bought) - cumulative(written_off), book.currency,
            key="tax_book", flow=False,
        )  # fmt: skip

    def _missing(
        self, demand: Demand, served: tuple[ClassDemand, ...], unserved: Line | None
    ) -> Line:
        outside = [c.requests for c in demand.classes if c not in served]
        if outside:
            field = "routes" if self.option.kind == "hybrid" else "serves"
            self.book.find(
                "option.not_all_classes", f"{self.path}.{field}",
                option=self.option.name, classes=len(outside),
            )  # fmt: skip
        parts = [*outside, *([unserved] if unserved is not None else [])]
        return self.section.line(
            "Requests not served",
            total(parts),
            "requests",
            key="unserved",
            flow=True,
            every_month=True,
        )


def _while(used: Line | None, amount: Expression) -> Expression:
    return amount if used is None else where(used, amount, 0)
