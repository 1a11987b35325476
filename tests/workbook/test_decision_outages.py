"""What outages must lose breaks no decision; losing more than was decided does."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pricing.bill.hybrid import HybridLines
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.optimise.lost import lost_in_outages
from pricing.plan.hybrid import Decision, Hybrid
from pricing.plan.plan import Plan
from pricing.workbook import export_workbook
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.lint import faults
from tests.workbook.outages import SERVERS, SUPPLIER, lossy
from tests.workbook.plans import TODAY

pytestmark = pytest.mark.spreadsheet

FIRST_MONTH, MONTH = 6, 20
WORSE = "BROKEN: outages lose more requests than was decided"


def _hybrid(plan: Plan) -> Hybrid:
    return next(option for option in plan.options if isinstance(option, Hybrid))


def _lines() -> HybridLines:
    lines = lossy().bill.options[-1].hybrid
    assert lines is not None
    return lines


def _edited(**changes: Any) -> Evaluation:
    """The plan with fields of its hybrid changed before the export."""
    plan = lossy().plan
    mix = _hybrid(plan).model_copy(update=changes)
    options = tuple(mix if option.id == mix.id else option for option in plan.options)
    return evaluate(plan.model_copy(update={"options": options}), today=TODAY)


def _with_servers(number: int) -> Evaluation:
    """The plan with so many servers in every month."""
    fleet = _hybrid(lossy().plan).fleets[0]
    step = fleet.servers[0].model_copy(update={"servers": number})
    return _edited(fleets=(fleet.model_copy(update={"servers": (step,)}),))


def _decision() -> Decision:
    decision = _hybrid(lossy().plan).decision
    assert decision is not None
    return decision


def _cells(book: Workbook, key: str) -> tuple[Any, int]:
    return next(
        (sheet, cell.row)
        for sheet in book if sheet.title not in {"Inputs", "At export by month"}
        for (cell,) in sheet.iter_rows(max_col=1) if cell.value == key
    )  # fmt: skip


def _edit(path: Path, target: Path, edit: str) -> None:
    """Change one number as a person would."""
    book, mix = load_workbook(path), _hybrid(lossy().plan).id
    if edit in {"fewer", "more"}:
        sheet, row = _cells(book, f"option.{mix}.{SERVERS}.decided")
        for month in range(MONTH, lossy().plan.months + 1):
            sheet.cell(row, FIRST_MONTH + month - 1).value += {"fewer": -1, "more": 1}[edit]
    else:
        key, value = {
            "left out": (f"option.{mix}.route_2.share", 0.9),
            "availability": (f"option.{mix}.{SUPPLIER}.availability", 0.97),
        }[edit]
        row = next(c.row for (c,) in book["Inputs"].iter_rows(max_col=1) if c.value == key)
        book["Inputs"].cell(row, 4).value = value
    book.save(target)


class Book:
    """A workbook as LibreOffice has calculated it."""

    def __init__(self, path: Path) -> None:
        book = load_workbook(path, data_only=True, read_only=True)
        try:
            self.sheets = {
                name: [tuple(row) for row in book[name].iter_rows(values_only=True)]
                for name in ("Decision", "Rules", "Cover", "Summary")
            }
        finally:
            book.close()

    def facts(self, sheet: str = "Decision") -> dict[str, Any]:
        return {row[1]: row[2] for row in self.sheets[sheet] if row[1]}

    def rule(self, text: str) -> tuple[Any, ...]:
        """Reached, limit, unit, months broken, first month, result, verdict of a rule."""
        return next(row[3:10] for row in self.sheets["Rules"] if text in str(row[2]))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("outages")
    export_workbook(lossy(), folder / "untouched.xlsx")
    edits = ("fewer", "more", "left out", "availability")
    for edit in edits:
        _edit(folder / "untouched.xlsx", folder / f"{edit}.xlsx", edit)
    before = {
        "fewer before": _with_servers(2),
        "more before": _with_servers(5),
        "not kept": _edited(decision=_decision().model_copy(update={"lost": None})),
        "hand": _edited(decision=None),
    }
    for name, evaluation in before.items():
        export_workbook(evaluation, folder / f"{name}.xlsx")
    names = ("untouched", *edits, *before)
    done = libreoffice.convert([folder / f"{name}.xlsx" for name in names], folder / "saved")
    found = {name: Book(path) for name, path in zip(names, done, strict=True)}
    return {"written": Book(folder / "untouched.xlsx"), **found}


def test_that_the_plan_must_lose_requests_in_outages() -> None:
    (lost,) = lost_in_outages(lossy(), _hybrid(lossy().plan).id)
    assert lost.requests > 10_000
    assert _decision().lost == pytest.approx(lost.requests, rel=1e-9)
    assert {route.failover for route in _hybrid(lossy().plan).routes} == {None}


@pytest.mark.parametrize("name", ["written", "untouched", "not kept"])
def test_that_the_decision_of_the_optimiser_is_not_broken_by_what_nobody_may_answer(
    books: dict[str, Book], name: str
) -> None:
    facts = books[name].facts()
    assert facts["Verdict"] == "OK: costs what was decided"
    assert facts["Rules broken"] == 0
    assert facts["Lost in outages"] == pytest.approx(_decision().lost, rel=1e-9)
    assert facts["Lost as it was decided"] == pytest.approx(_decision().lost, rel=1e-9)
    cover = books[name].facts("Cover")
    assert cover["Rules of the plan"] == "OK"
    reached, limit, unit, broken, first, result, verdict = books[name].rule("outages aside")
    assert (reached, limit, unit, broken, first) == (0, 0, "requests", 0, 0)
    assert (result, verdict) == (1, "OK")
    assert "1 of 3 leaves requests unserved" in books[name].sheets["Summary"][4][1]


def test_that_losing_more_than_was_decided_breaks_it(books: dict[str, Book]) -> None:
    for name in ("fewer", "fewer before"):
        facts = books[name].facts()
        assert facts["Verdict"] == WORSE
        assert facts["Lost in outages"] > facts["Lost as it was decided"] + 1
        assert facts["Gap now"] == facts["Could cost less by at most"] == "not known"
        assert books[name].facts("Cover")["Decision: Optimised hybrid"] == WORSE


def test_that_losing_less_is_an_edit_like_any_other(books: dict[str, Book]) -> None:
    for name in ("more", "more before"):
        facts = books[name].facts()
        assert facts["Verdict"].startswith("EDITED")
        assert facts["Gap now"] > 0
        assert facts["Lost in outages"] < facts["Lost as it was decided"] - 1


def test_that_what_is_lost_otherwise_still_breaks_the_rule(books: dict[str, Book]) -> None:
    facts = books["left out"].facts()
    assert facts["Verdict"] == "BROKEN: 1 rule, see the sheet Rules"
    reached, _, _, broken, first, _, verdict = books["left out"].rule("Hotline chat: every")
    assert (broken, first, verdict) == (36, 1, "BROKEN")
    asked = lossy().values.monthly(_lines().classes[0].asked.requests)
    assert reached == pytest.approx(0.1 * asked.max(), rel=1e-6)


def test_that_a_fact_that_is_changed_takes_the_claim_away_and_breaks_nothing(
    books: dict[str, Book],
) -> None:
    facts = books["availability"].facts()
    assert facts["Lost in outages"] > 2 * facts["Lost as it was decided"]
    assert facts["Verdict"].startswith("CHECK: inputs are changed in this workbook")


def test_that_what_was_entered_by_hand_is_broken_by_what_it_loses(books: dict[str, Book]) -> None:
    facts = books["hand"].facts()
    assert facts["Verdict"] == "BROKEN: 1 rule, see the sheet Rules"
    assert facts["Lost in outages"] == pytest.approx(_decision().lost, rel=1e-9)
    assert "Lost as it was decided" not in facts


def test_that_the_workbook_breaks_no_rule_of_good_spreadsheets(tmp_path: Path) -> None:
    export_workbook(lossy(), tmp_path / "lossy.xlsx")
    assert faults(tmp_path / "lossy.xlsx") == []
