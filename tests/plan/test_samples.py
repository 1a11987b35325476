"""The sample plans: real situations whose every number says where it comes from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pricing.plan.figure import BUYER, Figure
from pricing.plan.file import load_plan, plan_text
from pricing.plan.model import Frozen
from pricing.plan.option import SelfHosted, TokenPriced

SAMPLES = sorted((Path(__file__).parents[2] / "resources" / "samples").glob("*.reckon"))


def figures(value: object, way: str = "") -> Iterator[tuple[str, Figure]]:
    """Every figure of a plan with its way."""
    if isinstance(value, Figure):
        yield way, value
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from figures(getattr(value, name), f"{way}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from figures(item, f"{way}.{index}")


def test_that_there_are_three_situations_in_two_currencies_and_two_languages() -> None:
    plans = [load_plan(path) for path in SAMPLES]
    assert len(plans) >= 3
    assert {plan.currency for plan in plans} >= {"USD", "CNY"}
    assert {item.language for plan in plans for item in plan.workload} >= {"en", "zh"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_that_a_sample_is_written_as_this_version_writes_plans(path: Path) -> None:
    assert plan_text(load_plan(path)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_that_a_sample_compares_bought_tokens_with_own_servers(path: Path) -> None:
    options = load_plan(path).options
    assert len(options) >= 5
    assert any(isinstance(option, TokenPriced) for option in options)
    assert any(isinstance(option, SelfHosted) for option in options)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_that_every_number_of_a_sample_has_a_source_or_says_why_it_has_none(path: Path) -> None:
    for way, figure in figures(load_plan(path)):
        assert figure.source != BUYER, way
        assert figure.confidence != "entered", way
        if figure.source == "assumption":
            assert figure.confidence == "assumption", way
            assert figure.note, way
