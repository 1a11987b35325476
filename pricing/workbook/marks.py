"""What a reader should check about an input before relying on it, from its origin alone."""

from datetime import date

from pricing.catalogue import STALE_AFTER_MONTHS, is_stale
from pricing.ledger import CONVENTION, Provenance

CONFIDENCES = {
    "assumption": "an assumption",
    "low": "low confidence",
    "gap": "no source found",
}
"""Confidences that a reader should not pass over, in words."""

_CITED = frozenset({"high", "medium", "low"})
"""Confidences of figures that somebody published or quoted, on some day."""

TOO_OLD = f"older than {STALE_AFTER_MONTHS} months"
UNDATED = "no date stated"


def marks_of(origin: Provenance, prepared: date) -> list[str]:
    """Why a figure deserves a second look; empty for one that is dated, recent and sure.

    Args:
        origin: Where the figure comes from.
        prepared: The day from which its age is counted.
    """
    if origin == CONVENTION:
        return []
    marks = [CONFIDENCES[origin.confidence]] if origin.confidence in CONFIDENCES else []
    if origin.as_of is None:
        return [*marks, UNDATED] if origin.confidence in _CITED else marks
    return [*marks, TOO_OLD] if is_stale(origin.as_of, prepared) else marks
