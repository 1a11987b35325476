"""Two options against each other: the difference, and when one has paid for itself."""

from pricing.evaluation import BreakEvenMonth, Comparison, Evaluation, FloatArray


def compare(evaluation: Evaluation, option_id: str, reference_id: str) -> Comparison:
    """Compare any two options of an evaluated plan.

    The comparison lines of the ledger are evaluated with the two options chosen, so the figures
    are those a workbook shows after the same choice.

    Raises:
        KeyError: for an unknown option id.
    """
    option, reference = evaluation.bill_of(option_id), evaluation.bill_of(reference_id)
    lines = evaluation.bill.comparison
    ids = [bill.id for bill in evaluation.bills]
    pair = lines.pair
    values = evaluation.ledger.evaluate(
        {
            lines.first.key: ids.index(option_id) + 1,
            lines.second.key: ids.index(reference_id) + 1,
        },
        only=(pair.break_even_time, pair.tco_difference, pair.npv_difference),
    )
    running = values.monthly(pair.cumulative)
    month = int(values.number(pair.break_even_month))
    return Comparison(
        option=option_id,
        reference=reference_id,
        tco_difference=values.number(pair.tco_difference),
        tco_ratio=option.tco.value / reference.tco.value if reference.tco.value > 0 else None,
        npv_difference=values.number(pair.npv_difference),
        monthly_difference=values.monthly(pair.difference),
        cumulative_difference=running,
        break_even=_break_even(month, values.number(pair.break_even_time), running),
    )


def _break_even(month: int, time: float, running: FloatArray) -> BreakEvenMonth:
    if month == 0:
        return BreakEvenMonth("never", None, None, cheaper_at_first=bool(running[0] <= 0))
    if month == 1 and time == 0:
        return BreakEvenMonth("already", 1, 0.0, cheaper_at_first=True)
    return BreakEvenMonth(
        "month", month, time, cheaper_at_first=bool(month > 1 and running[0] <= 0)
    )
