"""Agreed minimum spend: what is missing at the end of a plan year is paid all the same."""

from collections.abc import Sequence

from pricing.bill.costs import Costs
from pricing.ledger import (
    CONVENTION,
    Line,
    Provenance,
    maximum,
    total,
    where,
    window_sum,
)
from pricing.plan.option import TokenPriced


def write_minimum(costs: Costs, spent: Sequence[Line], used: Line | None) -> None:
    """Write the shortfall of each plan year, due in its last month; a part year owes its part."""
    book, section, option = costs.book, costs.section, costs.option
    assert isinstance(option, TokenPriced)
    if not costs.stated("minimum_spend"):
        return
    section.block("Minimum spend")
    yearly = book.money(
        section, "Agreed minimum spend per plan year", option.minimum_spend, "",
        f"{costs.path}.minimum_spend", "minimum_spend",
    )  # fmt: skip
    year = section.input("Months of a plan year", 12, "months", CONVENTION, key="year_months")
    rest = section.input(
        "Months of the last plan year", (book.plan.months - 1) % 12 + 1, "months",
        Provenance(source="plan"), key="rest_months",
    )  # fmt: skip
    spend = section.line(
        "Spend that counts", total(list(spent)), book.currency, key="spend", every_month=True
    )
    short = where(
        book.is_last,
        maximum(yearly * rest / year - window_sum(spend, rest), 0),
        where(book.ends_year, maximum(yearly - window_sum(spend, year), 0), 0),
    )
    costs.add(
        "tokens",
        section.line(
            "Missing to the minimum spend",
            short if used is None else where(used, short, 0),
            book.currency,
            key="shortfall",
        ),
    )
