"""Inputs and lines: the named figures of a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pricing.ledger.expression import Expression, Named
from pricing.ledger.units import Dimension, dimension, is_money

DECISION = "decision"
"""Confidence of a number that somebody chose: it is neither known nor assumed."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an input comes from."""

    source: str = ""
    as_of: date | None = None
    url: str = ""
    confidence: str = ""
    region: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def is_decision(self) -> bool:
        """Whether the number was chosen; its source then says by whom, its date when."""
        return self.confidence == DECISION


class Input(Named):
    """One cell a person may change: a number with unit, source and date."""

    __slots__ = (
        "dimension", "key", "label", "note", "path", "provenance", "section", "timed", "unit",
        "value",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        label: str,
        value: float,
        unit: str,
        provenance: Provenance,
        *,
        section: str,
        note: str = "",
        path: str = "",
    ) -> None:
        self.key = key
        self.label = label
        self.value = value
        self.unit = unit
        self.provenance = provenance
        self.section = section
        self.note = note
        self.path = path
        """Where it was entered (a dotted path of the caller's document), if anywhere."""
        self.dimension: Dimension = dimension(unit)
        self.timed = False


class Line(Named):
    """A named figure: ONE expression, the same for every month."""

    __slots__ = (
        "block", "dimension", "expression", "flow", "key", "label", "note", "section", "timed",
        "unit",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        label: str,
        unit: str,
        *,
        section: str,
        timed: bool,
        block: str = "",
        note: str = "",
        flow: bool | None = None,
    ) -> None:
        self.key = key
        self.label = label
        self.unit = unit
        self.section = section
        self.block = block
        self.note = note
        self.timed = timed
        self.dimension: Dimension = dimension(unit)
        self.flow = timed and (is_money(unit) if flow is None else flow)
        """Whether its months add up to a total that means something."""
        self.expression: Expression | None = None

    def operands(self) -> tuple[Expression, ...]:
        """Its expression; nothing while the line is only announced."""
        return () if self.expression is None else (self.expression,)
