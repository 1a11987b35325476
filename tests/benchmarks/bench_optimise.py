"""Optimising generated instances of a large and of a small buyer, each in a process of its own.

Large: 12 jobs x 10 ways to serve x 36 months; mixed: the same with firm work on two kinds of terms,
cascades and a floor on quality. Seconds are of the wall clock, so that a machine that does nothing
else is needed; seconds of the processor are told beside them, and those hardly depend on that.
Run: python -m tests.benchmarks.bench_optimise
"""

import json
import os
import subprocess
import sys
from typing import Any

from tests.benchmarks.rows import Row, told

SEEDS = range(5)
CODE = """
import json, resource, sys, time
from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.solve import solve
from tests.optimise import instances

seed, kind, size = int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
instance, seen, began = getattr(instances, kind)(seed, **size), [], time.process_time()
answer = solve(instance, Settings(gap=1e-3, seconds=60), on_progress=seen.append)
print(json.dumps({
    "processor": time.process_time() - began,
    "first": answer.first, "gap": answer.gap, "sizes": answer.sizes, "status": answer.status,
    "half": next((it.seconds for it in seen if it.gap <= 5e-3), None),
    "tenth": next((it.seconds for it in seen if it.gap <= 1e-3), None),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""
LARGE: dict[str, int] = {}
SMALL = {"jobs": 4, "pools": 4, "suppliers": 2}
KINDS = (("large", LARGE, (2.0, 10.0, 30.0)), ("mixed", LARGE, (2.0, 10.0, 30.0)),
         ("large", SMALL, (1.0, 1.0, 1.0)), ("mixed", SMALL, (1.0, 1.0, 1.0)))  # fmt: skip
"""Family, size, and targets in seconds: first decision, gap of 0.5 %, gap of 0.1 %."""


def measure(seed: int, kind: str, size: dict[str, int]) -> dict[str, Any]:
    """What a solve of one instance took, in a process of its own; none for a gap not reached."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(seed), kind, json.dumps(size)],
        check=True, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def run() -> list[Row]:
    """What, measured, unit, target."""
    rows = []
    for kind, size, (first, half, tenth) in KINDS:
        for seed in SEEDS:
            it = measure(seed, kind, size)
            name = f"{kind}, {'4 x 6' if size else '12 x 10'} x 36, seed {seed}"
            rows += [
                (f"{name}: first decision", it["first"], "s", first),
                (f"{name}: gap of 0.5 %", it["half"], "s", half),
                (f"{name}: gap of 0.1 %", it["tenth"], "s", tenth),
                (f"{name}: processor", it["processor"], "s", tenth),
                (f"{name}: final gap", it["gap"] * 100, "%", 0.1),
                (f"{name}: memory", it["megabytes"], "MB", 400.0),
            ]
    return rows


if __name__ == "__main__":
    for row in run():
        print(told(row))
