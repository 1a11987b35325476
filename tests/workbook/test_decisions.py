"""The decision sheet: who decided, how good that is, and whether it holds; live in LibreOffice."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pricing.admissible import SAID_ELSEWHERE
from pricing.evaluate import evaluate
from pricing.plan.hybrid import Hybrid
from pricing.workbook import export_workbook
from pricing.workbook.styles import DECIDED_FILL, INPUT_BLUE
from tests.workbook.decided import BELOW, DAY, LAST_MONTH, as_made, decided, entered, hybrid_in
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.lint import faults
from tests.workbook.plans import TODAY

pytestmark = pytest.mark.spreadsheet

FIRST_MONTH = 6
SERVERS, SHARE = "option.mix.reserved.decided", "option.mix.route_1.share"


@cache
def _rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    book = load_workbook(path, data_only=True, read_only=True)
    try:
        return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    finally:
        book.close()


@dataclass
class Book:
    """A workbook as LibreOffice has calculated it, every formula from scratch."""

    path: Path

    def rows(self, sheet: str) -> list[tuple[Any, ...]]:
        return _rows(self.path, sheet)

    @property
    def facts(self) -> dict[str, Any]:
        """Values of the decision sheet by what they are called."""
        return {row[1]: row[2] for row in self.rows("Decision") if row[1]}

    @property
    def cover(self) -> dict[str, Any]:
        return {row[1]: row[2] for row in self.rows("Cover") if row[1]}

    def checks(self) -> list[tuple[str, float]]:
        """What must hold and whether it does."""
        return [(row[2], row[7]) for row in self.rows("Checks")[9:] if row[7] is not None]


def _row(book: Workbook, key: str) -> tuple[str, int]:
    """Sheet and row of a figure with months."""
    return next(
        (sheet.title, cell.row)
        for sheet in book if sheet.title not in {"Inputs", "At export by month"}
        for (cell,) in sheet.iter_rows(max_col=1) if cell.value == key
    )  # fmt: skip


def _changed(path: Path, target: Path, changes: dict[str, tuple[int, float]]) -> None:
    """Change months of inputs, or inputs, as a person would."""
    book = load_workbook(path)
    for key, (month, value) in changes.items():
        if month:
            title, row = _row(book, key)
            book[title].cell(row, FIRST_MONTH + month - 1).value = value
        else:
            row = next(c.row for (c,) in book["Inputs"].iter_rows(max_col=1) if c.value == key)
            book["Inputs"].cell(row, 4).value = value
    book.save(target)


EDITS: dict[str, dict[str, tuple[int, float]]] = {
    "untouched": {},
    "server": {SERVERS: (LAST_MONTH, 8.0)},
    "share": {SHARE: (LAST_MONTH, 0.55), SHARE.replace("1", "2"): (LAST_MONTH, 0.15)},
    "twice": {SHARE: (LAST_MONTH, 0.9)},
    "price": {"option.mix.other_fixed_cost_per_month": (0, 950.0)},
    "other": {"comparison.first": (0, 3.0)},
}
"""Numbers changed in the workbook, by the key of the input; month 0 is an input without months."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, Book]:
    """A decision as it was made, edited in the workbook in several ways, and others at export."""
    folder = tmp_path_factory.mktemp("decisions")
    export_workbook(as_made(), folder / "written.xlsx")
    for name, changes in EDITS.items():
        _changed(folder / "written.xlsx", folder / f"{name}.xlsx", changes)
    npv = entered().bill_of("mix").npv.value
    at_export: dict[str, dict[str, Any]] = {
        "stale": {"facts": "of another plan"},
        "edited": {"npv": npv * 0.97, "bound": npv * 0.96},
        "unbounded": {"bound": None},
        "hand": {"made_by": "hand", "npv": 0.0, "bound": None, "facts": "", "locked": True},
        "asked": {"question": {"axis": "quality", "level": 0.7}, "note": "Agreed by the board"},
    }
    for name, fields in at_export.items():
        export_workbook(decided(**fields), folder / f"{name}.xlsx")
    export_workbook(entered(), folder / "entered.xlsx")
    names = [*EDITS, *at_export, "entered"]
    done = libreoffice.convert([folder / f"{name}.xlsx" for name in names], folder / "saved")
    found = {name: Book(path) for name, path in zip(names, done, strict=True)}
    return {**found, "written": Book(folder / "written.xlsx")}


