"""What cross-validation says, gathered for the terminal and the help page."""

import json
from dataclasses import dataclass
from typing import Any

from pricing.calibration.anchoring import Anchored, anchoring
from pricing.calibration.calibrate import Data, Validation
from pricing.resources import resource
from pricing.serving.measurement_names import Names
from pricing.serving.parameters import Parameters
from pricing.serving.score_report import ScoreReport, score_report


@dataclass(frozen=True)
class Results:
    """Scores of rows that the fits had not seen."""

    groups: ScoreReport
    """Without the row's source on its model and accelerator."""
    sources: ScoreReport
    """Without the row's whole source."""
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
    return Results(
        groups=score_report(data.points, validation.groups, names),
        sources=score_report(data.points, validation.sources, names),
        anchored=anchoring(data.rows, validation.groups, parameters),
        calibration=document,
    )
