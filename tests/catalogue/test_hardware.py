"""Servers and appliances keep what their sources say, and nothing more."""

import csv
from pathlib import Path

import pytest

from pricing.catalogue import Catalogue, CatalogueError, Hardware

SOURCES = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "sources"


def rows(name: str) -> list[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture(scope="module")
def hardware(catalogue: Catalogue) -> dict[tuple[str, str], Hardware]:
    return {
        (entry.category, entry.name): entry
        for shelf in catalogue.shelves
        for entry in shelf.entries()
        if isinstance(entry, Hardware)
    }


@pytest.mark.parametrize("row", rows("onprem.csv"), ids=lambda row: row["item"][:40])
def test_that_hardware_keeps_typical_and_range_and_never_invents_a_price(
    hardware: dict[tuple[str, str], Hardware], catalogue: Catalogue, row: dict[str, str]
) -> None:
    if row["category"] == "card_cn":
        assert catalogue.assumption("ratio/ascend-910b-to-h200-card").known().value == 0.38
        return
    entry = hardware[row["category"], row["item"]]
    stated = {end: row[f"value_{end}"] for end in ("low", "typical", "high")}
    if stated["typical"]:
        assert entry.price is not None
        assert entry.price.value == float(stated["typical"])
        assert entry.price.low == (float(stated["low"]) if stated["low"] else None)
        assert entry.price.high == (float(stated["high"]) if stated["high"] else None)
    else:
        assert entry.price is None
        assert (entry.stated_low is None) == (not stated["low"])
        assert (entry.stated_high is None) == (not stated["high"])
        with pytest.raises(CatalogueError, match="enter a quoted price"):
            entry.known_price()
    for figure in (entry.price, entry.stated_low, entry.stated_high, entry.power_kw):
        if figure is not None:
            assert row["note"] in figure.note
            assert figure.source == row["source"]
            assert figure.confidence == row["confidence"]


def test_that_power_is_typical_else_maximum_and_says_which(catalogue: Catalogue) -> None:
    both = catalogue.server("hgx-b200-8x").power_kw
    only_maximum = catalogue.server("hgx-h100-8x").power_kw
    assert both is not None
    assert (both.value, both.high) == (10.0, 14.3)
    assert "typical power" in both.note
    assert only_maximum is not None
    assert only_maximum.value == 10.2
    assert "maximum power" in only_maximum.note


def test_that_a_low_load_measurement_is_not_taken_for_sizing(catalogue: Catalogue) -> None:
    power = catalogue.part("power/mi355x-8x-measured").power_kw
    assert power is not None
    assert power.value == 11.2
    assert "not for sizing" in power.note


def test_that_placeholders_and_derived_prices_stay_marked(catalogue: Catalogue) -> None:
    placeholder = catalogue.server("b300-8x-illustrative").known_price()
    assert placeholder.confidence == "low"
    assert "placeholder" in placeholder.note
    derived = catalogue.server("hgx-h200-8x").known_price()
    assert "derived, not quoted" in derived.note
    lost_page = catalogue.server("dgx-b200").known_price()
    assert "exact page not kept" in lost_page.url


def test_that_a_price_nobody_publishes_is_a_gap_without_value(catalogue: Catalogue) -> None:
    entry = catalogue.appliance("kunlun-p800-all-in-one")
    assert entry.gap
    assert entry.price is None
    assert entry.power_kw is None
    assert "proxy" in entry.note
    gaps = {line.id for line in catalogue.gaps()}
    assert {"kunlun-p800-all-in-one", "atlas-800i-a2", "support/hardware-contract"} <= gaps


def test_that_an_assumed_number_of_accelerators_says_so(catalogue: Catalogue) -> None:
    server = catalogue.server("ascend-910b-8x-tender")
    assert server.accelerator_count == 8
    assert "assumed" in server.note
    assert catalogue.appliance("xeon-w-32b-70b-all-in-one").accelerator_count is None
