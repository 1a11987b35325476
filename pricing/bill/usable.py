"""Usable part of a server: what the service level leaves, and what maintenance takes off it."""

from pricing.bill.book import Book
from pricing.bill.errors import BillError
from pricing.bill.factors import times
from pricing.bill.window import ALWAYS, ServiceWindow
from pricing.bill.work import Work
from pricing.ledger import Expression, Section
from pricing.plan.option import SelfHosted

SHORTEST_MONTH = 28
"""Days of a February."""


def write_usable(
    book: Book,
    section: Section,
    option: SelfHosted,
    work: Work,
    window: ServiceWindow,
    path: str,
) -> Expression:
    """Write the share of a server that may be planned with.

    Each server in turn is away for its hours of maintenance, so of a server's time in a month so
    much is lost on average.
    """
    usable = book.enter(
        section, "Usable share of a server", work.usable_share, "share",
        work.usable_path, "usable_share",
    )  # fmt: skip
    if option.maintenance_hours.is_left_out:
        return usable
    field = f"{path}.maintenance_hours"
    _check_maintenance(book, option, window, field)
    away = book.enter(
        section, "Maintenance of one server, hours of a month", option.maintenance_hours, "hours",
        field, "maintenance_hours",
    )  # fmt: skip
    there = section.line(
        "Share of the month that a server is not in maintenance",
        1 - away / times(book.hours, window.open_share),
        "share",
        key="maintained",
        note="one server after the other",
    )
    return section.line(
        "Usable share of a server, maintenance taken off", usable * there, "share",
        key="usable_maintained",
    )  # fmt: skip


def _check_maintenance(book: Book, option: SelfHosted, window: ServiceWindow, field: str) -> None:
    """Refuse maintenance that leaves nothing of the shortest month of service."""
    calendar = book.plan.calendar
    days = SHORTEST_MONTH if calendar.days_per_month is None else calendar.days_per_month
    hours = days * calendar.hours_per_day
    if window is not ALWAYS:
        hours = days * len(window.hours) * window.days / 7
    if option.maintenance_hours.value >= hours:
        raise BillError(
            field,
            f"{option.name}: {option.maintenance_hours.value:g} hours of maintenance leave nothing "
            f"of the {hours:g} hours of service in a month; enter less than that.",
        )
