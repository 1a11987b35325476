"""The decision sheet: who decided what, how good it was proven to be, and whether it still holds.

Cost, bound and facts are those of the day of the decision and stay. What the decision costs now,
how far that is from the bound, and whether anything has been changed since are formulas.
"""

from pricing.workbook.cells import SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.checks import Check, Side
from pricing.workbook.contents import CHANGED_FACTS, SAME_FACTS, Decided
from pricing.workbook.job import Job
from pricing.workbook.layout import DECISION
from pricing.workbook.number_formats import DATE, line_format, serial_day
from pricing.workbook.references import References
from pricing.workbook.sheets.decision_list import differs, write_list
from pricing.workbook.sheets.decision_rows import (
    ANSWERS,
    CHANGED,
    FACTS_ROW,
    LARGEST,
    LAST,
    MARGIN,
    MEANING,
    NAME,
    TOLERANCE_ROW,
    UNIT,
    VALUE,
    DecisionRows,
    rows_of,
)
from pricing.workbook.sheets.decision_verdict import (
    SAME,
    costs_the_same,
    lost_now,
    more_lost,
    more_lost_now,
    rules_broken,
    verdict,
    verdict_now,
)
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.sheets.rule_rows import results
from pricing.workbook.sheets.verdicts import colour_verdict
from pricing.workbook.styles import (
    BODY,
    CALCULATED,
    INPUT,
    LINK,
    QUIET,
    SECTION,
    STAMP,
    SUBTITLE,
    TITLE,
)
from pricing.workbook.xlsx import Canvas

_UNKNOWN = "not known"

_WIDTHS = {
    MARGIN: 2, NAME: 64, VALUE: 20, UNIT: 13, MEANING: 16, LAST: 14, LARGEST: 14, CHANGED: 12,
    ANSWERS: 72,
}  # fmt: skip

_NAMES = {
    "verdict": ("Verdict", "Whether the plan still is what was decided, and within its rules."),
    "by": ("Who decided", ""),
    "on": ("Decided on", ""),
    "asked": ("Asked for", "What the decision had to keep beside the rules of the plan."),
    "reached": ("Reached now", "Of what was asked for, as this workbook calculates it."),
    "locked": ("Servers locked", "They stay as they are when the optimiser runs again."),
    "note": ("Note", ""),
    "cost": ("Cost found", "Net present value of the cost on the day of the decision."),
    "bound": ("Lower bound", "None within the same rules, what was asked included, costs less."),
    "gap": ("Gap", "What the cost found may lie above the best there is, as a share of itself."),
    "now": ("Cost now", "Net present value of the cost, as this workbook calculates it."),
    "difference": ("Cost now less cost found", "0 while the decision is as it was made."),
    "gap_now": ("Gap now", "The same of the cost now; not known once facts change or rules break."),
    "less": ("Could cost less by at most", "Cost now less lower bound."),
    "facts": ("Facts at export", "Prices, volumes, rules and all else that a decision rests on."),
    "lost": ("Lost in outages", ""),
    "lost_then": ("Lost as it was decided", "More than these break the decision, others do not."),
    "choices": ("Decided inputs changed", "Since export, in this workbook; of the list below."),
    "broken": ("Rules broken", "Of this decision, on the sheet Rules."),
}  # fmt: skip
"""What each row is called, and what it means."""
_NOBODY_MAY = "Requests over the horizon that arrive during outages; nobody may take them over."
_NOBODY_NAMED = (
    "Requests over the horizon that arrive during outages; no route names who takes over."
)


