"""Data sheets and shapes, with what nobody checked marked."""

import pytest

from pricing.catalogue import Catalogue


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


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        ("llama-2-7b", 6.738),
        ("llama-2-13b", 13.015),
        ("llama-2-70b", 68.975),
        ("phi-1.5", 1.418),
        ("pythia-1b", 1.011),
    ],
)
def test_that_the_models_of_the_older_articles_are_there(
    catalogue: Catalogue, name: str, billions: float
) -> None:
    assert catalogue.open_model(name).total_params_b.value == billions
