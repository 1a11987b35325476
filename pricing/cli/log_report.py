"""What was read from a usage log, as lines of text."""

from collections.abc import Iterator, Sequence

from pricing.cli.numbers import NONE, amount, percent
from pricing.cli.overview import bullet
from pricing.cli.table import table
from pricing.cli.texts import _
from pricing.plan.workload import MonthlyGrowth, RequestClass
from pricing.plurals import Written
from pricing.workload import ClassStatistics, LogReport


def account(report: LogReport, width: int) -> Iterator[str]:
    """Format, period, and what became of every row."""
    kind = f"{report.format}, {report.export}" if report.export else report.format
    yield f"{report.file}: {kind}"
    columns = report.mapping
    told = [
        (_("time"), (columns.timestamp,)),
        (_("input"), columns.input_tokens),
        (_("output"), columns.output_tokens),
        (_("cached"), columns.cached_tokens),
        (_("requests"), (columns.requests,) if columns.requests else ()),
        (_("class"), (columns.label,) if columns.label else ()),
    ]
    used = "; ".join(f"{what} = {' + '.join(names)}" for what, names in told if names)
    yield from bullet("  ", _("Columns: {used}").format(used=used), width)
    period = _("From {first} to {last}").format(
        first=f"{report.first:%Y-%m-%d %H:%M:%S}", last=f"{report.last:%Y-%m-%d %H:%M:%S}"
    )
    yield from bullet("  ", period, width)
    rows = _("{rows:row|rows}: {good} counted, {skipped} without a request, {bad} left out").format(
        rows=Written(f"{report.rows:,}"),
        good=f"{report.good_rows:,}",
        skipped=f"{sum(report.skipped_rows.values()):,}",
        bad=f"{report.bad_rows:,}",
    )
    yield from bullet("  ", rows, width)


def classes(rows: Sequence[tuple[RequestClass, ClassStatistics]], width: int) -> list[str]:
    """A row per request class."""
    headings = [
        _("Request class"), _("Requests a day"), _("Input tokens"), _("Output tokens"),
        _("Cached share"), _("Peak hour to mean"), _("Growth a month"),
    ]  # fmt: skip
    return table(
        headings,
        [
            [
                item.name,
                amount(measured.requests_per_day),
                amount(item.input_tokens.value),
                amount(item.output_tokens.value),
                percent(item.cacheable_share.value),
                NONE if measured.peak_hour_to_mean is None else f"{measured.peak_hour_to_mean:.2f}",
                percent(item.growth.rate.value, signed=True)
                if isinstance(item.growth, MonthlyGrowth)
                else NONE,
            ]
            for item, measured in rows
        ],
        width,
    )


def warnings(report: LogReport, width: int) -> Iterator[str]:
    """What the log cannot say, and which rows were left out."""
    for item in report.warnings:
        yield from bullet("  -", item.sentence, width)
