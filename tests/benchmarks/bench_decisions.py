"""From a plan to a decision: stating the problem, deciding, and a frontier of eight points.

Run: python -m tests.benchmarks decisions
"""

import time
from datetime import date

from pricing.catalogue import load_catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import hybrid_of, optimise
from pricing.optimise.problem.stated import problem_of
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.frontier import frontier
from pricing.plan.figure import Price
from pricing.plan.option import Appliance, OwnedServers
from pricing.plan.plan import Plan
from tests.benchmarks.rows import Row
from tests.optimise.plans import broad, mixed

TODAY = date(2026, 11, 22)


def run() -> list[Row]:
    """What, measured, unit, target."""
    catalogue, plan, small = load_catalogue(), broad(), mixed()
    problem_of(small, catalogue, hybrid_of(small, None), TODAY)
    started = time.perf_counter()
    problem_of(plan, catalogue, hybrid_of(plan, None), TODAY)
    stated = time.perf_counter() - started
    started = time.perf_counter()
    found = optimise(plan, settings=Settings(1e-3, 60), catalogue=catalogue, today=TODAY)
    decided = time.perf_counter() - started
    rows: list[Row] = [
        ("problem of 12 classes x 10 options x 36 months", stated, "s", 0.5),
        ("decision on it, to 0.1 %", decided if found.answer.gap <= 1e-3 else None, "s", 30.0),
    ]
    free = mixed(outside="restricted")
    for name, chosen in (
        ("3 classes x 5 options x 24 months", free),
        ("12 x 10 x 36, a third confidential", plan),
        ("12 x 10 x 36, servers at half the price", _worth_buying(plan)),
    ):
        asked = Asked(chosen, catalogue, hybrid_of(chosen, None), TODAY)
        started, worked = time.perf_counter(), time.process_time()
        drawn = frontier(asked, "capex", seconds=60.0)
        told = f"frontier of cost and capex, {name}"
        rows += [
            (told, time.perf_counter() - started, "s", 60.0),
            (f"{told}, processor", time.process_time() - worked, "s", 60.0),
            (f"{told}, worst gap", 100 * max(point.gap for point in drawn.points), "%", 5.0),
        ]
    return rows


def _worth_buying(plan: Plan) -> Plan:
    """The plan with data that may leave and servers at half the price: what to buy is a choice."""
    options = [
        option.model_copy(update={"price": Price(value=option.price.value / 2)})
        if isinstance(option, OwnedServers | Appliance) and option.price is not None
        else option
        for option in plan.options
    ]
    rules = plan.rules.model_copy(update={"outside": "restricted"})
    return plan.model_copy(update={"options": tuple(options), "rules": rules})
