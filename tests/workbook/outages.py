"""A plan in which outages must lose requests: one supplier that fails, and nobody to take over."""

from functools import cache

from pricing.evaluation import Evaluation
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import optimise
from pricing.plan.plan import Plan
from tests.workbook.plans import TODAY, plan

SUPPLIER, SERVERS = "hosted", "reserved"


def failing() -> Plan:
    """Rented servers, few of them, and a supplier that is down for one per cent of the time."""
    document = plan().model_dump()
    options = [dict(o) for o in document["options"] if o["id"] in {SUPPLIER, SERVERS}]
    for option in options:
        if option["id"] == SUPPLIER:
            option["availability"] = 0.99
            option["prices"] = {"input": 6, "output": 18}
        else:
            option["most_servers"] = 6
    return plan(options=options, baseline=None)


@cache
def lossy() -> Evaluation:
    """With the optimiser's decision."""
    return optimise(failing(), settings=Settings(gap=1e-3, seconds=20), today=TODAY).evaluation
