"""The bill of a plan as a person reads it in a terminal."""

from collections.abc import Iterator, Sequence

from pricing.analysis import break_even_volume, compare
from pricing.bill import CATEGORIES
from pricing.cli import versus
from pricing.cli.numbers import NONE, amount, count, percent
from pricing.cli.table import padded, table, width_of, wrapped
from pricing.cli.texts import _
from pricing.evaluation import Evaluation, OptionBill
from pricing.finding import Finding
from pricing.messages import sentence
from pricing.plan.recorded import CatalogueReference
from pricing.plurals import Written

KINDS = {
    "closed_api": _("closed API"),
    "hosted_open": _("hosted open model"),
    "rented_gpus": _("rented GPUs"),
    "owned_servers": _("owned servers"),
    "appliance": _("appliance"),
    "hybrid": _("hybrid"),
}
_MARKS = {"error": _("ERROR"), "warning": _("WARNING"), "note": _("NOTE")}


def basis(evaluation: Evaluation) -> str:
    """What the figures are: currency, months, tax, discounting."""
    plan = evaluation.plan
    first, last = evaluation.month_labels[0], evaluation.month_labels[-1]
    finance, calendar = plan.finance, plan.calendar
    days = _("calendar months")
    if calendar.days_per_month is not None:
        days = _("months of {days} days").format(days=count(calendar.days_per_month))
    if calendar.hours_per_day != 24:
        hours = Written(count(calendar.hours_per_day))
        days += _(" with {hours:hour|hours} of service a day").format(hours=hours)
    tax = _("before tax")
    if finance.tax is not None:
        tax = _("after tax of {rate}").format(rate=percent(finance.tax.rate.value))
    text = _(
        "In {currency}, {tax}, {months} months from {first} to {last} ({days}); "
        "net present cost at {rate} a year, paid {timing}."
    )
    timing = _("mid-month") if finance.payment_timing == "mid-month" else _("at the end of a month")
    return text.format(
        currency=plan.currency, tax=tax, months=plan.months, first=first, last=last, days=days,
        rate=percent(finance.discount_rate.value), timing=timing,
    )  # fmt: skip


def key_figures(bills: Sequence[OptionBill], width: int) -> list[str]:
    """A row per option: what it costs and how well it is used."""
    headings = [
        _("Option"), _("Id"), _("Total cost (TCO)"), _("Net present cost"), _("per request"),
        _("per million tokens"), _("Peak cash"), _("Utilisation"), _("Servers at end"),
    ]  # fmt: skip
    rows = [
        [
            bill.name,
            bill.id,
            *(
                amount(item.value)
                for item in (
                    bill.tco, bill.npv, bill.per_request, bill.per_million_tokens, bill.peak_cash,
                )
            ),
            NONE if bill.mean_utilisation is None else percent(bill.mean_utilisation.value),
            NONE if bill.servers is None else count(float(bill.servers.values[-1])),
        ]
        for bill in bills
    ]  # fmt: skip
    if not any(bill.servers is not None for bill in bills):
        headings, rows = headings[:-2], [row[:-2] for row in rows]
    return table(headings, rows, width, labels=2)


def categories(bills: Sequence[OptionBill], width: int) -> list[str]:
    """A row per category of cost, a column per option, and their totals."""
    used = [
        code
        for code in CATEGORIES
        if any(code in bill.categories and bill.categories[code].values.any() for bill in bills)
    ]
    rows = [[_(CATEGORIES[code]), *(_total(bill, code) for bill in bills)] for code in used]
    rows.append([_("Total cost (TCO)"), *(amount(bill.tco.value) for bill in bills)])
    return table([_("Category"), *(bill.id for bill in bills)], rows, width, ruled=1)


def _total(bill: OptionBill, code: str) -> str:
    series = bill.categories.get(code)
    if series is None or not series.values.any():
        return NONE
    return amount(float(series.values.sum()))


def comparisons(evaluation: Evaluation, width: int, *, volume: bool) -> Iterator[str]:
    """What each other option does against the baseline."""
    baseline = evaluation.baseline
    for bill in evaluation.bills:
        if bill.id == baseline.id:
            continue
        found = compare(evaluation, bill.id, baseline.id)
        yield bill.name
        said = [
            versus.difference(found, evaluation.plan.currency),
            versus.break_even_month(found.break_even, evaluation),
        ]
        if volume:
            said.append(
                versus.break_even_volume(break_even_volume(evaluation, bill.id, baseline.id))
            )
        if warning := versus.unequal_work(bill, baseline):
            said.append(warning)
        for text in said:
            yield from bullet("  -", text, width)


def findings(found: Sequence[Finding], width: int) -> Iterator[str]:
    """Findings as sentences, the worst first."""
    order = list(_MARKS)
    label = max(width_of(mark) for mark in _MARKS.values())
    for item in sorted(found, key=lambda item: order.index(item.severity)):
        mark = padded(_MARKS[item.severity], label)
        yield from bullet(f"  {mark} ", sentence(item, _), width)


def bullet(mark: str, text: str, width: int) -> Iterator[str]:
    """A paragraph after a mark, its further lines indented."""
    indent = width_of(mark) + 1
    for number, line in enumerate(wrapped(text, width - indent)):
        yield f"{mark} {line}" if number == 0 else " " * indent + line


def dates(catalogue: CatalogueReference) -> str:
    """The age of the figures that the plan did not state."""
    return _("Prices and figures not stated in the plan: catalogue of {day} ({id}).").format(
        day=catalogue.date.isoformat(), id=catalogue.id[:12]
    )
