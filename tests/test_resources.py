"""Resources are found in a checkout and in a frozen binary."""

import sys
from pathlib import Path

import pytest

from pricing.resources import resource


def test_that_a_checkout_has_its_resources_beside_the_code() -> None:
    assert resource("workload", "templates.json").is_file()


def test_that_a_frozen_binary_has_them_in_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "here.txt").touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("here.txt") == tmp_path / "resources" / "here.txt"


def test_that_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/workload/none\.csv is missing"):
        resource("workload", "none.csv")
