"""Options against each other: differences and break-even, as lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.costs import BillLines
from pricing.ledger import (
    Input,
    Line,
    Provenance,
    Section,
    choose,
    cumulative,
    largest_over_months,
    maximum,
    previous,
    ratio,
    sum_over_months,
    where,
)


@dataclass(frozen=True, slots=True)
class PairLines:
    """The lines that compare one option with another."""

    difference: Line
    cumulative: Line
    break_even_month: Line
    """Number of the month at whose end, and ever after, it has cost no more; 0 is never."""
    break_even_time: Line
    """Months until the costs so far are equal, counting part months; 0 where never or already."""
    tco_difference: Line
    npv_difference: Line


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pair of options that can be chosen by number, in the application and in the workbook."""

    first: Input
    second: Input
    pair: PairLines


def write_comparison(book: Book, bills: Sequence[BillLines], baseline: int) -> Comparison:
    """Write the comparison of option `first` with option `second` (1 is the first option)."""
    section = book.ledger.section("comparison", "Comparison")
    section.block("Choose two options")
    plan = Provenance(source="choose by the number of the option in the plan")
    other = next((n for n in range(len(bills)) if n != baseline), baseline)
    names = "; ".join(f"{number} = {bill.option.name}" for number, bill in enumerate(bills, 1))
    first = section.input("Number of the option", other + 1, "", plan, key="first", note=names)
    second = section.input(
        "Number of the option it is compared with", baseline + 1, "", plan, key="second", note=names
    )
    return Comparison(first, second, _write_pair(book, section, bills, first, second))


def _write_pair(
    book: Book, section: Section, bills: Sequence[BillLines], first: Input, second: Input
) -> PairLines:
    money = book.currency

    def chosen(name: str, label: str) -> tuple[Line, Line]:
        lines = [getattr(bill, name) for bill in bills]
        flow = name in {"cash", "one_off"}
        mine = section.line(
            f"{label}: option", choose(first, lines), money, key=f"first.{name}", flow=flow
        )
        other = section.line(
            f"{label}: compared with", choose(second, lines), money, key=f"second.{name}", flow=flow
        )
        return mine, other

    section.block("Month by month")
    cost, other_cost = chosen("cash", "Total cost")
    one_off, other_one_off = chosen("one_off", "One-off cost")
    difference = section.line("Difference", cost - other_cost, money, key="difference")
    running = section.line(
        "Difference so far", cumulative(difference), money, key="cumulative", flow=False
    )
    section.block("Break-even")
    dearer = section.line(
        "Month number where it has cost more so far",
        book.month * (running > 0),
        "month number",
        key="dearer",
    )
    last_dearer = section.line(
        "Last month in which it has cost more",
        largest_over_months(dearer),
        "month number",
        key="last_dearer",
    )
    length = section.line(
        "Number of the plan's last month",
        largest_over_months(book.month),
        "month number",
        key="length",
    )
    month = section.line(
        "Month from which it has cost no more",
        where(last_dearer < length, last_dearer + 1, 0),
        "month number",
        key="break_even_month",
        note="and stays so to the end of the plan; 0 is never",
    )
    start = section.line(
        "Difference after this month's one-off cost",
        previous(running) + one_off - other_one_off,
        money,
        key="start_of_month",
        flow=False,
    )
    time = section.line(
        "Break-even inside its month",
        where(
            month.equals(book.month),
            book.month - 1 + ratio(maximum(start, 0), maximum(start, 0) - running),
            0,
        ),
        "months",
        key="break_even_part",
        note="running cost accrues evenly over a month, one-off cost falls due at its start",
        flow=True,
    )
    section.block("Totals")
    tco, other_tco = chosen("tco", "Total cost of ownership")
    npv, other_npv = chosen("npv", "Net present value")
    return PairLines(
        difference=difference,
        cumulative=running,
        break_even_month=month,
        break_even_time=section.line(
            "Months to break-even", sum_over_months(time), "months", key="break_even_time"
        ),
        tco_difference=section.line("TCO difference", tco - other_tco, money, key="tco_difference"),
        npv_difference=section.line("NPV difference", npv - other_npv, money, key="npv_difference"),
    )
