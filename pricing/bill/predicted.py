"""Predicted work as inputs of the bill: one server time per request class, with its range."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.demand import ClassDemand
from pricing.bill.errors import BillError
from pricing.bill.prediction import predict_work
from pricing.bill.serving_checks import note_serving
from pricing.ledger import Expression, Input, Section
from pricing.plan.figure import Share
from pricing.plan.option import SelfHosted
from pricing.plan.serving import Serving
from pricing.plan.workload import RequestClass


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the serving model says of one server."""

    of_request: Callable[[ClassDemand], Expression]
    """Busy time of one server for one request of a class."""
    usable_share: Share
    adaptation: Input | None
    """More server time than predicted; none where the plan says nothing of it."""


def write_predicted(book: Book, section: Section, option: SelfHosted, path: str) -> Predicted:
    """Enter the predicted server time of a request of each class that the option serves.

    Raises:
        BillError: the model cannot be served so.
    """
    serving = option.serving
    assert serving is not None
    prediction = predict_work(option, book.plan, book.catalogue)
    book.predictions[option.id] = prediction
    note_serving(book, option, prediction)
    entries = {
        request_class.id: book.enter(
            section,
            f"{request_class.name}: server time of a request, predicted",
            figure.model_copy(update={"note": _note(figure.note, request_class, serving)}),
            "server·seconds/request",
            path,
            f"{request_class.id}.predicted",
        )
        for request_class in book.plan.workload
        if (figure := prediction.work.seconds.get(request_class.id)) is not None
    }
    adaptation = None
    if not serving.adaptation_overhead.is_left_out:
        adaptation = book.enter(
            section, "More server time, for adaptation to the hardware",
            serving.adaptation_overhead, "share", f"{path}.adaptation_overhead", "adaptation",
        )  # fmt: skip

    def of_request(demand: ClassDemand) -> Expression:
        request_class = demand.request_class
        if request_class.id not in entries:
            entries[request_class.id] = _enter_other(book, section, option, request_class, path)
        entry = entries[request_class.id]
        return entry if adaptation is None else entry * (1 + adaptation)

    return Predicted(of_request, prediction.work.usable_share, adaptation)


def _enter_other(
    book: Book, section: Section, option: SelfHosted, request_class: RequestClass, path: str
) -> Input:
    """Enter the predicted server time of a class that is not in the plan but made by a recipe.

    It is served in the layout that suits the classes of the plan, for they share the servers.

    Raises:
        BillError: the model cannot be served so.
    """
    serving = option.serving
    assert serving is not None
    layout = book.predictions[option.id].work.stack
    as_laid_out = serving.model_copy(update={"tensor_parallel": layout.tensor})
    plan = book.plan.model_copy(update={"workload": (request_class,)})
    try:
        predicted = predict_work(
            option.model_copy(update={"serves": (), "serving": as_laid_out}), plan, book.catalogue
        )
    except BillError as error:
        raise BillError(path, str(error)) from None
    figure = predicted.work.seconds[request_class.id]
    return book.enter(
        section, f"{request_class.name}: server time of a request, predicted",
        figure.model_copy(update={"note": _note(figure.note, request_class, serving)}),
        "server·seconds/request", path, f"{request_class.id}.predicted",
    )  # fmt: skip


def _note(predicted: str, request_class: RequestClass, serving: Serving) -> str:
    """How it was predicted, what the buyer changed of it, and when it no longer holds."""
    holds = (
        f"holds for {request_class.input_tokens.value:,.6g} + "
        f"{request_class.output_tokens.value:,.6g} tokens and the service level of the plan: a "
        "workbook does not predict anew"
    )
    return "; ".join(part for part in (predicted, *_changes(serving), holds) if part)


def _changes(serving: Serving) -> Iterator[str]:
    if not serving.efficiency.is_left_out:
        figure = serving.efficiency
        yield f"throughput times {figure.value:g} ({figure.source})"
    if not serving.memory_overhead.is_left_out:
        overhead = serving.memory_overhead
        yield f"{overhead.value:+.0%} of memory for cache and activations ({overhead.source})"
    if serving.speculative is not None:
        draft = serving.speculative
        yield (
            f"speculative decoding, {draft.draft_tokens} tokens at an acceptance of "
            f"{draft.acceptance.value:g} ({draft.acceptance.source})"
        )
