"""The rows that say what one server does: predicted from what runs on it, or stated.

A stated figure is in tokens or in requests, converted between the two.
"""

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.row import Choice, Row
from desktop.viewmodels.serving_setup import Outcome
from desktop.viewmodels.serving_switch import as_predicted, as_stated
from desktop.viewmodels.serving_words import in_one_line
from pricing.catalogue import Catalogue
from pricing.plan.capacity import Capacity
from pricing.plan.figure import PositiveAmount
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan


def _t(text: str) -> str:
    return QCoreApplication.translate("OptionForm", text)


def way_row(item: SelfHosted, plan: Plan, catalogue: Catalogue, outcome: Outcome) -> Row:
    """The row that switches between predicted and stated work: the whole option is its value."""
    ways = (
        Choice(_t("predicted from what runs on it"), as_predicted(item, catalogue)),
        Choice(_t("stated: measured or quoted"), as_stated(item, plan, outcome)),
    )
    return Row(
        f"options.{item.id}",
        _t("Its work is"),
        "choice",
        item,
        help=_t("Where the throughput of one server comes from."),
        hint=in_one_line(outcome, item, plan),
        choices=ways,
        chosen=0 if item.serving is not None else 1,
    )


def _by_requests(current: Capacity | None, choice: Capacity) -> bool:
    if current is None:
        return False
    return (current.requests_per_hour is None) == (choice.requests_per_hour is None)


def _mean_output(plan: Plan) -> float:
    """Mean output tokens of a request over the plan's classes, by number of requests."""
    days = 365 / 12
    weights = [c.requests.value * (days if c.per == "day" else 1) for c in plan.workload]
    total = sum(w * c.output_tokens.value for w, c in zip(weights, plan.workload, strict=True))
    return total / sum(weights) if total > 0 else 1.0


def _converted(now: Capacity, plan: Plan) -> tuple[Capacity, Capacity]:
    """The same capacity stated in output tokens per second and in requests per hour."""
    mean = _mean_output(plan)
    tokens, requests = now.output_tokens_per_second, now.requests_per_hour
    source = _t("converted with {mean:,.0f} output tokens per request").format(mean=mean)
    if tokens is None and requests is not None:
        tokens = PositiveAmount(value=requests.value * mean / 3600, source=source)
    elif requests is None and tokens is not None:
        requests = PositiveAmount(value=tokens.value * 3600 / mean, source=source)
    return (
        Capacity(
            output_tokens_per_second=tokens,
            input_tokens_per_second=now.input_tokens_per_second,
            usable_share=now.usable_share,
        ),
        Capacity(requests_per_hour=requests, usable_share=now.usable_share),
    )


def capacity_rows(make: RowMaker, item: SelfHosted, plan: Plan) -> tuple[Row, ...]:
    """Rows of the stated capacity of one server."""
    inside = make.inside("capacity")
    now = item.capacity
    assert now is not None
    if now is None:
        return ()
    by_tokens, by_requests = _converted(now, plan)
    ways = (
        Choice(_t("in tokens per second"), by_tokens),
        Choice(_t("in requests per hour"), by_requests),
    )
    rows = [make.choice("capacity", _t("Stated"), ways, _by_requests)]
    if now.requests_per_hour is not None:
        rows.append(inside.number("requests_per_hour", _t("Requests"), _t("per hour")))
    else:
        rows.append(inside.number("output_tokens_per_second", _t("Output"), _t("tokens/s")))
        rows.append(
            inside.number(
                "input_tokens_per_second",
                _t("Input"),
                _t("tokens/s"),
                placeholder=_t("contained above"),
            )
        )
    return (*rows, inside.number("usable_share", _t("Planned with"), _t("% of it")))
