"""Asking why an option may not serve, as small plans do."""

from typing import Any

from pricing.catalogue import load_catalogue
from pricing.routing.eligibility import Reason, reasons
from pricing.routing.latency import Speed
from tests.bill.small import plan, request_class

CATALOGUE = load_catalogue()
UNNAMED = {"context_unknown", "licence_unchecked"}
"""Cautions about every option that names no model, as the small ones here do not."""


def why(
    option: dict[str, Any], asked: dict[str, Any] | None = None, speed: Speed | None = None,
    **changes: Any,
) -> list[Reason]:  # fmt: skip
    """Reasons against an option for one class, but for its model that is not named."""
    return [one for one in all_reasons(option, asked, speed, **changes) if one.code not in UNNAMED]


def all_reasons(
    option: dict[str, Any], asked: dict[str, Any] | None = None, speed: Speed | None = None,
    **changes: Any,
) -> list[Reason]:  # fmt: skip
    """Reasons against an option for one class."""
    found = plan(option, classes=[request_class(name="Chat", **(asked or {}))], **changes)
    return list(reasons(found, CATALOGUE, found.options[0], found.workload[0], speed))


def said(found: list[Reason]) -> list[tuple[str, str, str]]:
    return [(reason.code, reason.severity, reason.path) for reason in found]
