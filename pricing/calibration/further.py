"""Rows that the project may not hold: their score is kept, so that the page can tell it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from pricing.calibration.calibrate import Data
from pricing.calibration.rows import detailed_sources
from pricing.resources import resource
from pricing.serving.measured.names import Names
from pricing.serving.measured.predicted import predict_measurements
from pricing.serving.measured.reading import read_measurements
from pricing.serving.measured.score import Score, score
from pricing.serving.measured.sources import source_family
from pricing.serving.parameters import Parameters

FILE = "further_score.json"


def further_of(path: Path, data: Data, parameters: Parameters) -> dict[str, Any]:
    """Score the rows of a file whose sources' licences keep them out of the project.

    The fit has not seen them.
    """
    points = read_measurements(path, Names.of(data.catalogue), unknown="keep")
    families = [source_family(row.source, row.kind) for row in points]
    outside = np.array([family is None or not family.licence for family in families])
    points = points.only(outside)
    found = predict_measurements(points, data.catalogue, parameters)
    measured = points.output_tokens_per_s
    sources = np.array(detailed_sources(points.rows))
    return {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "parameters_sha256": parameters_sha256(),
        "all": vars_of(score(measured, found.throughput, found.low, found.high)),
        "sources": {
            str(name): vars_of(
                score(
                    measured[sources == name],
                    found.throughput[sources == name],
                    found.low[sources == name],
                    found.high[sources == name],
                )
            )
            for name in sorted(set(sources))
        },
    }


def vars_of(of: Score) -> dict[str, float]:
    """A score as JSON holds it."""
    return {
        name: round(float(getattr(of, name)), 5)
        for name in ("n", "mape", "median", "within_10", "within_25", "bias", "coverage")
    }


def parameters_sha256() -> str:
    """Of the parameters in the project."""
    return hashlib.sha256(resource("serving", "parameters.json").read_bytes()).hexdigest()


def write_further(found: dict[str, Any]) -> None:
    """Keep a score."""
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    (resource("serving") / FILE).write_text(text, encoding="utf-8", newline="")


def read_further() -> dict[str, Any] | None:
    """The score that was kept, if it is of the parameters in the project."""
    path = resource("serving") / FILE
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found if found["parameters_sha256"] == parameters_sha256() else None
