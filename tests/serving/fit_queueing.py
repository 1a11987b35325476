"""Fit the three constants of the queueing formulas to the event simulation.

    .venv/bin/python -m tests.serving.fit_queueing [runs]

writes resources/serving/queueing.json, in about a second per run. The same seed gives the same
file, but for the date.
"""

import json
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

from pricing.serving.queueing import tpot_seconds, ttft_seconds
from pricing.serving.queueing.ttft import WaitingConstants
from tests.serving.settings import RANGES, Setting, random_settings, replicas_of
from tests.serving.simulation import FloatArray

FILE = Path(__file__).resolve().parents[2] / "resources" / "serving" / "queueing.json"
SEED = 20261122
RUNS = 1000
MOST_STEPS = 2e6
PERCENTILES = (50, 90, 95, 99)
FAR = 0.15
"""Log error from which on a run pulls on the fit less than in proportion."""


def simulated(runs: int) -> tuple[list[Setting], FloatArray, FloatArray]:
    """Settings with simulated TTFT and TPOT, shapes (percentiles, runs)."""
    rng = np.random.default_rng(SEED)
    settings, ttft, tpot = [], [], []
    for setting, count in islice(random_settings(rng, MOST_STEPS), runs):
        run = setting.run(rng, count)
        settings.append(setting)
        ttft.append(np.percentile(run.ttft, PERCENTILES))
        tpot.append(np.percentile(run.tpot, PERCENTILES))
        if len(settings) % 50 == 0:
            print(f"{len(settings)} of {runs} runs", file=sys.stderr, flush=True)
    return settings, np.array(ttft).T, np.array(tpot).T


def main(runs: int) -> None:
    settings, ttft, tpot = simulated(runs)
    replica = replicas_of(settings)
    load = np.array([setting.load for setting in settings])

    def errors(values: FloatArray) -> FloatArray:
        by = WaitingConstants(*values)
        found = [ttft_seconds(replica, load, percentile, by) for percentile in PERCENTILES]
        return np.log(ttft / np.array(found))

    fit = least_squares(
        lambda values: errors(values).ravel(), [0.3, 1.0, 0.7], loss="soft_l1", f_scale=FAR,
        diff_step=1e-3,
    )  # fmt: skip
    of_tpot = np.log(tpot / np.array([tpot_seconds(replica, load, p) for p in PERCENTILES]))
    document = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "python -m tests.serving.fit_queueing",
        "seed": SEED,
        "runs": runs,
        "arrivals": "Poisson",
        "lengths": "log-normal",
        "drawn": RANGES,
        "constants": dict(
            zip(WaitingConstants.__slots__, (round(float(v), 3) for v in fit.x), strict=True)
        ),
        "median_error_at_percentile": {
            name: {
                str(percentile): round(float(np.median(np.abs(np.expm1(row)))), 3)
                for percentile, row in zip(PERCENTILES, log_errors, strict=True)
            }
            for name, log_errors in (("ttft", errors(fit.x)), ("tpot", of_tpot))
        },
    }
    FILE.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
