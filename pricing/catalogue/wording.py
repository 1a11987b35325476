"""Figures in words: value, range and unit, and where they come from."""

from collections.abc import Iterator
from datetime import date

from pricing.catalogue.dates import STALE_AFTER_MONTHS, is_stale
from pricing.plan.figure import Figure

NOT_KNOWN = "not known"


def amount(value: float) -> str:
    """A number with thousands separated and no more digits than it has."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text if float(text.replace(",", "")) == value else f"{value:,}"


def value_text(figure: Figure) -> str:
    ends = [amount(end) for end in (figure.low, figure.high) if end is not None]
    spread = ""
    if figure.low is not None and figure.high is not None:
        spread = f" ({ends[0]} to {ends[1]})"
    elif ends:
        spread = f" ({'from' if figure.low is not None else 'up to'} {ends[0]})"
    return f"{amount(figure.value)}{spread} {figure.unit}"


def origin_lines(figure: Figure, today: date | None, indent: str = "") -> Iterator[str]:
    day = figure.as_of.isoformat() if figure.as_of else "no date"
    old = ""
    if today is not None and is_stale(figure, today):
        old = f" (STALE: older than {STALE_AFTER_MONTHS} months)" if figure.as_of else " (STALE)"
    yield f"{indent}Source: {figure.source}, {day}{old}, confidence {figure.confidence}"
    if figure.url:
        yield f"{indent}Link: {figure.url}"
    if figure.note:
        yield f"{indent}Note: {figure.note}"


def figure_lines(label: str, figure: Figure | None, today: date | None) -> Iterator[str]:
    if figure is None:
        yield f"{label}: {NOT_KNOWN}"
        return
    yield f"{label}: {value_text(figure)}"
    yield from origin_lines(figure, today, indent="  ")
