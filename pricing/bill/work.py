"""Work of a request: how long it keeps one server busy."""

from collections.abc import Callable

from pricing.bill.book import Book
from pricing.bill.demand import ClassDemand
from pricing.ledger import Expression, Line, Section
from pricing.plan.capacity import Capacity

Work = Callable[[ClassDemand], Expression]
"""Busy time of one server for one request of a class."""


def write_server_seconds(
    book: Book, section: Section, capacity: Capacity, served: tuple[ClassDemand, ...], path: str
) -> dict[str, Line]:
    """Write the busy time of one server per request, by the id of the class."""
    section.block("Work of one request")
    time = _by_requests if capacity.requests_per_hour is not None else _by_tokens
    of_request = time(book, section, capacity, path)
    return {
        c.request_class.id: section.line(
            f"{c.request_class.name}: server time of a request",
            of_request(c),
            "server·seconds/request",
            key=f"{c.request_class.id}.seconds",
        )
        for c in served
    }


def _by_requests(book: Book, section: Section, capacity: Capacity, path: str) -> Work:
    assert capacity.requests_per_hour is not None
    rate = book.enter(
        section, "Requests of one server per hour", capacity.requests_per_hour,
        "requests/hour/server", f"{path}.requests_per_hour", "requests_per_hour",
    )  # fmt: skip
    return lambda demand: book.seconds_per_hour / rate


def _by_tokens(book: Book, section: Section, capacity: Capacity, path: str) -> Work:
    assert capacity.output_tokens_per_second is not None
    out = book.enter(
        section, "Output tokens of one server per second", capacity.output_tokens_per_second,
        "tokens/second/server", f"{path}.output_tokens_per_second", "output_rate",
    )  # fmt: skip
    if capacity.input_tokens_per_second is None:
        return lambda demand: demand.output_tokens / out
    prefill = book.enter(
        section, "Input tokens of one server per second of prefill",
        capacity.input_tokens_per_second,
        "tokens/second/server", f"{path}.input_tokens_per_second", "input_rate",
    )  # fmt: skip
    return lambda demand: (
        demand.output_tokens / out + demand.input_tokens * (1 - demand.read_share) / prefill
    )
