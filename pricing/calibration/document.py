"""The calibration as resources/serving/parameters.json holds it."""

import json
from collections.abc import Mapping
from math import exp
from typing import Any, Final

import numpy as np

from pricing.calibration.calibrate import Calibration, Validation
from pricing.calibration.design import PARTIAL
from pricing.calibration.intervals import SCHEMES
from pricing.calibration.outcome import counted
from pricing.calibration.priors import CORE
from pricing.serving.measured.predicted import Predictions
from pricing.serving.measured.score import score

DIGITS: Final = 5
"""Significant digits of what is written: more would differ between machines."""


def document_of(of: Calibration, validation: Validation) -> dict[str, Any]:
    """The keys that `pricing.serving.parameters` reads, and what a reader wants to know of them."""
    found, rows = of.parameters, of.data.rows
    everything = np.ones(len(rows), dtype=bool)
    return {
        "core": _rounded(found.core),
        "families": {name: _rounded(values) for name, values in found.families.items()},
        "frameworks": {name: _rounded(values) for name, values in found.frameworks.items()},
        "makers": sorted(found.makers),
        "seen_together": sorted(map(list, found.seen_together)),
        "stacks": {
            key: {
                "factor": _round(known.factor),
                "rows": known.rows,
                "sources": list(known.sources),
            }
            for key, known in found.stacks.items()
        },
        "intervals": {
            key: [_round(low), _round(high)] for key, (low, high) in found.intervals.items()
        },
        "anchor": {
            "between": _round(found.anchor.between),
            "within": _round(found.anchor.within),
            "unlike": _round(found.anchor.unlike),
            "source": found.anchor.source,
        },
        "data": {
            "file": "measurements.csv",
            "sha256": of.data.sha256,
            "date": found.data_date.isoformat(),
            "rows": found.rows,
            "not_used": [],
            "rows_by_family": counted(rows.families, everything),
            "rows_by_framework": counted(rows.software, everything),
            "rows_by_source": counted(rows.sources, everything),
        },
        "units": {name: prior.unit or "1" for name, prior in CORE.items()},
        "priors": {name: [prior.centre, prior.spread] for name, prior in CORE.items()},
        "source_offsets": _source_offsets(of),
        "interval_coverage": {
            key: {
                "held_out": SCHEMES[interval.ground],
                "rows": interval.rows,
                "coverage": _round(interval.coverage),
            }
            for key, interval in of.intervals.items()
        },
        "scores": {
            "groups held out": _score(of, validation.groups),
            "whole sources held out": _score(of, validation.sources),
        },
    }


def text_of(document: dict[str, Any]) -> str:
    """As text, the same for the same content."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _source_offsets(of: Calibration) -> dict[str, float]:
    """How much more each source measures than the parameters say; not used to predict."""
    design = of.found.design
    return {
        key[1]: _round(exp(value))
        for key, value in zip(design.keys, of.found.unknowns, strict=True)
        if key[0] == PARTIAL[0]
    }


def _score(of: Calibration, predictions: Predictions) -> dict[str, Any]:
    rows = of.data.rows
    throughput = score(
        np.exp(rows.throughput), predictions.throughput, predictions.low, predictions.high
    )
    timed = np.isfinite(rows.tpot)
    tpot = score(1000 * np.exp(rows.tpot[timed]), predictions.tpot[timed])
    return {
        "rows": throughput.n,
        "mape": _round(throughput.mape),
        "median": _round(throughput.median),
        "within_25": _round(throughput.within_25),
        "coverage": _round(throughput.coverage),
        "tpot_rows": tpot.n,
        "tpot_median": _round(tpot.median),
    }


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: _round(value) for name, value in values.items()}


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
