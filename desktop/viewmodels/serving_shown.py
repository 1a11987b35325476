"""What the serving page shows, as values; `serving_view` makes them."""

from dataclasses import dataclass

from desktop.charts.spec import Curve, Strip


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure with its interval and what it means."""

    title: str
    figure: str
    interval: str
    tip: str


@dataclass(frozen=True, slots=True)
class ServingView:
    """Everything but the ranking."""

    finding: str
    second: str = ""
    caveat: str = ""
    problem_path: str = ""
    """The field that keeps the work from being predicted; empty where it is predicted."""
    figures: tuple[KeyFigure, ...] = ()
    curve: Curve | None = None
    reading: str = ""
    """What the curve says."""
    step: Strip | None = None
    memory: Strip | None = None
    evidence: str = ""
    sources: tuple[str, ...] = ()
