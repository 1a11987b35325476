"""The account of an imported log as rich text."""

from html import escape

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, number, percent, significant
from pricing.workload import LogReport


def _t(text: str) -> str:
    return QCoreApplication.translate("LogReport", text)


def report_text(report: LogReport) -> str:
    """What was read, what was left out, what the log cannot know, and the classes made of it."""
    parts = [f"<p><b>{escape(_read(report))}</b></p>", _classes(report)]
    if report.bad:
        rows = "".join(
            f"<li>{number(group.count, 0)}: {escape(group.reason)}"
            f"{escape(_examples(group.examples))}</li>"
            for group in report.bad
        )
        parts.append(f"<p><b>{escape(_t('Rows left out'))}</b></p><ul>{rows}</ul>")
    if report.warnings:
        items = "".join(f"<li>{escape(warning.sentence)}</li>" for warning in report.warnings)
        parts.append(f"<p><b>{escape(_t('What the log does not say'))}</b></p><ul>{items}</ul>")
    return "".join(parts)


def _read(report: LogReport) -> str:
    text = _t("{good} of {rows} rows read, {first} to {last}.").format(
        good=number(report.good_rows, 0),
        rows=number(report.rows, 0),
        first=report.first.strftime("%Y-%m-%d %H:%M"),
        last=report.last.strftime("%Y-%m-%d %H:%M"),
    )
    if report.bad_rows:
        text += " " + _t("{bad} rows could not be used.").format(bad=number(report.bad_rows, 0))
    return text


def _examples(examples: object) -> str:
    lines = [str(getattr(example, "line", "")) for example in examples]  # type: ignore[attr-defined]
    return " " + _t("(lines {lines})").format(lines=", ".join(lines)) if lines else ""


def _classes(report: LogReport) -> str:
    headings = (
        _t("Request class"),
        _t("Share of requests"),
        _t("Requests a day"),
        _t("Input tokens"),
        _t("Output tokens"),
        _t("Cached input"),
        _t("Busiest moment"),
    )
    head = "".join(
        f"<th align='{'left' if i == 0 else 'right'}'>{escape(text)}&nbsp;&nbsp;</th>"
        for i, text in enumerate(headings)
    )
    rows = []
    for item, seen in zip(report.classes, report.statistics, strict=True):
        cells = (
            percent(seen.share),
            compact(seen.requests_per_day),
            compact(item.input_tokens.value),
            compact(item.output_tokens.value),
            percent(item.cacheable_share.value),
            _t("{ratio} × mean").format(ratio=significant(seen.peak_to_mean)),
        )
        rows.append(
            f"<tr><td>{escape(item.name)}&nbsp;&nbsp;</td>"
            + "".join(f"<td align='right'>{escape(cell)}&nbsp;&nbsp;</td>" for cell in cells)
            + "</tr>"
        )
    return f"<table cellpadding='4'><tr>{head}</tr>{''.join(rows)}</table>"
