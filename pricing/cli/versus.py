"""One option against another in sentences: the difference, and from when on it pays."""

from pricing.admissible import Standing, cheapest_first, serves_all, standing
from pricing.cli.numbers import money, percent, significant
from pricing.cli.texts import _
from pricing.evaluation import BreakEvenMonth, BreakEvenVolume, Comparison, Evaluation, OptionBill


def answer(evaluation: Evaluation) -> str:
    """Which option costs least of those that serve everything within the rules."""
    bill = cheapest_first(evaluation)[0]
    facts = {
        "name": bill.name,
        "amount": money(bill.tco.value, evaluation.plan.currency),
        "months": evaluation.plan.months,
    }
    text = {
        Standing.WITHIN_RULES: _(
            "Of the options that serve every request within the rules, {name} costs least: "
            "{amount} over {months} months."
        ),
        Standing.SERVES_ALL: _(
            "No option serves every request within the rules. Of those that serve every request, "
            "{name} costs least: {amount} over {months} months."
        ),
        Standing.FALLS_SHORT: _(
            "No option serves every request. The cheapest is {name}: {amount} over {months} months."
        ),
    }[standing(evaluation, bill)]
    if len(evaluation.bills) == 1:
        text = _("{name} costs {amount} over {months} months.")
    said = text.format(**facts)
    if warned(evaluation, bill):
        said += _(" Mind the warnings about it below.")
    return said


def warned(evaluation: Evaluation, bill: OptionBill) -> bool:
    """Whether a finding worse than a note is about an option."""
    mine = f"options.{bill.id}."
    return any(
        finding.severity != "note" and f"{finding.path}.".startswith(mine)
        for finding in evaluation.findings
    )


def difference(comparison: Comparison, currency: str) -> str:
    """How much more or less it costs."""
    size = comparison.tco_difference
    share = ""
    if comparison.tco_ratio is not None:
        share = f" ({percent(comparison.tco_ratio - 1, signed=True)})"
    if size == 0:
        return _("costs the same")
    text = _("costs {amount} more{share}")
    if size < 0:
        text = _("costs {amount} less{share}")
    return text.format(amount=money(abs(size), currency), share=share)


def break_even_month(found: BreakEvenMonth, evaluation: Evaluation) -> str:
    """From which month on it has cost no more in total."""
    if found.answer == "already":
        return _("has cost no more from the first month on")
    if found.month is None or found.time is None:
        text = _("does not pay off within {months} months")
        if found.cheaper_at_first:
            text = _("costs less at first, but more by the end of the {months} months")
        return text.format(months=evaluation.plan.months)
    text = _("pays off after {time} months, in month {month} ({label}), and for good")
    if found.cheaper_at_first:
        text = _(
            "costs less at first, then more; pays off after {time} months, "
            "in month {month} ({label}), and for good"
        )
    label = evaluation.month_labels[found.month - 1]
    return text.format(time=f"{found.time:.1f}", month=found.month, label=label)


def break_even_volume(found: BreakEvenVolume) -> str:
    """From which volume on it costs no more."""
    limit = times(found.searched_to)
    if found.answer == "never" or found.multiple is None or found.requests_per_month is None:
        return _("costs more at every volume up to {limit} the plan's").format(limit=limit)
    if found.answer == "already":
        text = _("costs no more at any volume up to {limit} the plan's")
        if found.lasting_from is None:
            text = _("costs no more at small volumes, but more at {limit} the plan's")
        elif found.lasting_from > 0:
            text = _("costs no more at small volumes, and again from {lasting} the plan's on")
        return text.format(limit=limit, lasting=times(found.lasting_from or 0))
    text = _("costs no more from {multiple} the plan's volume on ({requests} requests a month)")
    if found.lasting_from is None:
        text = _(
            "costs no more first at {multiple} the plan's volume ({requests} requests a month), "
            "but more at {limit}"
        )
    elif found.lasting_from > found.multiple:
        text = _(
            "costs no more first at {multiple} the plan's volume ({requests} requests a month), "
            "and at every volume from {lasting} on"
        )
    return text.format(
        multiple=times(found.multiple),
        requests=f"{found.requests_per_month:,.0f}",
        lasting=times(found.lasting_from or 0),
        limit=limit,
    )


def times(multiple: float) -> str:
    """A multiple of the plan's volume."""
    return _("{number} times").format(number=significant(multiple))


def unequal_work(option: OptionBill, reference: OptionBill) -> str:
    """A warning where the two do not serve the same requests; else nothing."""
    missing = [bill.name for bill in (option, reference) if not serves_all(bill)]
    if not missing:
        return ""
    return _("not the same work: requests are left unserved by {names}").format(
        names=", ".join(missing)
    )
