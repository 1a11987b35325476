"""The calibrated parameters: a core for any stack, multipliers where something was measured."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pricing.resources import resource
from pricing.serving.coefficients import Coefficients

CLOSE_LINKS = ("nvlink", "xgmi")
"""Connections with the core's fast call; all others have the slow one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one model on one accelerator with one class of software."""

    factor: float
    """Throughput over what the formulas say, shrunk towards 1 where rows are few."""
    rows: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """How measurements spread around predictions, as log ratios; weighs a buyer's own points."""

    between: float
    """Standard deviation of what all points of one setup have in common."""
    within: float
    """Standard deviation of the points of one setup around that."""
    unlike: float
    """Share of the common part that is left at another precision, or at another parallelism."""
    source: str
    """Where these come from."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the calibration found; times in seconds, efficiencies as shares of a peak."""

    core: Mapping[str, float]
    families: Mapping[str, Mapping[str, float]]
    """Multipliers on the core by accelerator family."""
    frameworks: Mapping[str, Mapping[str, float]]
    """Multipliers on the core by class of serving software."""
    makers: frozenset[str]
    """Makers of accelerators that were measured."""
    seen_together: frozenset[tuple[str, str]]
    """Families and classes of software that were measured together."""
    stacks: Mapping[str, Measured]
    """By model, accelerator and class of software."""
    intervals: Mapping[str, tuple[float, float]]
    """Ends of the 80 % interval over the typical throughput, by ground and kind of model."""
    anchor: Anchor
    """What a buyer's own points are weighed with."""
    data_date: date
    """Newest measurement used."""
    rows: int
    """Measurements used."""

    def value(self, name: str, family: str, framework: str) -> float:
        """A parameter for a family and a class of software; the core where nothing is known."""
        return (
            self.core[name]
            * self.families.get(family, {}).get(name, 1.0)
            * self.frameworks.get(framework, {}).get(name, 1.0)
        )

    def coefficients(
        self, family: str, link: str, framework: str, widths: tuple[int, int]
    ) -> Coefficients:
        """The factors of one stack.

        Args:
            family: Accelerator family.
            link: Kind of connection between accelerators.
            framework: Class of serving software.
            widths: Bits in which feed-forward and attention weights are multiplied.
        """

        def value(name: str) -> float:
            return self.value(name, family, framework)

        speed = "close" if link in CLOSE_LINKS else "far"
        efficiency = self.frameworks.get(framework, {}).get("efficiency", 1.0)
        return Coefficients.of(
            bandwidth=value("bandwidth") * efficiency,
            matmul=value(f"matmul_{widths[0]}") * efficiency,
            attention_matmul=value(f"matmul_{widths[1]}") * efficiency,
            experts=value("experts"),
            experts_bandwidth=value("experts_bandwidth"),
            padding=value("padding"),
            kv=value("kv"),
            decode_attention=value("decode_attention") * efficiency,
            prefill_attention=value("prefill_attention") * efficiency,
            call=value(f"call_{speed}"),
            exchange=value("exchange"),
            link=value(f"link_{speed}"),
            layer=value("layer"),
            moe_layer=value("moe_layer"),
            latent_layer=value("latent_layer"),
            step=value("step"),
            sequence=value("sequence"),
            request=value("request"),
            overlap=value("overlap"),
            synchrony=value("synchrony"),
        )


@lru_cache(maxsize=1)
def load_parameters() -> Parameters:
    """The parameters shipped with Reckoner."""
    data: dict[str, Any] = json.loads(resource("serving/parameters.json").read_bytes())
    return Parameters(
        core=data["core"],
        families=data["families"],
        frameworks=data["frameworks"],
        makers=frozenset(data["makers"]),
        seen_together=frozenset((family, software) for family, software in data["seen_together"]),
        stacks={
            key: Measured(row["factor"], row["rows"], tuple(row["sources"]))
            for key, row in data["stacks"].items()
        },
        intervals={key: (low, high) for key, (low, high) in data["intervals"].items()},
        anchor=Anchor(**data["anchor"]),
        data_date=date.fromisoformat(data["data"]["date"]),
        rows=data["data"]["rows"],
    )
