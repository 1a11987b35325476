"""The table of candidates, held against each of them as a stack of its own."""

from itertools import product

import pytest

from pricing.catalogue import load_catalogue
from pricing.serving import Requests, ServingError, Stack
from pricing.serving.evidence import correction_of
from pricing.serving.parameters import load_parameters
from pricing.serving.search.candidates import Candidates, Software, candidates_of
from pricing.serving.search.formats import formats_for
from pricing.serving.stack import check_parallelism, point_of
from tests.serving.markets import model

CATALOGUE = load_catalogue()
COUNTS = {"h100-sxm": 8, "h100-nvl": 4, "gh200-144gb": 8, "l4": 3, "gb200": 72, "v100-sxm2-32gb": 8}
SHEETS = [(CATALOGUE.accelerator(name), count) for name, count in COUNTS.items()]


def table(name: str, **software: object) -> Candidates:
    return candidates_of(
        model(name), SHEETS, Software(**software), load_parameters()  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("name", ["llama-3.1-70b", "qwen2.5-0.5b", "deepseek-r1", "gpt-oss-20b"])
def test_that_the_numbers_of_each_candidate_are_those_of_its_stack(name: str) -> None:
    known = load_parameters()
    of = table(name, memory_overhead=0.2, kv_precision="fp8", efficiency=1.1)
    for place in range(len(of.setup)):
        stack = of.stack(place)
        point = point_of(stack, Requests(1, 1).traffic())
        widths = stack.widths(point.chip)
        by = known.coefficients(stack.family, stack.link, stack.framework, widths)
        assert of.chip.at(place) == point.chip
        assert of.layout.at(place) == point.layout
        assert of.by.at(place) == by
        assert of.speed[place] == pytest.approx(1.1 * correction_of(stack, known).factor)


@pytest.mark.parametrize("name", ["llama-3.1-70b", "qwen2.5-0.5b", "deepseek-r1", "phi-2"])
def test_that_every_power_of_two_that_can_be_is_there_once_and_no_other(name: str) -> None:
    expected = set()
    for sheet, count in SHEETS:
        for precision in formats_for(model(name), sheet):
            for tensor, data in product([2**n for n in range(7)], repeat=2):
                for pipeline in (1, 2, 4, 8):
                    ways = (tensor, data, pipeline)
                    stack = Stack(model(name), sheet, "", precision, "fp16", *ways)
                    try:
                        check_parallelism(stack)
                    except ServingError:
                        continue
                    if stack.accelerators <= count:
                        expected.add((sheet.id, precision, *ways))
    of = table(name)
    stacks = [of.stack(place) for place in range(len(of.setup))]
    found = [(s.accelerator.id, s.precision, s.tensor, s.data, s.pipeline) for s in stacks]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_that_an_accelerator_without_data_says_why_and_has_no_candidates() -> None:
    bare = CATALOGUE.accelerator("gb10-dgx-spark")
    of = candidates_of(model("llama-3.1-8b"), [(bare, 1), *SHEETS], Software(), load_parameters())
    assert "16-bit throughput" in of.without_data["gb10-dgx-spark"]
    assert "gb10-dgx-spark" not in {setup.stack.accelerator.id for setup in of.setups}
