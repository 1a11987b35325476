"""A hybrid in the workbook: decisions as inputs, their consequences and the rules as formulas."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pricing.evaluate import evaluate
from pricing.plan.rules import Rules
from pricing.workbook import export_workbook
from pricing.workbook.read import read_back
from tests.workbook.closeness import differences
from tests.workbook.hybrids import TODAY, hybrid_service
from tests.workbook.libreoffice import LibreOffice

pytestmark = pytest.mark.spreadsheet

CHANGES = {"demand.volume": 8.0}
SERVERS = "option.mix.reserved.decided"
FIRST_MONTH = 6


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, Path]:
    """The workbook, and one with changed inputs, both recalculated."""
    folder = tmp_path_factory.mktemp("hybrids")
    export_workbook(hybrid_service(), folder / "mix.xlsx")
    book = load_workbook(folder / "mix.xlsx")
    for row in book["Inputs"].iter_rows(max_col=4):
        if row[0].value == "demand.volume":
            row[3].value = CHANGES["demand.volume"]
    for sheet in book:
        for (key,) in sheet.iter_rows(max_col=1):
            if key.value == SERVERS:
                for month in range(20, 36):
                    sheet.cell(key.row, FIRST_MONTH + month).value = 3
    book.save(folder / "changed.xlsx")
    written = [folder / "mix.xlsx", folder / "changed.xlsx"]
    done = libreoffice.convert(written, folder / "recalculated")
    return dict(zip(("mix", "changed"), done, strict=True))


def _changed_servers() -> list[float]:
    schedule = next(s for s in hybrid_service().ledger.schedules if s.key == SERVERS)
    return [3.0 if 20 <= month < 36 else value for month, value in enumerate(schedule.values)]


def _rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    book = load_workbook(path, data_only=True, read_only=True)
    try:
        return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    finally:
        book.close()


def test_that_every_cell_of_a_recalculated_hybrid_is_the_engine_s(files: dict[str, Path]) -> None:
    evaluation = hybrid_service()
    contents = read_back(files["mix"])
    assert differences(evaluation.values, evaluation.ledger.lines, contents) == []


def test_that_changed_volume_and_servers_equal_evaluating_with_them(
    files: dict[str, Path],
) -> None:
    ledger = hybrid_service().ledger
    values = ledger.evaluate({"demand.volume": CHANGES["demand.volume"],
                              SERVERS: _changed_servers()})  # fmt: skip
    assert differences(values, ledger.lines, read_back(files["changed"])) == []


@pytest.mark.parametrize("name", ["mix", "changed"])
def test_that_every_rule_has_the_verdict_of_the_engine(files: dict[str, Path], name: str) -> None:
    evaluation = hybrid_service()
    values = evaluation.values
    if name == "changed":
        values = evaluation.ledger.evaluate(
            {"demand.volume": CHANGES["demand.volume"], SERVERS: _changed_servers()}
        )
    hybrid = evaluation.bill.options[-1].hybrid
    assert hybrid is not None
    expected = {}
    for check in hybrid.checks:
        flags = values.monthly(check.kept)
        broken = [month for month, flag in enumerate(flags, start=1) if not flag]
        months = len(broken) if check.kept.timed else None
        expected[check.label] = (months, "BROKEN" if broken else "OK")
    shown = {row[2]: (row[6], row[9]) for row in _rows(files[name], "Rules")[6:] if row[2]}
    assert shown == expected
    assert len(expected) > 8


@pytest.mark.parametrize("name", ["mix", "changed"])
def test_that_a_rule_shows_what_is_reached_in_its_worst_month_beside_the_limit(
    files: dict[str, Path], name: str
) -> None:
    evaluation = hybrid_service()
    values = evaluation.values
    if name == "changed":
        values = evaluation.ledger.evaluate(
            {"demand.volume": CHANGES["demand.volume"], SERVERS: _changed_servers()}
        )
    hybrid = evaluation.bill.options[-1].hybrid
    assert hybrid is not None
    shown = {row[2]: row[3:6] for row in _rows(files[name], "Rules")[6:] if row[2]}
    codes = set()
    for check in hybrid.checks:
        reached, limit, unit = shown[check.label]
        if check.held is None:
            assert (reached, limit) == (None, None)
            continue
        codes.add(check.code)
        months = values.monthly(check.held)
        worst = months.min() if check.least else months.max()
        most = 0.0 if check.limit is None else values.monthly(check.limit)[0]
        assert reached == pytest.approx(float(worst), rel=1e-9, abs=1e-9)
        assert limit == pytest.approx(float(most), rel=1e-9)
        assert unit in {check.held.unit, "number"}
        kept = reached >= limit - 1e-5 if check.least else reached <= limit + 1e-5
        assert kept == bool(values.monthly(check.kept).all())
    assert codes >= {
        "served", "quality_overall", "capex", "site_power", "vendor_share", "vendors",
        "on_premises",
    }  # fmt: skip


def test_that_a_rule_broken_by_a_change_shows_on_the_cover(files: dict[str, Path]) -> None:
    before, after = (
        next(row[2] for row in _rows(files[name], "Cover") if row[1] == "Rules of the plan")
        for name in ("mix", "changed")
    )
    assert before != after
    assert after.startswith("BROKEN")


@pytest.mark.parametrize("name", ["mix", "changed"])
def test_that_the_arithmetic_checks_hold_for_a_hybrid(files: dict[str, Path], name: str) -> None:
    rows = _rows(files[name], "Checks")
    assert [row[8] for row in rows if row[1] == "All checks"] == ["OK"]


def test_that_the_headline_prefers_an_option_that_serves_every_request(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    plan = hybrid_service().plan
    cheapest = min(hybrid_service().bills, key=lambda bill: bill.tco.value)
    options = tuple(
        option.model_copy(update={"lead_time_months": 2, "bridge": None})
        if option.id == cheapest.id
        else option
        for option in plan.options
    )
    free = {"options": options, "rules": Rules()}  # the plan's rules leave single options out
    evaluation = evaluate(plan.model_copy(update=free), today=TODAY)
    late = evaluation.bill_of(cheapest.id)
    assert late.unserved.values.sum() > 1
    assert late.tco.value == min(bill.tco.value for bill in evaluation.bills)
    whole = [bill for bill in evaluation.bills if not bill.unserved.values.sum() > 1]
    best = min(whole, key=lambda bill: bill.tco.value)
    export_workbook(evaluation, tmp_path / "late.xlsx")
    (done,) = libreoffice.convert([tmp_path / "late.xlsx"], tmp_path / "recalculated")
    for path in (tmp_path / "late.xlsx", done):
        headline = _rows(path, "Summary")[3][1]
        assert headline == (
            f"Of the options that serve every request within the rules, {best.name} costs least "
            "over the horizon"
        )
