"""Rented instances keep the prices of their rows, and derived prices say so."""

import csv
from pathlib import Path

import pytest

from pricing.catalogue import Catalogue

SOURCES = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "sources"


def rows(name: str) -> list[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("row", rows("cloud_gpu.csv"), ids=lambda row: row["instance"])
def test_that_a_rental_price_is_that_of_its_row_or_a_newer_one(
    catalogue: Catalogue, row: dict[str, str]
) -> None:
    rentals = [
        catalogue.rental(line.id)
        for line in catalogue.rentals()
        if line.provider == row["provider"] and line.region == row["region"]
    ]
    same = [
        rental
        for rental in rentals
        if (rental.instance, rental.accelerator, rental.accelerator_count)
        == (row["instance"], row["accelerator"], int(row["count"]))
    ]
    assert len(same) == 1
    ways = {
        "on_demand": "ondemand",
        "spot": "spot",
        "reserved_1y": "1y_reserved",
        "reserved_3y": "3y_reserved",
    }
    for way, column in ways.items():
        stated = row[f"usd_per_gpu_hour_{column}"]
        price = getattr(same[0], way)
        if not stated:
            continue
        assert price is not None
        count = same[0].accelerator_count
        assert price.per_instance_hour.value == pytest.approx(
            count * price.per_gpu_hour.value, rel=1e-3
        )
        if price.per_gpu_hour.url == row["source_url"]:
            assert price.per_gpu_hour.value == float(stated)
            if way.startswith("reserved"):
                assert price.derived == row["reserved_basis"].startswith("derived")
                assert row["reserved_basis"] in price.per_gpu_hour.note
                assert price.per_gpu_hour.confidence == row["reserved_confidence"]


def test_that_the_newest_row_of_an_instance_wins(catalogue: Catalogue) -> None:
    contract = catalogue.rental("neocloud-market/h100-1-year-contract@global").reserved_1y
    assert contract is not None
    assert contract.per_gpu_hour.value == 2.65
    assert not contract.derived


def test_that_every_accelerator_named_by_a_rental_has_a_data_sheet(catalogue: Catalogue) -> None:
    for line in catalogue.rentals():
        accelerator_id = catalogue.rental(line.id).accelerator_id
        assert accelerator_id is not None
        assert catalogue.accelerator(accelerator_id).memory_gb is not None
