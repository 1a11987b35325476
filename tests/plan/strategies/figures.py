"""Numbers, texts and figures with origin and range."""

from datetime import date
from functools import cache
from math import ceil, floor
from typing import Any, get_args

from hypothesis import strategies as st

from pricing.plan.figure import (
    Amount,
    Confidence,
    Currency,
    Figure,
    Money,
    PositiveAmount,
    Price,
    Rate,
    Share,
)

currencies = st.sampled_from(get_args(Currency))
identifiers = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,15}", fullmatch=True)
HARD_TEXTS = (
    "",
    "quote 4711",
    "银行知识库",
    "=1+1",
    'a "b" \\c',
    "two\nlines\t",
    "\u2028😀",
    "1e5",
    "null",
)
"""Texts that trip writers of JSON, workbooks and CSV."""
texts = st.sampled_from(HARD_TEXTS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=8
)
names = texts.filter(lambda text: bool(text.strip()) and text.isprintable())


def numbers(low: float, high: float, *, above: bool = False) -> st.SearchStrategy[float]:
    """Floats and whole numbers alike, ends included (`above`: the low end left out)."""
    fractions = st.floats(low, high, exclude_min=above, allow_nan=False)
    least = floor(low) + 1 if above else ceil(low)
    return fractions | st.integers(least, floor(high)).map(float) if least <= high else fractions


@cache
def figures(kind: type[Figure]) -> st.SearchStrategy[Any]:
    """Bare numbers, and numbers with origin and range."""
    ranges = {
        Share: numbers(0, 1),
        Rate: numbers(-0.95, 10),
        Amount: numbers(0, 1e15),
        PositiveAmount: numbers(0, 1e15, above=True),
        Price: numbers(0, 1e15),
    }
    values = ranges.get(kind, numbers(-1e15, 1e15))
    bare = values.map(lambda value: kind(value=value))
    return bare | values.flatmap(lambda value: _sourced(kind, value))


def _sourced(kind: type[Figure], value: float) -> st.SearchStrategy[Figure]:
    more: dict[str, Any] = (
        {
            "currency": st.none() | currencies,
        }
        if issubclass(kind, Money)
        else {}
    )
    return st.builds(
        kind,
        value=st.just(value),
        low=st.none() | st.just(value) | numbers(-1e15, value),
        high=st.none() | st.just(value) | numbers(value, 1e15),
        unit=texts,
        region=texts,
        source=texts,
        url=texts,
        as_of=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
        confidence=st.sampled_from(get_args(Confidence)),
        note=texts,
        **more,
    )


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The strategy, or none."""
    return st.none() | strategy


def weights(count: int, highest: float) -> st.SearchStrategy[tuple[float, ...]]:
    """Weights with a mean of 1, none above `highest`."""
    raw = st.lists(st.floats(0.2, 1), min_size=count, max_size=count)
    return raw.map(
        lambda listed: tuple(min(weight * count / sum(listed), highest) for weight in listed)
    )
