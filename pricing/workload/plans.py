"""From request classes to a plan: into one that exists, or into a new one."""

from pricing.plan.figure import Currency
from pricing.plan.option import ClosedApi
from pricing.plan.plan import Plan
from pricing.workload.report import LogReport


def with_workload(plan: Plan, report: LogReport) -> Plan:
    """The plan with the classes of a log instead of its own; options and terms stay.

    An option that served classes which are gone serves those of its classes that remain, or all
    if none does.
    """
    known = {item.id for item in report.classes}
    options = tuple(
        option.model_copy(update={"serves": tuple(name for name in option.serves if name in known)})
        for option in plan.options
    )
    changed = plan.model_copy(update={"workload": report.classes, "options": options})
    return Plan.model_validate(changed.model_dump())


def new_plan_from_log(
    report: LogReport,
    name: str,
    start_month: str,
    model: str,
    currency: Currency = "USD",
) -> Plan:
    """A new plan for the classes of a log, with one closed API to compare others with.

    Args:
        report: the log.
        name: name of the plan.
        start_month: first month, written 2027-01.
        model: catalogue id of the model behind the API, provider/model.
        currency: currency of the bill.

    Raises:
        pydantic.ValidationError: a name, month or model that cannot stand in a plan.
    """
    option = ClosedApi(id="closed-api", name=model[:120] or "Closed API", model=model)
    return Plan(
        name=name,
        note=f"Workload read from {report.file}, {report.first:%Y-%m-%d %H:%M} to "
        f"{report.last:%Y-%m-%d %H:%M}.",
        start=start_month,
        currency=currency,
        workload=report.classes,
        options=(option,),
    )
