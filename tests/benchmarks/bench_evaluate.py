"""A plan of six options over 36 months: build and evaluate it, and draw it a thousand times."""

import gc
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from tests.bill.sample import six_options, six_predicted_options

TODAY = date(2026, 11, 22)


def shortest(work: Callable[[], object], times: int) -> float:
    """Processor seconds of the fastest of several runs: what the work takes, undisturbed."""
    best = float("inf")
    gc.collect()
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def run() -> list[tuple[str, float, str, float]]:
    """What, measured, unit, target."""
    plan, catalogue = six_options(), load_catalogue()
    evaluation = evaluate(plan, catalogue, TODAY)
    ledger, size = evaluation.ledger, len(evaluation.ledger.lines)
    random = np.random.default_rng(20_261_122)
    draws = {
        "demand.volume": random.lognormal(0, 0.3, 1000),
        "demand.chat.growth_rate": random.normal(0.03, 0.01, 1000),
        "option.owned.price": random.triangular(280e3, 320e3, 400e3, 1000),
        "option.owned.output_rate": random.triangular(1500, 2500, 3000, 1000),
        "option.api.expected_price_change_per_year": random.uniform(-0.4, 0, 1000),
    }
    once = shortest(lambda: evaluate(plan, catalogue, TODAY), 50)
    predicted = six_predicted_options()
    predicted_size = len(evaluate(predicted, catalogue, TODAY).ledger.lines)
    again = shortest(lambda: evaluate(predicted, catalogue, TODAY), 50)
    many = shortest(lambda: ledger.evaluate(draws), 5)
    return [
        (f"build and evaluate 6 options x 36 months ({size} lines)", once * 1000, "ms", 15.0),
        (
            f"again with 6 predicted options x 4 classes ({predicted_size} lines)",
            again * 1000,
            "ms",
            15.0,
        ),
        (f"1,000 draws of all {size} lines", many, "s", 0.3),
    ]


if __name__ == "__main__":
    for name, measured, unit, target in run():
        print(f"{name}: {measured:.3g} {unit} (target {target:g} {unit})")
