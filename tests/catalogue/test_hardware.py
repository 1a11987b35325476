"""Servers, appliances, rentals and assumptions keep what their sources say, and nothing more."""

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


def test_that_fields_nobody_checked_are_marked(catalogue: Catalogue) -> None:
    sheet = catalogue.accelerator("gaudi2")
    assert "bf16_tflops" in sheet.unverified
    assert sheet.bf16_tflops is not None
    assert sheet.bf16_tflops.confidence == "low"
    model = catalogue.open_model("llama-3.1-8b")
    assert model.unverified == ("release_date", "licence")
    assert model.licence == "Llama 3.1 Community"
    assert catalogue.open_model("phi-2").unverified == ()


def test_that_two_readings_of_a_data_sheet_are_both_kept(catalogue: Catalogue) -> None:
    bandwidth = catalogue.accelerator("b200").bandwidth_gb_s
    assert bandwidth is not None
    assert (bandwidth.low, bandwidth.value, bandwidth.high) == (7700, 7700, 8000)


def test_that_a_hosted_open_model_leads_to_its_shape(catalogue: Catalogue) -> None:
    hosted = catalogue.token_model("groq/llama-3.3-70b-versatile")
    assert hosted.open_weights
    assert hosted.open_model is not None
    assert catalogue.open_model(hosted.open_model).total_params_b.value == pytest.approx(70.552)
    assert catalogue.token_model("anthropic/claude-sonnet-4-5").open_weights is False
    distilled = catalogue.token_model(
        "huggingface_nscale/deepseek-ai/deepseek-r1-distill-llama-70b"
    )
    assert distilled.open_model is None


def test_that_assumptions_become_what_a_plan_asks_for(catalogue: Catalogue) -> None:
    tariff = catalogue.assumption("electricity/us-ohio").as_price()
    assert (tariff.value, tariff.currency, tariff.unit) == (0.0713, "USD", "USD per kWh")
    assert catalogue.assumption("pue/enterprise").as_amount().value == 1.54
    assert catalogue.assumption("finance/discount-rate").as_share().value == 0.08
    assert catalogue.assumption("fx/cny-per-usd").as_amount().unit == "CNY per USD"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("pue/enterprise", "as_price"),
        ("fx/cny-per-usd", "as_price"),
        ("electricity/us-ohio", "as_amount"),
        ("electricity/us-ohio", "as_share"),
        ("electricity/eu-extremes", "as_price"),
    ],
)
def test_that_an_assumption_refuses_to_be_what_it_is_not(
    catalogue: Catalogue, name: str, form: str
) -> None:
    with pytest.raises(CatalogueError, match=name):
        getattr(catalogue.assumption(name), form)()
