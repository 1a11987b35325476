"""The score of a file of benchmark points as a person reads it in a terminal, and as JSON."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pricing.cli.numbers import NONE, percent
from pricing.cli.overview import bullet
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.serving.measured.measurement import HEADING_LINE
from pricing.serving.measured.score import Score
from pricing.serving.measured.score_report import NOT_KNOWN, ScoreReport, Unpredicted

SCHEMA = 1
"""Number of the form of the JSON; it rises when a key changes its meaning or goes."""
_MOST_LINES = 12
"""Lines of a file that are named for one reason; --json has them all."""
_BY = {
    "source": _("By source"),
    "family": _("By accelerator family"),
    "framework": _("By class of serving software"),
    "experts": _("Dense models and mixtures of experts"),
    "evidence": _("By evidence"),
    "model": _("By model"),
    "accelerator": _("By accelerator"),
    "precision": _("By precision of weights"),
    "load": _("By load"),
}
_EVIDENCE = {
    "measured": _("measured near here"),
    "interpolated": _("interpolated"),
    "unseen stack": _("unseen stack"),
    "unseen accelerator": _("unseen accelerator"),
}
_PEERS = {
    "roofline": _("roofline"),
    "llm_analysis": "llm-analysis",
    "aiconfigurator": "aiconfigurator",
}
_FIGURES = (
    _("Points"), _("MAPE"), _("Median"), _("±10 %"), _("±25 %"), _("Bias"), _("Interval"),
)  # fmt: skip


def legend(width: int) -> list[str]:
    """What the columns mean."""
    text = _(
        "Absolute error of predictions over what was measured: mean (MAPE) and median; share of "
        "points within ±10 % and ±25 %; bias, the geometric mean of predicted over measured (+ "
        "promises too much); share of points inside the 80 % interval."
    )
    return wrapped(text, width)


def overall(report: ScoreReport, width: int) -> list[str]:
    """Throughput and time per token."""
    rows = [
        [_("Output tokens/s"), *_figures(report.throughput)],
        [_("Time per output token"), *_figures(report.tpot)],
    ]
    return table([_("All points"), *_FIGURES], [row for row in rows if row[1] != "0"], width)


def by_slice(report: ScoreReport, width: int) -> list[str]:
    """A table for each way to tell points apart."""
    lines: list[str] = []
    for by in dict.fromkeys(item.by for item in report.slices):
        rows = [
            [_said(item.by, item.label), *_figures(item.score)]
            for item in report.slices
            if item.by == by
        ]
        lines += ["", *table([_BY[by], *_FIGURES], rows, width)]
    return lines


def peers(report: ScoreReport, width: int) -> list[str]:
    """Another tool and Reckoner, on the same points, one below the other."""
    rows = []
    for peer in report.peers:
        rows.append([_PEERS.get(peer.name, peer.name), *_figures(peer.theirs)])
        rows.append([_("Reckoner, same points"), *_figures(peer.ours)])
    return ["", *table([_("Other tools"), *_FIGURES[:-1]], [row[:-1] for row in rows], width)]


def remarks(report: ScoreReport, width: int) -> list[str]:
    """What to know of the figures."""
    said = []
    if report.seen:
        said.append(
            _(
                "{seen} of {points} points were used to calibrate Reckoner, so their errors are "
                "smaller than on points it has not seen."
            ).format(seen=f"{report.seen:,}", points=f"{report.points:,}")
        )
    if report.per_accelerator:
        said.append(
            _(
                "The throughput of this file looks like that of one accelerator; "
                "output_tokens_per_s must be that of the whole system."
            )
        )
    said += [_unpredicted(item, report.points) for item in report.unpredicted]
    said += [
        (
            _("Line {line}: {sentence}")
            if doubt.line == HEADING_LINE
            else _("Line {line} does not agree with itself: {sentence}")
        ).format(line=doubt.line, sentence=doubt.sentence)
        for doubt in report.doubts
    ]
    return [line for text in said for line in bullet("  -", text, width)]


def document(report: ScoreReport) -> dict[str, Any]:
    """The report with the keys of --json; what is not known is null, shares are 1 for 100 %."""
    return {
        "schema": SCHEMA,
        "file": report.name,
        "points": report.points,
        "seen_in_calibration": report.seen,
        "throughput": _numbers(report.throughput),
        "tpot": _numbers(report.tpot),
        "slices": [
            {"by": item.by, "label": item.label, **_numbers(item.score)} for item in report.slices
        ],
        "peers": [
            {"name": peer.name, "theirs": _numbers(peer.theirs), "ours": _numbers(peer.ours)}
            for peer in report.peers
        ],
        "unpredicted": [
            {"reason": item.reason, "points": len(item.lines), "lines": list(item.lines)}
            for item in report.unpredicted
        ],
        "doubts": [asdict(doubt) for doubt in report.doubts],
        "looks_per_accelerator": report.per_accelerator,
    }


def _figures(score: Score) -> list[str]:
    return [
        f"{score.n:,}",
        _percent(score.mape),
        _percent(score.median),
        _share(score.within_10),
        _share(score.within_25),
        _percent(score.bias, signed=True),
        _share(score.coverage),
    ]


def _percent(value: float, *, signed: bool = False) -> str:
    if not math.isfinite(value):
        return NONE
    return (
        percent(value, signed=signed)
        if abs(value) < 1
        else f"{value * 100:{'+' if signed else ''},.0f} %"
    )


def _share(value: float) -> str:
    return f"{value * 100:.0f} %" if math.isfinite(value) else NONE


def _numbers(score: Score) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in asdict(score).items()}


def _said(by: str, label: str) -> str:
    if label == NOT_KNOWN:
        return _("not known")
    return _EVIDENCE.get(label, label) if by == "evidence" else label


def _unpredicted(item: Unpredicted, points: int) -> str:
    reason = item.reason.rstrip(".")
    if len(item.lines) == 1:
        text = _("Line {line} has no prediction: {reason}.")
        return text.format(line=item.lines[0], reason=reason)
    text = _("{count} of {points} points have no prediction: {reason} (lines {lines}).")
    return text.format(
        count=f"{len(item.lines):,}", points=f"{points:,}", reason=reason, lines=_lines(item.lines)
    )


def _lines(lines: Sequence[int]) -> str:
    named = ", ".join(str(line) for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        named += _(" and {count} more").format(count=f"{len(lines) - _MOST_LINES:,}")
    return named
