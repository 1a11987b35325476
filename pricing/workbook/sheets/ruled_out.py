"""What is in the way of an option's doing all the work: a column of the summary.

Data, quality, context and licence are no figures of the ledger, so what is said of them is of the
day of the export. Whether a decision keeps the rules of the plan is live.
"""

from pricing.workbook.contents import Decided, OptionSummary, Rule, Summary
from pricing.workbook.job import Job
from pricing.workbook.sheets.rule_rows import results, rule_kept
from pricing.workbook.styles import BAD, BODY
from pricing.workbook.text import width
from pricing.workbook.xlsx import Canvas

TITLE = "Ruled out by"
NOTE = (
    "Ruled out by: data that it may not be sent, scores below a floor and so on, as at export (see "
    "the Cover); rules: those on the sheet Rules, live."
)
_RULES = "rules"
_STYLE = BODY.but(font_color=BAD)


def any_ruled_out(summary: Summary) -> bool:
    """Whether the column says anything, or may come to."""
    return any(option.ruled_out or _decided(summary, option) for option in summary.options)


def is_ruled_out(job: Job, summary: Summary, option: OptionSummary) -> bool:
    """Whether anything is in the way of an option at export."""
    decided = _decided(summary, option)
    return bool(option.ruled_out) or (decided is not None and _breaks(job, decided))


def ruled_out_width(summary: Summary) -> float:
    """Width of a column that the longest of its texts fits into."""
    return 3 + max(
        width(", ".join((*option.ruled_out, _RULES) if _decided(summary, option)
                        else option.ruled_out))
        for option in summary.options
    )  # fmt: skip


def write_ruled_out(
    canvas: Canvas, job: Job, summary: Summary, option: OptionSummary, place: tuple[int, int]
) -> None:
    """Write the cell of an option in a row and column; empty while nothing is in its way."""
    row, column = place
    said = ", ".join(option.ruled_out)
    decided = _decided(summary, option)
    if decided is None:
        canvas.text(row, column, said, _STYLE, align="right")
        return
    more = f"{said}, {_RULES}" if said else _RULES
    kept = results(job, _decisive(decided))
    formula = f'IF(SUM({kept})=ROWS({kept}),"{said}","{more}")'
    now = more if _breaks(job, decided) else said
    canvas.formula(row, column, formula, now, _STYLE, align="right")


def _decided(summary: Summary, option: OptionSummary) -> Decided | None:
    """The decision behind an option that has rules which can rule it out."""
    return next((d for d in summary.decisions if d.npv is option.npv and _decisive(d)), None)


def _decisive(decided: Decided) -> tuple[Rule, ...]:
    return tuple(rule for rule in decided.rules if rule.decisive)


def _breaks(job: Job, decided: Decided) -> bool:
    return not all(rule_kept(job, rule) for rule in _decisive(decided))
