"""The help page that tells how good the predictions are, in Markdown."""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, Final

from pricing.calibration.page_texts import FURTHER, HELD_OUT, OPENING, OTHER_TOOLS, OWN
from pricing.calibration.results import Results
from pricing.serving.measured.score import Score
from pricing.serving.measured.score_report import ScoreReport

BY: Final = {
    "source": "source",
    "family": "accelerator family",
    "framework": "class of serving software",
    "experts": "kind of model",
    "evidence": "evidence",
}
PEERS: Final = {
    "roofline": "roofline (no losses)",
    "llm_analysis": "llm-analysis 0.2.2",
    "aiconfigurator": "aiconfigurator 0.12.0",
}
FIGURES: Final = (
    "rows", "mean error", "median error", "within 10 %", "within 25 %", "bias", "in interval",
)  # fmt: skip


def page_of(results: Results, further: dict[str, Any] | None) -> str:
    """The page.

    Args:
        results: Scores of rows that the fits had not seen.
        further: Score of rows that the project may not hold; none if it is not known.
    """
    data = results.calibration["data"]
    parts = [
        OPENING.format(rows=data["rows"], date=data["date"], sha256=data["sha256"][:16]),
        "## Overall",
        _overall(results),
        HELD_OUT,
        "## Next to other tools, on the same rows",
        _peers(results),
        OTHER_TOOLS,
        "## How wide the intervals are",
        _intervals(results),
        "Coverage is that of rows whose group took no part in setting the interval.",
        "## What own measurements are worth",
        _anchored(results),
        OWN,
    ]
    if further is not None:
        parts += ["## Rows that the project does not hold", FURTHER, _further(further)]
    for title, report in (("groups", results.groups), ("whole sources", results.sources)):
        for by, words in BY.items():
            parts += [f"## By {words}, {title} held out", _slices(report, by)]
    return "\n\n".join(parts) + "\n"


def _overall(results: Results) -> str:
    rows = []
    for title, report in (("groups", results.groups), ("whole sources", results.sources)):
        rows.append([f"output tokens/s, {title} held out", *_figures(report.throughput)])
        rows.append([f"time per output token, {title} held out", *_figures(report.tpot)])
    title = "output tokens/s, whole sources held out, software in other sources"
    rows.insert(3, [title, *_figures(results.known_software)])
    return _table(["", *FIGURES], rows)


def _peers(results: Results) -> str:
    rows = []
    for ours, theirs in zip(results.groups.peers, results.sources.peers, strict=True):
        rows += [
            [PEERS.get(ours.name, ours.name), *_figures(ours.theirs)[:-1]],
            ["Reckoner, groups held out", *_figures(ours.ours)[:-1]],
            ["Reckoner, whole sources held out", *_figures(theirs.ours)[:-1]],
        ]
    return _table(["", *FIGURES[:-1]], rows)


def _intervals(results: Results) -> str:
    ends, found = results.calibration["intervals"], results.calibration["interval_coverage"]
    rows = [
        [
            evidence,
            f"{ends[evidence][0] - 1:+.0%} to {ends[evidence][1] - 1:+.0%}",
            _percent(of["coverage"], 0),
            f"{of['rows']:,}",
            of["held_out"],
        ]
        for evidence, of in found.items()
    ]
    return _table(["evidence", "80 % interval", "coverage", "rows", "from rows where"], rows)


def _anchored(results: Results) -> str:
    rows = [
        [
            str(item.own),
            _percent(item.score.median, 1),
            _percent(item.score.mape, 1),
            _percent(item.score.within_25, 0),
        ]
        for item in results.anchored
    ]
    return _table(["own points per stack", "median error", "mean error", "within 25 %"], rows)


def _further(found: dict[str, Any]) -> str:
    rows = [["all", *_figures(Score(**found["all"]))]]
    rows += [[name, *_figures(Score(**of))] for name, of in found["sources"].items()]
    return _table(["source", *FIGURES], rows)


def _slices(report: ScoreReport, by: str) -> str:
    rows = [[item.label, *_figures(item.score)] for item in report.slices if item.by == by]
    return _table([BY[by], *FIGURES], rows)


def _figures(of: Score) -> list[str]:
    return [
        f"{int(of.n):,}",
        _percent(of.mape, 1),
        _percent(of.median, 1),
        _percent(of.within_10, 0),
        _percent(of.within_25, 0),
        _percent(of.bias, 1, sign="+"),
        _percent(of.coverage, 0),
    ]


def _percent(value: float, digits: int, sign: str = "") -> str:
    return f"{100 * value:{sign}.{digits}f} %" if isfinite(value) else "-"


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
