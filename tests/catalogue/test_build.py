"""The committed files are what the build makes of the committed sources."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "build_catalogue.py"
CATALOGUE = ROOT / "resources" / "catalogue"


def build(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


def test_that_the_committed_files_are_what_the_build_makes(tmp_path: Path) -> None:
    assert build("--out", tmp_path).returncode == 0
    assert bytes_of(tmp_path) == bytes_of(CATALOGUE)


def test_that_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert build("--out", tmp_path / name).returncode == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


@pytest.mark.parametrize(
    ("table", "row", "complaint"),
    [
        (
            "assumptions.csv",
            "Electricity,,0.6,,per kWh,CNY,China,2023,x,,low,licensed: do not bundle its tables",
            "may not be bundled",
        ),
        ("assumptions.csv", "Moon rent,,1,,per kW-month,USD,Moon,2026,x,,low,", "'Moon rent'"),
        ("onprem.csv", "boat,Boat,,1,,1,,USD,per boat,,,US,2026,x,,low,", "'boat'"),
    ],
)
def test_that_a_row_the_catalogue_cannot_take_stops_the_build(
    tmp_path: Path, table: str, row: str, complaint: str
) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(CATALOGUE / "sources", sources)
    with (sources / table).open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    run = build("--sources", sources, "--out", tmp_path / "out")
    assert run.returncode == 1
    assert complaint in run.stderr
    assert not (tmp_path / "out").exists()


def test_that_no_licensed_table_is_in_the_sources() -> None:
    text = "".join(path.read_text("utf-8") for path in (CATALOGUE / "sources").glob("*.csv"))
    assert "GlobalPetrolPrices" not in text
    assert "SalaryExpert" not in text


def test_that_the_catalogue_is_read_without_the_price_package_or_a_network_library() -> None:
    code = (
        "import sys; from pricing.catalogue import load_catalogue;"
        "load_catalogue().token_model('openai/gpt-5-mini');"
        "print([name for name in ('genai_prices', 'httpx', 'httpx2', 'ssl')"
        " if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
