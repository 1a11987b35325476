"""Precisions that make sense for a model on an accelerator."""

import pytest

from pricing.catalogue import load_catalogue
from pricing.serving.chip import chip_of
from pricing.serving.errors import ServingError
from pricing.serving.precision import FORMATS
from pricing.serving.search.formats import formats_for, is_lossless, published_precision

CATALOGUE = load_catalogue()
MODELS = [CATALOGUE.open_model(line.id) for line in CATALOGUE.open_models()]
ACCELERATORS = [CATALOGUE.accelerator(line.id) for line in CATALOGUE.accelerators()]


@pytest.mark.parametrize(
    ("model", "accelerator", "expected"),
    [
        ("llama-3.1-70b", "h100-sxm", ("bf16", "fp8", "int4")),
        ("llama-3.1-70b", "a100-sxm-80gb", ("bf16", "int8", "int4")),
        ("llama-3.1-70b", "b200", ("bf16", "fp8", "nvfp4")),
        ("llama-3.1-70b", "mi355x", ("bf16", "fp8", "mxfp4")),
        ("llama-3.1-70b", "v100-sxm2-32gb", ("fp16", "int4")),
        ("llama-2-70b", "h100-sxm", ("fp16", "fp8", "int4")),
        ("deepseek-r1", "h200", ("fp8", "int4")),
        ("deepseek-r1", "a100-sxm-80gb", ("int8", "int4")),
        ("gpt-oss-120b", "h100-sxm", ("mxfp4",)),
        ("gpt-oss-120b", "b200", ("mxfp4",)),
        ("kimi-k2.5", "h200", ("int4",)),
    ],
)
def test_that_formats_follow_hardware_and_the_published_weights(
    model: str, accelerator: str, expected: tuple[str, ...]
) -> None:
    sheet = CATALOGUE.accelerator(accelerator)
    assert formats_for(CATALOGUE.open_model(model), sheet) == expected


def test_that_arithmetic_is_the_accelerators_own_or_the_weights_alone_are_small() -> None:
    for sheet in ACCELERATORS:
        try:
            chip = chip_of(sheet)
        except ServingError:
            continue
        for model in MODELS:
            for precision in formats_for(model, sheet):
                form = FORMATS[precision]
                width = int(chip.rate(form.arithmetic)[1])
                own = width == {"16": 16, "8": 8, "int8": 8, "4": 4}[form.arithmetic]
                published = precision == published_precision(model)
                assert own or published, (sheet.id, model.id, precision)


def test_that_bytes_of_a_weight_fall_along_the_formats() -> None:
    for sheet in ACCELERATORS:
        for model in MODELS:
            sizes = [FORMATS[precision].bytes for precision in formats_for(model, sheet)]
            assert sizes
            assert sizes == sorted(sizes, reverse=True)


def test_that_sixteen_bits_and_the_published_precision_lose_nothing() -> None:
    deepseek, llama = CATALOGUE.open_model("deepseek-r1"), CATALOGUE.open_model("llama-3.1-70b")
    assert is_lossless(deepseek, "fp8")
    assert is_lossless(deepseek, "bf16")
    assert not is_lossless(deepseek, "int8")
    assert not is_lossless(llama, "fp8")
    assert is_lossless(llama, "fp16")
