"""The workbook says which catalogue the figures are from that nobody stated."""

from pathlib import Path

from openpyxl import load_workbook

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from pricing.resources import resource
from pricing.workbook import export_workbook
from tests.catalogue.editions import NEWER, edition


def test_that_sources_and_cover_name_day_and_id_of_the_catalogue(tmp_path: Path) -> None:
    plan = load_plan(resource("samples", "customer_service.reckon"))
    for catalogue in (load_catalogue(), edition(NEWER)):
        path = tmp_path / f"{catalogue.id}.xlsx"
        export_workbook(evaluate(plan, catalogue), path)
        book = load_workbook(path)
        for sheet in (book["Sources"], book["Cover"]):
            texts = [str(cell.value) for row in sheet.iter_rows(max_row=30) for cell in row]
            said = [text for text in texts if f"SHA-256 of its manifest: {catalogue.id}" in text]
            assert len(said) == 1
            assert f"catalogue of {catalogue.data_date.isoformat()}" in said[0]