def test_that_a_decision_shows_who_when_cost_bound_and_gap(books: dict[str, Book]) -> None:
    npv = entered().bill_of("mix").npv.value
    for name in ("written", "untouched"):
        facts = books[name].facts
        assert facts["Who decided"] == "the optimiser"
        assert facts["Decided on"].date() == DAY
        assert facts["Cost found"] == pytest.approx(npv, rel=1e-12)
        assert facts["Lower bound"] == pytest.approx(npv * (1 - BELOW), rel=1e-12)
        assert facts["Gap"] == pytest.approx(BELOW, rel=1e-9)
        assert facts["Gap now"] == pytest.approx(BELOW, rel=1e-9)
        assert facts["Could cost less by at most"] == pytest.approx(npv * BELOW, rel=1e-9)
        assert facts["Cost now"] == pytest.approx(npv, rel=1e-9)
        assert facts["Facts at export"] == "as they were"
        assert facts["Decided inputs changed"] == 0


def test_that_cover_and_checks_say_the_bill_is_the_stored_cost(books: dict[str, Book]) -> None:
    rule = "while no input is changed, its net present value is the cost that was found"
    for name in ("written", "untouched"):
        assert books[name].cover["All checks"] == "OK"
        assert (rule, 1) in books[name].checks()
        assert books[name].cover["Decision: Mix"] == "OK: costs what was decided"
        assert books[name].facts["Verdict"] == "OK: costs what was decided"


def _engine(changes: dict[str, tuple[int, float]]) -> Any:
    """What the engine computes with the same changes."""
    ledger = as_made().ledger
    given: dict[str, Any] = {}
    for key, (month, value) in changes.items():
        given[key] = value
        if month:
            months = ledger.evaluate().monthly(ledger.line(key)).copy()
            months[month - 1] = value
            given[key] = months
    return ledger.evaluate(given)


@pytest.mark.parametrize("name", ["server", "share", "twice", "price", "other"])
def test_that_what_is_changed_in_the_workbook_costs_what_the_engine_says(
    books: dict[str, Book], name: str
) -> None:
    lines = as_made().bill.options[-1]
    expected = _engine(EDITS[name]).number(lines.npv)
    facts = books[name].facts
    assert facts["Cost now"] == pytest.approx(expected, rel=1e-9)
    assert facts["Cost now less cost found"] == pytest.approx(
        expected - facts["Cost found"], abs=1e-6 * abs(expected)
    )
    assert books[name].cover["All checks"] == "OK"


@pytest.mark.parametrize(("name", "changed"), [("server", 1), ("share", 2)])
def test_that_a_decided_number_that_is_changed_is_an_edit_with_a_gap_of_its_own(
    books: dict[str, Book], name: str, changed: int
) -> None:
    facts = books[name].facts
    assert facts["Decided inputs changed"] == changed
    assert facts["Inputs changed since export, decided ones apart"] == 0
    assert facts["Rules broken"] == 0
    now, bound = facts["Cost now"], facts["Lower bound"]
    assert facts["Gap now"] == pytest.approx((now - bound) / now, rel=1e-9)
    assert facts["Could cost less by at most"] == pytest.approx(now - bound, rel=1e-9)
    assert facts["Verdict"] == "EDITED: does not cost what was decided"
    assert books[name].cover["Decision: Mix"] == facts["Verdict"]
    assert books[name].cover["Rules of the plan"] == "OK"


def test_that_a_share_given_twice_breaks_a_rule_and_no_gap_is_claimed(
    books: dict[str, Book],
) -> None:
    facts = books["twice"].facts
    assert facts["Rules broken"] >= 1
    assert facts["Verdict"].startswith("BROKEN: ")
    assert facts["Gap now"] == facts["Could cost less by at most"] == "not known"
    assert books["twice"].cover["Decision: Mix"] == facts["Verdict"]


