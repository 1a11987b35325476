"""What cross-validation says, gathered for the terminal and the help page."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from pricing.calibration.anchoring import Anchored, anchoring
from pricing.calibration.calibrate import Data, Validation
from pricing.resources import resource
from pricing.serving.measured.names import Names
from pricing.serving.measured.score import Score, score
from pricing.serving.measured.score_report import ScoreReport, score_report
from pricing.serving.parameters import Parameters


@dataclass(frozen=True)
class Results:
    """Scores of rows that the fits had not seen."""

    groups: ScoreReport
    """Without the row's source on its model and accelerator."""
    sources: ScoreReport
    """Without the row's whole source."""
    known_software: Score
    """The same for rows whose class of software was still there, from other sources."""
    anchored: list[Anchored]
    """With a few own points of each stack, groups held out."""
    calibration: dict[str, Any]
    """parameters.json."""


def results_of(data: Data, parameters: Parameters, validation: Validation) -> Results:
    """Scores of cross-validated predictions.

    Raises:
        ValueError: the parameters were fitted to other data.
    """
    document = json.loads(resource("serving", "parameters.json").read_bytes())
    if document["data"]["sha256"] != data.sha256:
        raise ValueError("parameters.json is of other measurements; run `make calibrate` first")
    names = Names.of(data.catalogue)
    rows, sources = data.rows, validation.sources
    of_software = set(zip(rows.software, rows.sources, strict=True))
    known = np.array([
        any(name == software and other != source for name, other in of_software)
        for software, source in zip(rows.software, rows.sources, strict=True)
    ])  # fmt: skip
    return Results(
        groups=score_report(data.points, validation.groups, names),
        sources=score_report(data.points, sources, names),
        known_software=score(
            data.points.output_tokens_per_s[known],
            sources.throughput[known],
            sources.low[known],
            sources.high[known],
        ),
        anchored=anchoring(data.rows, validation.groups, parameters.anchor),
        calibration=document,
    )