def write_decisions(canvas: Canvas, job: Job, changed: str) -> None:
    """Write a block for every decision.

    Args:
        canvas: The sheet.
        job: The workbook.
        changed: Cell that counts the inputs changed since export.
    """
    summary, sheet = job.summary, canvas.sheet
    assert summary is not None
    set_up_page(canvas, job.cover)
    for column, characters in _WIDTHS.items():
        sheet.set_column(column, column, characters)
    canvas.text(TITLE_ROW, NAME, "Decision", TITLE)
    sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(
        SUBTITLE_ROW, NAME, "Who does which work and what is bought for it: who decided, how good "
        "that is, whether it still holds.", SUBTITLE,
    )  # fmt: skip
    blocks = rows_of(summary)
    canvas.text(TOLERANCE_ROW, NAME, "Tolerance", BODY)
    canvas.number(TOLERANCE_ROW, VALUE, SAME, INPUT, "0.0E+00")
    canvas.text(
        TOLERANCE_ROW, MEANING, "Share by which two costs may differ and be the same.", QUIET
    )
    canvas.text(FACTS_ROW, NAME, "Inputs changed since export, decided ones apart", BODY)
    canvas.formula(FACTS_ROW, VALUE, _facts_changed(job, blocks, changed), 0.0, CALCULATED, "0")
    canvas.text(FACTS_ROW, MEANING, "A bound holds for the inputs that were searched over.", QUIET)
    for rows, decided in zip(blocks, summary.decisions, strict=True):
        _Block(canvas, job, rows, decided).write()
    sheet.freeze_panes(FACTS_ROW, 0)
    sheet.print_area(0, NAME, blocks[-1].last - 1, ANSWERS)


def checks_of_decisions(job: Job, changed: str, within: float) -> list[Check]:
    """While no input is changed, a decision that is as it was made costs what was found.

    Args:
        job: The workbook.
        changed: Cell that counts the inputs changed since export.
        within: Relative difference that a check lets pass.
    """
    summary, found = job.summary, []
    for rows, decided in zip(rows_of(summary), summary.decisions, strict=True) if summary else ():
        as_made = decided.facts == SAME_FACTS and costs_the_same(job, decided, within)
        if decided.cost is None or not as_made:
            continue
        now, cost = rows.named("now"), rows.named("cost")
        rule = "while no input is changed, its net present value is the cost that was found"
        formula = f"IF({changed}=0,{now},{cost})"
        value = job.values.number(decided.npv)
        sides = Side(formula, value), Side(cost, decided.cost)
        found.append(Check(decided.option, rule, decided.npv.unit, *sides))
    return found


def _facts_changed(job: Job, blocks: tuple[DecisionRows, ...], changed: str) -> str:
    """Changed inputs without decided ones and without which two options are compared."""
    parts = [changed, *(f"SUM({rows.changed})" for rows in blocks)]
    chosen = job.summary.chosen if job.summary else None
    parts += [f"({differs(job.layout.place(entry).row)})" for entry in chosen or ()]
    return "-".join(parts)