def test_that_a_changed_fact_takes_the_bound_away(books: dict[str, Book]) -> None:
    facts = books["price"].facts
    assert facts["Inputs changed since export, decided ones apart"] == 1
    assert facts["Decided inputs changed"] == 0
    assert facts["Gap now"] == "not known"
    assert facts["Verdict"].startswith("CHECK: inputs are changed in this workbook")


def test_that_which_options_are_compared_is_no_fact_of_a_decision(books: dict[str, Book]) -> None:
    facts = books["other"].facts
    assert facts["Inputs changed since export, decided ones apart"] == 0
    assert facts["Verdict"] == books["untouched"].facts["Verdict"]


def test_that_a_decision_on_other_facts_is_stale_and_its_gap_is_not_known_now(
    books: dict[str, Book],
) -> None:
    facts = books["stale"].facts
    assert facts["Facts at export"] == "changed since"
    assert facts["Gap"] == pytest.approx(BELOW, rel=1e-9)
    assert facts["Gap now"] == "not known"
    assert facts["Verdict"].startswith("CHECK: facts have changed")
    assert books["stale"].cover["All checks"] == "OK"


def test_that_a_decision_edited_before_export_shows_what_it_costs_more(
    books: dict[str, Book],
) -> None:
    npv = entered().bill_of("mix").npv.value
    facts = books["edited"].facts
    assert facts["Cost now less cost found"] == pytest.approx(0.03 * npv, rel=1e-6)
    assert facts["Verdict"].startswith("EDITED")
    assert books["edited"].cover["All checks"] == "OK"


def test_that_a_missing_bound_is_said_not_to_be_known(books: dict[str, Book]) -> None:
    facts = books["unbounded"].facts
    assert {facts[name] for name in ("Lower bound", "Gap", "Gap now")} == {"not known"}


@pytest.mark.parametrize("name", ["hand", "entered"])
def test_that_nothing_is_claimed_of_what_was_entered_by_hand(
    books: dict[str, Book], name: str
) -> None:
    facts = books[name].facts
    assert facts["Who decided"] == "a person, by hand"
    assert not {"Cost found", "Lower bound", "Gap"} & facts.keys()
    assert facts["Verdict"].startswith("Entered by hand")
    assert facts.get("Servers locked") == ("yes" if name == "hand" else None)


def test_that_what_was_asked_for_stands_beside_what_is_reached(books: dict[str, Book]) -> None:
    facts = books["asked"].facts
    assert facts["Asked for"] == "a mean score of all answers of at least 70 %"
    lines = entered().bill.options[-1].hybrid
    assert lines is not None
    assert lines.quality is not None
    reached = entered().values.number(lines.quality)
    assert facts["Reached now"] == pytest.approx(reached, rel=1e-9)
    assert facts["Note"] == "Agreed by the board"


def test_that_every_decided_input_is_listed_with_its_first_last_and_largest_number(
    books: dict[str, Book],
) -> None:
    evaluation = as_made()
    listed = {row[1]: row[2:8] for row in books["untouched"].rows("Decision")}
    chosen = [e for e in evaluation.ledger.entries if e.provenance.is_decision]
    assert len(chosen) == 6
    for entry in chosen:
        label = entry.label
        if entry.key == SERVERS:
            label = f"Rented H100, 1 year terms: {label}"
        first, unit, _, last, largest, changed = listed[label]
        values = evaluation.values.monthly(entry).tolist() if entry.timed else [entry.value]
        assert (first, unit, last, largest, changed) == (
            pytest.approx(values[0]), entry.unit, pytest.approx(values[-1]),
            pytest.approx(max(values)), 0,
        )  # fmt: skip
    edited = {row[1]: row[7] for row in books["share"].rows("Decision") if row[7] in {0, 1}}
    assert [label for label, flag in edited.items() if flag == 1] == [
        "Route 1, Hotline chat: share of requests", "Route 2, Hotline chat: share of requests",
    ]  # fmt: skip


