"""Run a case: its plans through the engine, its published figures against the answers."""

from collections.abc import Iterator

from pricing.cases.case import Case, Column, Explanation, FigureCheck, Scenario
from pricing.cases.question import decide
from pricing.cases.reading import Answer, TableRow, read
from pricing.cases.result import CaseResult, Row, Verdict
from pricing.evaluate import evaluate
from pricing.plan.edit import edited, value_at
from pricing.plan.figure import Figure
from pricing.plan.plan import Plan


def run_case(case: Case) -> CaseResult:
    """Evaluate every plan of a case and judge every published figure.

    Raises:
        EditError: if a scenario sets a field that the plan does not have.
        BillError, LedgerError: if a plan cannot be evaluated or a reading finds nothing.
        NothingFoundError: if the optimiser finds no decision within the rules of a plan.
    """
    rows = [row for scenario in case.file.scenarios for row in _rows(case, scenario)]
    return CaseResult(case, tuple(rows))


def plan_of(case: Case, scenario: Scenario, entry: TableRow) -> Plan:
    """The plan of a scenario with the entries of one row of its table.

    A number that replaces a figure's keeps the figure's source.
    """
    plan = case.plans[scenario.plan]
    for path, value in scenario.set.items():
        wanted = _stated(value, entry) if isinstance(value, Column) else value
        old = value_at(plan, path)
        new: object = wanted
        if isinstance(old, Figure) and not old.is_left_out and isinstance(wanted, int | float):
            new = old.model_copy(update={"value": wanted, "low": None, "high": None})
        plan = edited(plan, path, new)
    return plan


def _rows(case: Case, scenario: Scenario) -> Iterator[Row]:
    for entry in _entries(case, scenario):
        plan = plan_of(case, scenario, entry)
        decided = decide(plan) if scenario.optimise else None
        evaluation = evaluate(plan) if decided is None else decided.evaluation
        for check in scenario.figures:
            published = _stated(check.published, entry)
            if published is not None:
                ours = read(check.ours, evaluation, entry, decided)
                yield _judge(check, published, ours, scenario.name, entry)


def _entries(case: Case, scenario: Scenario) -> tuple[TableRow, ...]:
    return case.tables[scenario.each] if scenario.each else ({},)


def _stated(value: Answer | Column, entry: TableRow) -> Answer | None:
    if not isinstance(value, Column):
        return value
    cell = entry[value.column]
    return cell * value.times if isinstance(cell, int | float) and value.times != 1 else cell


def _judge(check: FigureCheck, published: Answer, ours: Answer, name: str, entry: TableRow) -> Row:
    ours = ours * check.times if not isinstance(ours, str) else ours
    width = check.tolerance.width(published) if not isinstance(published, str) else 0.0
    verdict, explanation = _verdict(published, ours, width, check.explained, entry)
    both_numbers = not isinstance(ours, str) and not isinstance(published, str)
    return Row(
        scenario=name.format_map(entry),
        what=check.what.format_map(entry),
        unit=check.unit,
        published=published,
        ours=ours,
        difference=float(ours) - float(published) if both_numbers else None,
        tolerance=width,
        tolerance_reason=check.tolerance.because,
        verdict=verdict,
        explanation=explanation,
        note=check.note.format_map(entry),
    )


def _verdict(
    published: Answer,
    ours: Answer,
    width: float,
    explained: Explanation | None,
    entry: TableRow,
) -> tuple[Verdict, str]:
    """A difference counts as explained only where ours is what the explanation says it must be."""
    if _same(published, ours, width):
        return "reproduced", ""
    if explained is not None:
        instead = _stated(explained.value, entry)
        if instead is not None and _same(instead, ours, explained.within):
            return "explained difference", explained.because.format_map(entry)
    return "not reproduced", ""


def _same(one: Answer, other: Answer, width: float) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(one - other) <= width
