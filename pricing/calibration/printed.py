"""Results of cross-validation for the terminal."""

from pricing.calibration.results import Results
from pricing.cli import score_tables
from pricing.serving.measured.score_report import ScoreReport

WIDTH = 100


def printed(results: Results) -> str:
    """As text."""
    lines = _scored("Groups of source, model and accelerator held out", results.groups)
    lines += _scored("Whole sources held out", results.sources)
    lines += ["", "Own points of each stack, groups held out"]
    lines += [
        f"  {item.own} own points: median error {item.score.median:.1%}, "
        f"{item.score.within_25:.0%} within 25 % (n = {item.score.n:,})"
        for item in results.anchored
    ]
    return "\n".join(lines)


def _scored(title: str, report: ScoreReport) -> list[str]:
    return [
        "", title, "",
        *score_tables.overall(report, WIDTH),
        *score_tables.by_slice(report, WIDTH),
        *score_tables.peers(report, WIDTH),
    ]  # fmt: skip
