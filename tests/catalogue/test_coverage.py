"""The catalogue has the families and accelerators a buyer asks for, with possible shapes."""

import pytest

from pricing.catalogue import Catalogue
from pricing.catalogue.parameters import parameters_of

FAMILIES = {
    "llama-2-": 3,
    "llama-3-": 2,
    "llama-3.1-": 3,
    "llama-3.2-": 2,
    "llama-3.3-": 1,
    "llama-4-": 2,
    "qwen2.5-": 7,
    "qwen3-": 6,
    "qwen3.5-": 2,
    "deepseek-": 3,
    "mistral-": 3,
    "mixtral-": 2,
    "gemma-2-": 2,
    "gemma-3-": 3,
    "phi-1.5": 1,
    "phi-": 5,
    "pythia-1b": 1,
    "gpt-oss-": 2,
    "glm-": 4,
    "kimi-": 2,
}
"""Beginnings of ids and how many models at least have them."""


def test_that_there_are_60_models_and_45_accelerators(catalogue: Catalogue) -> None:
    assert len(catalogue.open_models()) >= 60
    assert len(catalogue.accelerators()) >= 45


@pytest.mark.parametrize(("beginning", "count"), FAMILIES.items())
def test_that_every_family_asked_for_is_there(
    catalogue: Catalogue, beginning: str, count: int
) -> None:
    assert sum(line.id.startswith(beginning) for line in catalogue.open_models()) >= count


@pytest.mark.parametrize("vendor", ["NVIDIA", "AMD", "Intel", "Huawei", "Google"])
def test_that_accelerators_of_every_vendor_are_there(catalogue: Catalogue, vendor: str) -> None:
    assert any(line.provider == vendor for line in catalogue.accelerators())


def test_that_the_parameters_of_every_model_follow_from_its_shape(catalogue: Catalogue) -> None:
    """Within 2 %; what linear attention weighs has no field, so hybrids are passed over."""
    for line in catalogue.open_models():
        model = catalogue.open_model(line.id)
        if model.linear_layers:
            continue
        found = parameters_of(model)
        assert found.total / 1e9 == pytest.approx(model.total_params_b.value, rel=0.02), line.id
        assert found.active / 1e9 == pytest.approx(model.active_params_b.value, rel=0.02), line.id


def test_that_every_data_sheet_but_one_can_be_computed_with(catalogue: Catalogue) -> None:
    """GB10 has no published dense 16-bit figure."""
    lacking = {
        line.id
        for line in catalogue.accelerators()
        for sheet in [catalogue.accelerator(line.id)]
        if not (sheet.memory_gb and sheet.bandwidth_gb_s and sheet.bf16_tflops)
    }
    assert lacking == {"gb10-dgx-spark"}


def test_that_what_nobody_checked_is_named_and_of_low_confidence(catalogue: Catalogue) -> None:
    doubtful = 0
    for line in catalogue.accelerators():
        sheet = catalogue.accelerator(line.id)
        for field in sheet.unverified:
            figure = getattr(sheet, field)
            doubtful += 1
            assert figure is None or figure.confidence == "low", (line.id, field)
    assert doubtful > 20
