"""The measured points that come with Reckoner, and those that stay out."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pricing.resources import resource
from pricing.serving.measured.sources import SOURCES, source_family, source_labels
from tests.serving.points import names, shipped

SERVING = resource("serving")
SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "serving_measurements.py"
LICENCE_TEXTS = {
    "Apache-2.0": "LICENCE-Apache-2.0.txt",
    "BSD-3-Clause": "LICENCE-BSD-3-Clause-Argonne.txt",
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (SERVING / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def account(name: str) -> Any:
    return json.loads((SERVING / "left_out.json").read_text(encoding="utf-8"))[name]


@pytest.mark.parametrize(
    ("name", "in_the_study"), [("measurements.csv", 4007), ("mlperf_slo.csv", 336)]
)
def test_that_kept_and_left_out_rows_add_up_to_the_study(name: str, in_the_study: int) -> None:
    told = account(name)
    kept = sum(family["rows"] for family in told["kept"])
    left_out = sum(family["rows"] for family in told["left_out"])
    assert kept == len(rows_of(name))
    assert kept + left_out == told["rows"] == in_the_study


@pytest.mark.parametrize("name", ["measurements.csv", "mlperf_slo.csv"])
def test_that_every_row_is_of_a_source_whose_licence_allows_to_pass_it_on(name: str) -> None:
    found: Counter[str] = Counter()
    for row in rows_of(name):
        family = source_family(row["source"], row["kind"])
        assert family is not None
        assert row["licence"] == family.licence
        assert (SERVING / LICENCE_TEXTS[row["licence"]]).is_file()
        found[family.name] += 1
    assert dict(found) == {family["source"]: family["rows"] for family in account(name)["kept"]}


def test_that_every_source_left_out_says_why() -> None:
    told = [
        family
        for name in ("measurements.csv", "mlperf_slo.csv")
        for family in account(name)["left_out"]
    ]
    assert {family["source"] for family in told} == {
        family.name for family in SOURCES if not family.licence
    }
    assert all(family["reason"] and not family["licence"] for family in told)


def test_that_the_licence_texts_name_their_licensors() -> None:
    argonne = (SERVING / LICENCE_TEXTS["BSD-3-Clause"]).read_text(encoding="utf-8")
    assert "Copyright (c) 2024, UChicago Argonne, LLC" in argonne
    apache = (SERVING / LICENCE_TEXTS["Apache-2.0"]).read_text(encoding="utf-8")
    assert "Apache License" in apache
    assert "Version 2.0" in apache


def test_that_the_readme_states_the_counts_of_the_files() -> None:
    text = (SERVING / "README.md").read_text(encoding="utf-8")
    for name in ("measurements.csv", "mlperf_slo.csv"):
        told = account(name)
        for kind in ("kept", "left_out"):
            total = sum(family["rows"] for family in told[kind])
            assert f"{total:,}" in text
            assert all(f"{family['rows']:,}" in text for family in told[kind])


def test_that_selecting_again_from_the_kept_rows_changes_nothing(tmp_path: Path) -> None:
    tables = [SERVING / "measurements.csv", SERVING / "mlperf_slo.csv"]
    subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, tables), "--to", str(tmp_path)],
        check=True,
        capture_output=True,
    )
    for table in tables:
        assert (tmp_path / table.name).read_bytes() == table.read_bytes()


def test_that_a_row_of_an_unknown_source_stops_the_selection(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("source,kind\nhttps://example.org/x,y\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(table), "--to", str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "https://example.org/x" in done.stderr


def test_that_every_row_names_a_model_and_an_accelerator_of_the_catalogue() -> None:
    points = shipped()
    assert len(points) == 3937
    assert not any(point.unknown for point in points)
    assert {point.model for point in points} <= set(names().models)
    assert {point.accelerator for point in points} <= set(names().accelerators)


def test_that_the_only_row_that_contradicts_itself_is_the_one_in_the_readme() -> None:
    (doubt,) = shipped().doubts
    assert doubt.line == 3322
    assert "Line 3322" in (SERVING / "README.md").read_text(encoding="utf-8")


def test_that_rows_faster_than_the_roofline_are_those_in_the_readme() -> None:
    text = (SERVING / "README.md").read_text(encoding="utf-8")
    faster = [
        line
        for line, row in enumerate(rows_of("measurements.csv"), 2)
        if float(row["output_tokens_per_s"]) > float(row["peer_roofline"] or "inf")
    ]
    assert len(faster) == 19
    assert f"{len(faster)} rows are faster" in text
    assert all(str(line) in text for line in faster if line not in {252, 253})


def test_that_sources_get_short_names() -> None:
    assert source_labels(
        [
            "PyPI aiconfigurator-core 0.12.0 systems/silicon_sample.csv id=a",
            "PyPI aiconfigurator-core 0.12.0 systems/silicon_sample.csv id=b",
            "https://bench.example.org/run/7",
            "lab notebook 12",
            " ",
        ],
        ["silicon_agg_ix", "silicon_agg", "", "", ""],
    ) == ("InferenceX", "aiconfigurator", "bench.example.org", "lab", "not stated")
