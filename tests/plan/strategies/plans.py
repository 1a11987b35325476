"""Whole plans."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pricing.plan.figure import PositiveAmount, Price, Rate, Share
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Calendar, Finance, ForeignExchange, People, Plan, Tax
from tests.plan.strategies.figures import (
    currencies,
    figures,
    identifiers,
    maybe,
    names,
    numbers,
    texts,
)
from tests.plan.strategies.hybrids import hybrids, rules
from tests.plan.strategies.options import options, token_priced
from tests.plan.strategies.sheets import (
    accelerator_sheets,
    model_qualities,
    model_sheets,
    own_sheets,
)
from tests.plan.strategies.workload import request_classes

few = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
"""Whole plans take long to draw."""

_fx = st.builds(
    ForeignExchange,
    cny_per_usd=maybe(figures(PositiveAmount)),
    eur_per_usd=maybe(figures(PositiveAmount)),
)
_calendars = st.builds(
    Calendar,
    days_per_month=maybe(numbers(0, 31, above=True)),
    hours_per_day=numbers(0, 24, above=True),
)
_finances = st.builds(
    Finance,
    discount_rate=figures(Rate),
    payment_timing=st.sampled_from(["mid-month", "end-of-month"]),
    tax=maybe(st.builds(Tax, rate=figures(Share))),
)
_people = st.builds(People, loaded_cost_per_year=figures(Price))
_months = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: f"{day:%Y-%m}")
_distinct_ids = st.lists(identifiers, min_size=1, max_size=3, unique=True)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Whole plans: every kind of option, figure, growth and profile; the first may be a bridge.

    The last of several options may be a hybrid of those before it that serve all.
    """
    classes, ids = draw(_distinct_ids), draw(_distinct_ids)
    workload = [draw(request_classes).model_copy(update={"id": name}) for name in classes[:2]]
    served = st.lists(st.sampled_from([item.id for item in workload]), unique=True).map(tuple)
    drawn: list[Any] = []
    for name in ids:
        option = draw(options if drawn else token_priced)
        changes: dict[str, Any] = {"id": name, "serves": draw(served)}
        if isinstance(option, SelfHosted) and draw(st.booleans()):
            changes["bridge"] = ids[0]
        drawn.append(option.model_copy(update=changes))
    asked = [item.id for item in workload]
    if len(drawn) > 1 and draw(st.booleans()):
        serving_all = [option for option in drawn[:-1] if not option.serves]
        if serving_all:
            drawn[-1] = draw(hybrids(ids[-1], asked, serving_all))
    pure = [option.id for option in drawn if not isinstance(option, Hybrid)]
    return Plan(
        name=draw(names),
        note=draw(texts),
        start=draw(_months),
        months=draw(st.integers(12, 84)),
        currency=draw(currencies),
        fx=draw(_fx),
        calendar=draw(_calendars),
        electricity=draw(maybe(figures(Price))),
        people=draw(_people),
        finance=draw(_finances),
        workload=tuple(workload),
        options=tuple(drawn),
        baseline=draw(st.sampled_from([None, *ids])),
        models=draw(own_sheets(model_sheets())),
        accelerators=draw(own_sheets(accelerator_sheets)),
        qualities=draw(model_qualities(asked)),
        rules=draw(rules(pure)),
    )