def test_that_decided_inputs_have_a_colour_and_a_word_of_their_own(books: dict[str, Book]) -> None:
    book = load_workbook(books["written"].path)
    title, row = _row(book, SERVERS)
    cell = book[title].cell(row, FIRST_MONTH)
    assert cell.fill.fgColor.rgb == "FF" + DECIDED_FILL[1:]
    assert cell.font.color.rgb == "FF" + INPUT_BLUE[1:]
    assert (cell.style, cell.protection.locked) == ("Input", False)
    column = [c.value for c in book[title][4]].index("How it is calculated") + 1
    said = book[title].cell(row, column).value
    assert said.endswith("chosen by the optimiser on 2026-11-20")
    assert "decision" in said
    inputs = [r for r in book["Inputs"].iter_rows(min_row=6) if r[11].value == "decision"]
    assert len(inputs) == 6
    assert {r[9].value for r in inputs} == {"chosen by the optimiser"}
    assert not any("assumption" in str(r[14].value) for r in inputs)
    legend = [r[1].value or "" for r in book["Cover"].iter_rows(min_col=2, max_col=3)]
    assert any(str(text).startswith("Decision: an input that somebody chose") for text in legend)


def test_that_findings_on_a_decision_stand_beside_what_was_decided(books: dict[str, Book]) -> None:
    remarks = {row[1]: row[14] for row in books["stale"].rows("Inputs") if row[11] == "decision"}
    assert len(remarks) > 4
    assert all("was decided on 2026-11-20 for other figures" in text for text in remarks.values())


@pytest.mark.parametrize("name", ["written", "entered"])
def test_that_a_workbook_with_a_decision_breaks_no_rule_of_good_spreadsheets(
    tmp_path: Path, name: str
) -> None:
    evaluation = as_made() if name == "written" else entered()
    export_workbook(evaluation, tmp_path / "mix.xlsx")
    assert faults(tmp_path / "mix.xlsx") == []


def test_that_every_rule_leads_to_its_line(books: dict[str, Book]) -> None:
    book = load_workbook(books["written"].path)
    evaluation = as_made()
    hybrid = evaluation.bill.options[-1].hybrid
    assert hybrid is not None
    links = [row[10] for row in book["Rules"].iter_rows(min_row=7) if row[1].value]
    in_order = sorted(hybrid.checks, key=lambda check: check.code not in SAID_ELSEWHERE)
    for check, cell in zip(in_order, links, strict=True):
        title, _, place = cell.hyperlink.location.rpartition("!")
        sheet = book[title.strip("'").replace("''", "'")]
        assert sheet.cell(sheet[place.replace("$", "")].row, 1).value == check.kept.key


def test_that_several_hybrids_have_a_block_each_also_one_that_routes_nothing(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    plan = as_made().plan
    mix = hybrid_in(plan)
    fleets = (mix.fleets[0].model_copy(update={"servers": ()}),)
    others = (
        mix.model_copy(
            update={"id": "mix-2", "name": "Mix 二", "decision": None, "fleets": fleets}
        ),
        Hybrid(id="nothing", name="Nothing: yet"),
    )
    evaluation = evaluate(
        plan.model_copy(update={"options": (*plan.options, *others)}), today=TODAY
    )
    export_workbook(evaluation, tmp_path / "several.xlsx")
    assert faults(tmp_path / "several.xlsx") == []
    (done,) = libreoffice.convert([tmp_path / "several.xlsx"], tmp_path / "saved")
    book = Book(done)
    assert book.cover["All checks"] == "OK"
    assert book.cover["Decision: Mix"] == "OK: costs what was decided"
    assert book.cover["Decision: Mix 二"].startswith("Entered by hand")
    assert book.cover["Decision: Nothing: yet"].startswith("BROKEN")
    rows = book.rows("Decision")
    starts = [
        place for place, row in enumerate(rows) if row[1] in {"Mix", "Mix 二", "Nothing: yet"}
    ]
    assert len(starts) == 3
    values = [{row[1]: row[2] for row in rows[start : start + 12]} for start in starts]
    for bill, shown in zip(evaluation.bills[-3:], values, strict=True):
        assert shown["Cost now"] == pytest.approx(bill.npv.value, rel=1e-9)
