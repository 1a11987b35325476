"""Rules of a plan that a bill alone does not show: where data goes, context length, quality."""

from pricing.bill.book import Book
from pricing.bill.hybrid_checks import note_hybrid
from pricing.bill.quality_checks import note_quality
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import (
    Appliance,
    Option,
    OwnedServers,
    RentedGpus,
    Scheduled,
    SelfHosted,
    TokenOption,
    TokenPriced,
)
from pricing.plan.workload import RequestClass
from pricing.routing.context import mean_length, window_of
from pricing.routing.data_rules import LEVELS, may_be_sent


def note_rules(book: Book) -> None:
    """Note which options break, or cannot be held to, what the request classes ask for."""
    plan = book.plan
    by_id = {option.id: option for option in plan.options}
    for option in plan.options:
        if isinstance(option, Hybrid):
            note_hybrid(book, option)
            continue
        served = [c for c in plan.workload if not option.serves or c.id in option.serves]
        provider: Option | None = option if isinstance(option, TokenPriced) else None
        if isinstance(option, SelfHosted) and option.bridge is not None and _needs_bridge(option):
            provider = by_id[option.bridge]
            _note_bridge(book, option, provider, served)
        if isinstance(option, OwnedServers | Appliance) and option.residual_share.is_left_out:
            book.find(
                "resale.not_counted", f"options.{option.id}.residual_share", "note",
                option=option.name,
            )  # fmt: skip
        if provider is not None:
            _note_sensitivity(book, option, provider, served)
        for request_class in served:
            if isinstance(option, TokenPriced):
                _note_context(book, option, request_class)
            elif request_class.output_tokens.value == 0:
                _note_free_work(book, option, request_class)
    note_quality(book)


def _needs_bridge(option: SelfHosted) -> bool:
    """Whether something can be left for the bridge: before delivery, or beyond fixed capacity."""
    scheduled = isinstance(option, RentedGpus) and isinstance(option.terms, Scheduled)
    return option.lead_time_months > 0 or option.servers is not None or scheduled


def _note_bridge(book: Book, option: Option, bridge: Option, served: list[RequestClass]) -> None:
    outside = [c.name for c in served if bridge.serves and c.id not in bridge.serves]
    if outside:
        book.find(
            "bridge.does_not_serve", f"options.{option.id}.bridge", option=option.name,
            bridge=bridge.name, request_classes=", ".join(outside),
        )  # fmt: skip


def _note_sensitivity(
    book: Book, option: Option, provider: Option, served: list[RequestClass]
) -> None:
    """Say that requests reach a provider who may not be sent their data, or over the bridge."""
    sensitive = [c for c in served if not may_be_sent(provider, c.sensitivity, book.plan.rules)]
    if sensitive:
        kinds = sorted({c.sensitivity for c in sensitive}, key=LEVELS.index)
        book.find(
            "data.leaves", f"options.{option.id}.serves", option=option.name,
            data=", ".join(kinds), request_classes=", ".join(c.name for c in sensitive),
            provider=provider.name,
        )  # fmt: skip


def _note_context(book: Book, option: TokenOption, request_class: RequestClass) -> None:
    window = window_of(book.plan, option, book.catalogue)
    length = mean_length(request_class)
    if window is not None and length > window:
        book.find(
            "context.too_short", f"workload.{request_class.id}.input_tokens", option=option.name,
            request_class=request_class.name, length=length, window=window,
        )  # fmt: skip


def _note_free_work(book: Book, option: Option, request_class: RequestClass) -> None:
    """Say that requests without output are no load where only output tokens take time."""
    if isinstance(option, SelfHosted) and (
        option.capacity is not None
        and option.capacity.output_tokens_per_second is not None
        and option.capacity.input_tokens_per_second is None
    ):
        book.find(
            "capacity.no_input_rate", f"options.{option.id}.capacity.input_tokens_per_second",
            option=option.name, request_class=request_class.name,
        )  # fmt: skip