class _Block:
    """One decision on its sheet."""

    def __init__(self, canvas: Canvas, job: Job, rows: DecisionRows, decided: Decided) -> None:
        self._canvas, self._job, self._rows, self._decided = canvas, job, rows, decided
        self._cells = References(job.layout, DECISION)
        self._now = job.values.number(decided.npv)
        self._broken = rules_broken(job, decided)

    def write(self) -> None:
        """Write the facts, and the list of what was decided."""
        canvas, rows, decided = self._canvas, self._rows, self._decided
        canvas.text(rows.heading, NAME, decided.option, SECTION)
        canvas.blank(rows.heading, range(VALUE, ANSWERS + 1), SECTION)
        for name, row in rows.facts.items():
            label, meaning = _NAMES[name]
            bold = {"bold": True} if name in {"verdict", "gap", "gap_now"} else {}
            canvas.text(row, NAME, label, BODY, **bold)
            if name == "lost":
                meaning = _NOBODY_MAY if decided.lost_then is not None else _NOBODY_NAMED
            if name not in {"verdict", "by", "asked", "note"}:
                canvas.text(row, MEANING, meaning, QUIET)
        self._told()
        if decided.cost is not None:
            self._costs(decided.cost)
        self._formula("now", self._cells.now(decided.npv), self._now, link=True)
        if decided.reached is not None:
            value = self._job.values.number(decided.reached)
            self._formula("reached", self._cells.now(decided.reached), value, link=True,
                          unit=decided.reached.unit)  # fmt: skip
        if decided.lost:
            self._outages()
        self._state()
        write_list(canvas, self._job, rows, decided, _WIDTHS)

    def _told(self) -> None:
        """What was said on the day, as it was said."""
        decided, canvas, facts = self._decided, self._canvas, self._rows.facts
        canvas.text(facts["by"], VALUE, decided.made_by, BODY)
        for name, text in (
            ("asked", decided.asked), ("locked", "yes" if decided.locked else ""),
            ("note", decided.note),
        ):  # fmt: skip
            if text:
                canvas.text(facts[name], VALUE, text, BODY)
        if decided.made_on is not None:
            day = serial_day(decided.made_on)
            canvas.number(facts["on"], VALUE, day, STAMP, DATE.code, align="left")

    def _costs(self, cost: float) -> None:
        """Cost and bound as they were found, and what they mean now."""
        decided, rows, canvas = self._decided, self._rows, self._canvas
        unit = decided.npv.unit
        money = line_format(unit, [cost]).code
        canvas.number(rows.facts["cost"], VALUE, cost, STAMP, money)
        self._unit("cost", unit)
        canvas.text(rows.facts["facts"], VALUE, decided.facts, STAMP, align="right")
        found, now, bound = (rows.value(name) for name in ("cost", "now", "bound"))
        self._formula("difference", f"{now}-{found}", self._now - cost, size=cost)
        if decided.bound is None:
            for name in ("bound", "gap", "gap_now", "less"):
                canvas.text(rows.facts[name], VALUE, _UNKNOWN, QUIET, align="right")
            return
        canvas.number(rows.facts["bound"], VALUE, decided.bound, STAMP, money)
        self._unit("bound", unit)
        self._formula("gap", _gap(found, bound), _gap_of(cost, decided.bound), unit="share")
        holds = decided.facts != CHANGED_FACTS and not self._broken
        holds = holds and not more_lost_now(self._job, decided)
        facts = cell(VALUE, FACTS_ROW)
        doubts = (f"{facts}<>0", f"{rows.value('broken')}<>0", more_lost(rows))
        doubt = f"OR({','.join(filter(None, doubts))})"
        for name, formula, value, kind in (
            ("gap_now", _gap(now, bound), _gap_of(self._now, decided.bound), "share"),
            ("less", f"MAX({now}-{bound},0)", max(self._now - decided.bound, 0.0), unit),
        ):
            if decided.facts == CHANGED_FACTS:
                canvas.text(rows.facts[name], VALUE, _UNKNOWN, QUIET, align="right")
                continue
            shown = f'IF({doubt},"{_UNKNOWN}",{formula})'
            self._formula(name, shown, value if holds else _UNKNOWN, unit=kind, size=value)

    def _outages(self) -> None:
        """What outages lose now, and what they lost when that was decided."""
        decided, lost = self._decided, lost_now(self._job, self._decided)
        months = "+".join(f"SUM({self._cells.all_months(line)})" for line in decided.lost)
        self._formula("lost", months, lost, unit="requests")
        if decided.lost_then is not None:
            shown = line_format("requests", [round(lost), round(decided.lost_then)]).code
            row = self._rows.facts["lost_then"]
            self._canvas.number(row, VALUE, decided.lost_then, STAMP, shown)
            self._unit("lost_then", "requests")

    def _state(self) -> None:
        rows, decided = self._rows, self._decided
        self._formula("choices", f"SUM({rows.changed})", 0.0, unit="")
        if decided.rules:
            kept = results(self._job, decided.rules)
            broken = f"ROWS({kept})-SUM({kept})"
        else:
            broken = "0"
        self._formula("broken", broken, float(self._broken), unit="")
        said = verdict_now(self._job, decided)
        style = BODY.but(bold=True)
        self._canvas.formula(rows.facts["verdict"], VALUE, verdict(rows, decided), said, style)
        colour_verdict(self._canvas, rows.facts["verdict"], VALUE)

    def _formula(
        self, name: str, formula: str, value: float | str, *, link: bool = False,
        unit: str | None = None, size: float = 0.0,
    ) -> None:  # fmt: skip
        unit = self._decided.npv.unit if unit is None else unit
        number = size if isinstance(value, str) or size else value
        shown = line_format(unit, [number]).code if unit else "0"
        style = LINK if link else CALCULATED
        self._canvas.formula(
            self._rows.facts[name], VALUE, formula, value, style, shown, align="right",
            bold=name in {"gap", "gap_now"},
        )  # fmt: skip
        self._unit(name, unit)

    def _unit(self, name: str, unit: str) -> None:
        self._canvas.text(self._rows.facts[name], UNIT, unit, QUIET, indent=1)


def _gap(cost: str, bound: str) -> str:
    """Distance of a cost to its bound as a share of the cost, as a formula."""
    return f"IF({cost}=0,0,MAX({cost}-{bound},0)/ABS({cost}))"


def _gap_of(cost: float, bound: float) -> float:
    return max(cost - bound, 0.0) / abs(cost) if cost else 0.0
