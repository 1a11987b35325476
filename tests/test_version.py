"""One version, wherever it is shown."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from setuptools.config.pyprojecttoml import read_configuration

from desktop.charts.files import write_chart
from desktop.dialogs.about import about_box
from desktop.pages.chart_view import ink_of
from desktop.theme.tokens import LIGHT
from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from pricing.resources import resource
from pricing.version import VERSION
from pricing.workbook import export_workbook
from tests.desktop.test_charts import lines

ROOT = Path(__file__).parents[1]


def test_that_the_package_is_built_with_it() -> None:
    assert read_configuration(ROOT / "pyproject.toml")["project"]["version"] == VERSION


def test_that_the_topmost_heading_of_the_changes_is_about_it() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == VERSION


@pytest.mark.parametrize(
    ("module", "program"), [("pricing.cli.main", "reckoner"), ("desktop.main", "reckoner-desktop")]
)
def test_that_both_programs_print_it(module: str, program: str) -> None:
    script = f"import sys; from {module} import main; sys.exit(main(['--version']))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{program} {VERSION}\n", "")


def test_that_the_about_box_shows_it(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert about_box(parent).text() == f"Reckoner {VERSION}"


def test_that_a_workbook_tells_it_on_its_cover_and_in_its_properties(tmp_path: Path) -> None:
    path = tmp_path / "bill.xlsx"
    export_workbook(evaluate(load_plan(resource("samples", "customer_service.reckon"))), path)
    book = load_workbook(path)
    assert book.properties.creator == f"Reckoner {VERSION}"
    cover = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(text.endswith(f" by Reckoner {VERSION}") for text in cover)


def test_that_a_chart_saved_as_pdf_names_it(tmp_path: Path) -> None:
    path = tmp_path / "chart.pdf"
    write_chart(lines(), ink_of(LIGHT), path, (600, 300))
    assert f"/Creator (Reckoner {VERSION})".encode() in path.read_bytes()


def test_that_no_other_file_of_the_program_writes_it() -> None:
    told = f'"{VERSION}"'
    code = [path for room in ("pricing", "desktop") for path in (ROOT / room).rglob("*.py")]
    assert [path.name for path in code if told in path.read_text("utf-8")] == ["version.py"]
    assert told not in (ROOT / "pyproject.toml").read_text("utf-8")
