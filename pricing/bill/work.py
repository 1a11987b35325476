"""Work of a request: how long it keeps one server busy, as stated or as predicted."""

from collections.abc import Callable
from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.demand import ClassDemand
from pricing.bill.predicted import write_predicted
from pricing.ledger import Expression, Input, Line, Section
from pricing.plan.capacity import Capacity
from pricing.plan.figure import Share
from pricing.plan.option import SelfHosted

OfRequest = Callable[[ClassDemand], Expression]
"""Busy time of one server for one request of a class."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one server of an option does."""

    seconds: dict[str, Line]
    """Busy time of one server per request, by the id of the class."""
    usable_share: Share
    """Share of its time that may be planned with."""
    usable_path: str
    """Dotted path of the plan's field which that share comes from."""
    adaptation: Input | None = None
    """More server time for hardware the model was not made for, where the plan states it."""


def write_work(
    book: Book, section: Section, option: SelfHosted, served: tuple[ClassDemand, ...], path: str
) -> Work:
    """Write the busy time of one server per request of each class.

    Raises:
        BillError: the model cannot be served as the option says.
    """
    section.block("Work of one request")
    if option.capacity is None:
        predicted = write_predicted(book, section, option, f"{path}.serving")
        return Work(
            _write_seconds(section, served, predicted.of_request),
            predicted.usable_share,
            f"{path}.serving.targets",
            predicted.adaptation,
        )
    capacity, path = option.capacity, f"{path}.capacity"
    of_request = (
        _by_requests(book, section, capacity, path)
        if capacity.requests_per_hour is not None
        else _by_tokens(book, section, capacity, path)
    )
    return Work(
        _write_seconds(section, served, of_request), capacity.usable_share, f"{path}.usable_share"
    )


def _write_seconds(
    section: Section, served: tuple[ClassDemand, ...], of_request: OfRequest
) -> dict[str, Line]:
    return {
        c.key: section.line(
            f"{c.name}: server time of a request",
            of_request(c),
            "server·seconds/request",
            key=f"{c.key}.seconds",
        )
        for c in served
    }


def _by_requests(book: Book, section: Section, capacity: Capacity, path: str) -> OfRequest:
    assert capacity.requests_per_hour is not None
    rate = book.enter(
        section, "Requests of one server per hour", capacity.requests_per_hour,
        "requests/hour/server", f"{path}.requests_per_hour", "requests_per_hour",
    )  # fmt: skip
    return lambda demand: book.seconds_per_hour / rate


def _by_tokens(book: Book, section: Section, capacity: Capacity, path: str) -> OfRequest:
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
