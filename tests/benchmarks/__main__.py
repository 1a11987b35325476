"""Runs every benchmark and prints what it measured against its target: python -m tests.benchmarks

A benchmark is a module bench_*.py with `run()` giving rows of (what, measured, unit, target), or
with a `main()` that prints its own.
"""

import importlib
import sys
from pathlib import Path


def main(chosen: list[str]) -> None:
    """Run the benchmarks whose names are given, or all."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if chosen and path.stem.removeprefix("bench_") not in chosen:
            continue
        module = importlib.import_module(f"tests.benchmarks.{path.stem}")
        if not hasattr(module, "run"):
            module.main()
            continue
        for what, measured, unit, target in module.run():
            print(
                f"{what:58} {measured:9.3g} {unit:3} target {target:6g} {unit:3} "
                f"ratio {measured / target:5.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
