"""The load a ranking of servers is made for: that of the plan's busiest month."""

import numpy as np

from desktop.charts.spec import FloatArray
from desktop.viewmodels.serving_setup import classes_of
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import MonthlyGrowth, RequestClass
from pricing.serving.search.assess import Load
from pricing.serving.search.loads import loads_of


def busiest_load(option: SelfHosted, plan: Plan) -> tuple[Load, ...]:
    """What servers must answer in the month with most tokens, class by class.

    Args:
        option: An option with predicted work.
        plan: Its plan.
    """
    serving = option.serving
    assert serving is not None
    classes = classes_of(option, plan)
    grown = np.array([_growth(c, plan.months) for c in classes])
    first = [load for c in classes for load in loads_of([c], serving, plan.calendar)]
    tokens = [(load.mean or 0.0) * (load.requests.input + load.requests.output) for load in first]
    month = int(np.argmax(np.array(tokens) @ grown))
    return tuple(
        load
        for c, volume in zip(classes, grown[:, month], strict=True)
        for load in loads_of([c], serving, plan.calendar, float(volume))
    )


def _growth(request_class: RequestClass, months: int) -> FloatArray:
    """Volume of each month over that of the first, shape (months,)."""
    number, growth = np.arange(months), request_class.growth
    if isinstance(growth, MonthlyGrowth):
        return np.asarray((1 + growth.rate.value) ** number, dtype=np.float64)
    years = np.array([figure.value for figure in growth.factors])
    return np.asarray(years[np.minimum(number // 12, len(years) - 1)], dtype=np.float64)
