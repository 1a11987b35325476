"""The summary names no option as the cheapest that may not do the work."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.workbook import export_workbook
from pricing.workbook.text import width
from tests.workbook.decided import entered
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.plans import TODAY, customer_service, plan

pytestmark = pytest.mark.spreadsheet

CHEAPEST = min(customer_service().bills, key=lambda bill: bill.tco.value)


@cache
def confidential() -> Evaluation:
    """The chat carries data that only servers of one's own or rented ones may be sent."""
    document = plan().model_dump()
    document["workload"][0]["sensitivity"] = "confidential"
    for option in document["options"]:
        if option["kind"] == "rented_gpus":
            option["accepts"] = "confidential"
    changed = plan(workload=document["workload"], options=document["options"])
    return evaluate(changed, today=TODAY)


def _summary(path: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(path, data_only=True, read_only=True)
    try:
        return [tuple(row) for row in book["Summary"].iter_rows(values_only=True)]
    finally:
        book.close()


def _column(rows: list[tuple[Any, ...]], title: str) -> dict[str, Any]:
    place = rows[6].index(title)
    return {row[1]: row[place] for row in rows[8:] if isinstance(row[0], int | float)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("ruled")
    export_workbook(confidential(), folder / "confidential.xlsx")
    export_workbook(entered(), folder / "mix.xlsx")
    book = load_workbook(folder / "mix.xlsx")
    sheet = book["Mix"]
    row = next(
        c.row for (c,) in sheet.iter_rows(max_col=1) if c.value == "option.mix.route_1.share"
    )
    sheet.cell(row, 20).value = 0.9
    book.save(folder / "broken.xlsx")
    names = ("confidential", "mix", "broken")
    done = libreoffice.convert([folder / f"{name}.xlsx" for name in names], folder / "saved")
    return {"written": folder / "confidential.xlsx", **dict(zip(names, done, strict=True))}


@pytest.mark.parametrize("name", ["written", "confidential"])
def test_that_the_cheapest_is_sought_among_options_that_may_be_sent_the_data(
    files: dict[str, Path], name: str
) -> None:
    evaluation, rows = confidential(), _summary(files[name])
    barred = {f.path.split(".")[1] for f in evaluation.findings if f.code == "data.leaves"}
    assert barred
    expected = {o.name: "data" if o.id in barred else None for o in evaluation.plan.options}
    shown = _column(rows, "Ruled out by")
    assert {option: text or None for option, text in shown.items()} == expected
    may = [b for b in evaluation.bills if b.id not in barred and b.unserved.values.sum() < 0.5]
    best = min(may, key=lambda bill: bill.tco.value)
    assert rows[3][1] == (
        f"Of the options that serve every request within the rules, {best.name} costs least "
        "over the horizon"
    )
    assert f"{len(barred)} of 6 may not serve all of them" in rows[4][1]


def test_that_a_broken_rule_rules_a_hybrid_out_and_keeping_it_lets_it_in(
    files: dict[str, Path],
) -> None:
    shown = _column(_summary(files["mix"]), "Ruled out by")
    assert shown.pop("Mix") in {None, ""}
    assert all("vendors" in words for words in shown.values())  # each is one, two are asked for
    assert "3 of 4 may not serve all of them" in _summary(files["mix"])[4][1]
    assert _column(_summary(files["broken"]), "Ruled out by")["Mix"] == "rules"
    assert "4 of 4 may not serve all of them" in _summary(files["broken"])[4][1]


def test_that_the_column_is_as_wide_as_its_longest_text(tmp_path: Path) -> None:
    path = tmp_path / "mix.xlsx"
    export_workbook(entered(), path)
    sheet = load_workbook(path)["Summary"]
    (place,) = (c for c in sheet[7] if c.value == "Ruled out by")
    texts = [str(text or "") for text in _column(_summary(path), "Ruled out by").values()]
    assert max(map(len, texts)) > 15
    assert sheet.column_dimensions[place.column_letter].width >= max(map(width, texts))


def test_that_a_plan_without_rules_and_hybrids_has_no_such_column(tmp_path: Path) -> None:
    export_workbook(customer_service(), tmp_path / "plain.xlsx")
    assert "Ruled out by" not in _summary(tmp_path / "plain.xlsx")[6]
