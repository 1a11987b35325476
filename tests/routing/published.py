"""Published results; data/README.md says where they are from."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pricing.routing import JointCorrectness

_DATA = Path(__file__).parent / "data"


@cache
def published(name: str) -> dict[str, Any]:
    """One file of published results."""
    document: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text("utf-8"))
    return document


def counted(name: str) -> JointCorrectness:
    """Joint correctness of Mixtral 8x7B and GPT-4 on a test."""
    counts = published("routellm_counted")[name]
    return JointCorrectness.from_counts(
        counts["both"], counts["only_strong"], counts["only_weak"], counts["neither"]
    )


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
