"""Workbooks of plans whose servers' work is predicted: ranges, sources, and formulas that hold."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.serving.parameters import load_parameters
from pricing.workbook import export_workbook
from pricing.workbook.read import read_back
from tests.bill.predicted import predicted, predicted_plan, work_of
from tests.bill.small import api, owned, request_class
from tests.workbook.closeness import differences
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.plans import customer_service

POINT = {
    "model": "model", "accelerator": "chip", "input_tokens": 1000, "output_tokens": 200,
    "concurrency": 64, "output_tokens_per_second": 2400, "source": "bench of 3 March",
    "as_of": "2026-03-03",
}  # fmt: skip


@cache
def evaluation() -> Evaluation:
    """Two classes, one of them long, on predicted servers that grow, adapt and are maintained."""
    chat = request_class(
        id="chat", name="Chat", requests=730 * 3600 * 300, input_variation=1.2,
        growth={"kind": "monthly", "rate": 0.04},
    )  # fmt: skip
    long = request_class(
        id="long", name="Long documents", requests=730 * 3600 * 2, input_tokens=40_000,
        urgency="batch",
    )  # fmt: skip
    targets = {"ttft_seconds": 2, "tpot_milliseconds": 60}
    return evaluate(
        predicted_plan(
            api(),
            predicted(
                {"targets": targets, "adaptation_overhead": 0.23, "efficiency": 1.1},
                maintenance_hours=12,
                spare_servers=1,
            ),
            owned(
                capacity={"output_tokens_per_second": 90_000}, servers=3, maintenance_hours=6,
                bridge="api", lead_time_months=2,
            ),
            classes=[chat, long],
            measurements=[POINT, {**POINT, "concurrency": 128, "output_tokens_per_second": 3700}],
            months=24,
        ),
        today=date(2026, 11, 22),
    )  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("predicted") / "plan.xlsx"
    export_workbook(evaluation(), path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


def inputs(book: Workbook) -> dict[str, dict[str, Any]]:
    rows = list(book["Inputs"].iter_rows(min_row=4, values_only=True))
    headings = next(row for row in rows if row[0] == "Key")
    return {row[0]: dict(zip(headings, row, strict=True)) for row in rows if row[0]}


def test_that_predicted_server_time_is_shown_with_its_range_and_source(book: Workbook) -> None:
    row = inputs(book)["option.rented.chat.predicted"]
    figure = work_of(evaluation().plan, "rented").seconds["chat"]
    assert row["Value"] == pytest.approx(figure.value)
    assert (row["Low"], row["High"]) == pytest.approx((figure.low, figure.high))
    assert "calibrated on" in row["Source"]
    assert row["Date"] is not None
    assert "does not predict anew" in row["Note"]
    assert row["Unit"] == "server·seconds/request"


def test_that_findings_about_the_prediction_stand_beside_its_inputs(book: Workbook) -> None:
    assert (
        "own measurements of Model on Chip"
        in (inputs(book)["option.rented.chat.predicted"]["To check"])
    )


def test_that_sources_name_the_calibration_and_the_own_measurements_used(book: Workbook) -> None:
    rows = [row for row in book["Sources"].iter_rows(min_row=5, values_only=True) if row[2]]
    at = next(n for n, row in enumerate(rows) if row[2].startswith("Measurements that"))
    calibration, *own = rows[at + 1 :]
    known = load_parameters()
    assert "resources/serving/parameters.json" in calibration[2]
    assert (calibration[3].date(), calibration[6]) == (known.data_date, known.rows)
    assert calibration[7] == "Rented"
    assert [row[2] for row in own] == ["Own measurement: bench of 3 March"] * 2
    assert own[0][3].date() == date(2026, 3, 3)
    assert "64 requests in flight: 2,400 output tokens/s" in own[0][7]


def test_that_a_plan_without_predictions_says_nothing_of_a_calibration(tmp_path: Path) -> None:
    export_workbook(customer_service(), tmp_path / "plan.xlsx")
    stored = load_workbook(tmp_path / "plan.xlsx", data_only=True)
    texts = [row[2] for row in stored["Sources"].iter_rows(values_only=True) if row[2]]
    assert not [text for text in texts if "serving model" in text]


@pytest.mark.spreadsheet
def test_that_a_recalculated_plan_with_predictions_is_the_engine_s(
    path: Path, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """As exported, and with the ends of the ranges and other overheads typed in."""
    work = work_of(evaluation().plan, "rented").seconds
    changes = {
        "option.rented.chat.predicted": work["chat"].high,
        "option.rented.long.predicted": work["long"].low,
        "option.rented.adaptation": 0.5,
        "option.rented.maintenance_hours": 60.0,
        "option.owned.maintenance_hours": 200.0,
        "option.rented.usable_share": 0.55,
    }
    changed = tmp_path / "changed.xlsx"
    copy = load_workbook(path)
    cells = {row[0].value: row for row in copy["Inputs"].iter_rows(max_col=4)}
    for key, value in changes.items():
        cells[key][3].value = value
    copy.save(changed)
    same, other = libreoffice.convert([path, changed], tmp_path / "saved")
    ledger, values = evaluation().ledger, evaluation().values
    assert differences(values, ledger.lines, read_back(same)) == []
    moved = ledger.evaluate(changes)
    assert differences(moved, ledger.lines, read_back(other)) == []
    needed = evaluation().line("option.rented.needed")
    assert (moved.monthly(needed) > values.monthly(needed)).all()
