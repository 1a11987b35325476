"""How long the catalogue keeps a starting program waiting."""

import time
from pathlib import Path

import pytest

from pricing.catalogue import Catalogue

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "catalogue"
ASKED = (
    ("token_model", "openai/gpt-5.4"),
    ("rental", "aws/p5.48xlarge@us-east-1"),
    ("server", "hgx-h100-8x"),
    ("appliance", "dgx-spark"),
    ("assumption", "electricity/us-ohio"),
)


@pytest.mark.benchmark
def test_that_opening_the_catalogue_and_using_one_entry_of_each_kind_takes_60_ms() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        catalogue = Catalogue(SHIPPED)
        for ask, name in ASKED:
            getattr(catalogue, ask)(name)
        times.append(time.perf_counter() - start)
    print(f"catalogue opened and used: {1000 * min(times):.1f} ms")
    assert min(times) <= 0.060


@pytest.mark.benchmark
def test_that_a_search_in_a_picker_takes_20_ms() -> None:
    catalogue = Catalogue(SHIPPED)
    catalogue.token_models()
    start = time.perf_counter()
    found = catalogue.token_models("llama 70b")
    seconds = time.perf_counter() - start
    print(f"{len(found)} of {len(catalogue.token_models())} models found: {1000 * seconds:.1f} ms")
    assert seconds <= 0.020
