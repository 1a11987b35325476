"""Optimising five generated instances of a large buyer and five small ones, each in a process.

Large: 12 jobs x 10 ways to serve x 36 months. Seconds are of the wall clock: run it on a machine
that does nothing else. Run: python -m tests.benchmarks.bench_optimise
"""

import json
import os
import subprocess
import sys

SEEDS = range(5)
CODE = """
import json, resource, sys
import numpy as np
from pricing.optimise.answer import Settings
from pricing.optimise.solve import solve
from tests.optimise.instances import large

seed, size = int(sys.argv[1]), json.loads(sys.argv[2])
seen = []
answer = solve(large(seed, **size), Settings(gap=1e-3, seconds=60), on_progress=seen.append)
print(json.dumps({
    "seconds": answer.seconds, "first": answer.first, "gap": answer.gap, "status": answer.status,
    "half": next((it.seconds for it in seen if it.gap <= 5e-3), 1e9), "sizes": answer.sizes,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""
LARGE: dict[str, int] = {}
SMALL = {"jobs": 4, "pools": 4, "suppliers": 2}


def measure(seed: int, size: dict[str, int]) -> dict[str, float]:
    """What a solve of one instance took, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(seed), json.dumps(size)],
        check=True, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout)
    return result


def run() -> list[tuple[str, float, str, float]]:
    """What, measured, unit, target."""
    rows = []
    for seed in SEEDS:
        it = measure(seed, LARGE)
        name = f"12 x 10 x 36, seed {seed}"
        rows += [
            (f"{name}: first decision", it["first"], "s", 2.0),
            (f"{name}: gap of 0.5 %", it["half"], "s", 10.0),
            (f"{name}: gap of 0.1 %", it["seconds"] if it["gap"] <= 1e-3 else 1e9, "s", 30.0),
            (f"{name}: final gap", it["gap"] * 100, "%", 0.1),
            (f"{name}: memory", it["megabytes"], "MB", 400.0),
        ]
    for seed in SEEDS:
        it = measure(seed, SMALL)
        name = f"4 x 6 x 36, seed {seed}"
        rows.append(
            (f"{name}: gap of 0.1 %", it["seconds"] if it["gap"] <= 1e-3 else 1e9, "s", 1.0)
        )
    return rows


if __name__ == "__main__":
    for what, measured, unit, target in run():
        print(f"{what}: {measured:.3g} {unit} (target {target:g} {unit})")
