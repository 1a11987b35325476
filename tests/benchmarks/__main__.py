"""Runs every benchmark and prints what it measured against its target: python -m tests.benchmarks

A benchmark is a module bench_*.py with `run()` giving `rows.Row`s, or with a `main()` that
prints its own.
"""

import importlib
import sys
from pathlib import Path

from tests.benchmarks.rows import told


def main(chosen: list[str]) -> None:
    """Run the benchmarks whose names are given, or all."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if chosen and path.stem.removeprefix("bench_") not in chosen:
            continue
        module = importlib.import_module(f"tests.benchmarks.{path.stem}")
        if not hasattr(module, "run"):
            module.main()
            continue
        for row in module.run():
            print(told(row), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
