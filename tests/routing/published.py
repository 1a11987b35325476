"""Published results; data/README.md says where they are from."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pricing.routing.cascade import Scores

_DATA = Path(__file__).parent / "data"


@cache
def published(name: str) -> dict[str, Any]:
    """One file of published results."""
    document: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text("utf-8"))
    return document


@dataclass(frozen=True, slots=True)
class Counted:
    """Questions of a test that Mixtral 8x7B (small) and GPT-4 (large) answer rightly."""

    both: int
    only_large: int
    only_small: int
    neither: int

    @property
    def patterns(self) -> list[float]:
        """Share of the questions of each kind, in the order of the fields."""
        four = (self.both, self.only_large, self.only_small, self.neither)
        return [one / sum(four) for one in four]

    @property
    def scores(self) -> Scores:
        """The same as scores."""
        both, only_large, only_small, _ = self.patterns
        return Scores(both + only_small, both + only_large, both)


def counted(name: str) -> Counted:
    """Who is right on the questions of a test."""
    row = published("routellm_counted")[name]
    return Counted(row["both"], row["only_strong"], row["only_weak"], row["neither"])


@dataclass(frozen=True, slots=True)
class CascadeRow:
    """A cascade on GSM8K with a verifier that errs so often."""

    error: float
    escalation: float
    simulated_escalation: float
    quality: float
    simulated_quality: float
    usd_per_million: float
    saving: float


DRAWS = 400_000
"""Simulated requests behind each row."""


def cascade_rows() -> list[CascadeRow]:
    """The rows of the published cascade."""
    with (_DATA / "cascade_gsm8k.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [CascadeRow(*map(float, row)) for row in rows]
