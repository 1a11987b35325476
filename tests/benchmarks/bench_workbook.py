"""An evaluated plan of six options over 36 months, written as a workbook."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pricing.workbook import export_workbook
from tests.benchmarks.bench_evaluate import shortest
from tests.workbook.plans import customer_service


def run() -> list[tuple[str, float, str, float]]:
    """What, measured, unit, target."""
    evaluation = customer_service()
    size = len(evaluation.ledger.lines)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bill.xlsx"
        started = time.process_time()
        export_workbook(evaluation, path)
        first = time.process_time() - started
        again = shortest(lambda: export_workbook(evaluation, path), 5)
    return [
        (f"workbook of 6 options x 36 months ({size} lines)", again, "s", 1.0),
        ("the first workbook, libraries loaded", first, "s", 1.0),
    ]


if __name__ == "__main__":
    for name, measured, unit, target in run():
        print(f"{name}: {measured:.3g} {unit} (target {target:g} {unit})")
