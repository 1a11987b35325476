"""Units of lines: one vocabulary, and the algebra that finds the unit of a product.

Every column of a ledger is one month, so "per month" and "in the month" are the same thing here:
the word month counts as 1. A year is not: it takes twelve columns and is converted on purpose.
"""

from functools import lru_cache

from pricing.ledger.errors import UnitError

Dimension = tuple[tuple[str, int], ...]
"""Base units with their powers, sorted by name, without zeros: (("USD", 1), ("server", -1))."""

PLAIN: Dimension = ()
"""The dimension of a pure number."""

YEARS: Dimension = (("year", 1),)
"""The dimension of a number of years."""

MONEY = ("USD", "CNY", "EUR")

_VOCABULARY: dict[str, Dimension] = {
    "": PLAIN,
    "1": PLAIN,
    "share": PLAIN,
    "ratio": PLAIN,
    "flag": PLAIN,
    "month": PLAIN,
    "months": PLAIN,
    "month number": PLAIN,
    "kWh": (("hour", 1), ("kW", 1)),
    **{money: ((money, 1),) for money in MONEY},
    **{
        spelling: ((singular, 1),)
        for singular in (
            "token", "Mtok", "request", "server", "GPU", "kW", "hour", "second", "day", "year",
            "FTE", "date", "piece",
        )
        for spelling in (singular, singular + "s")
    },
}  # fmt: skip


@lru_cache(maxsize=4096)
def dimension(unit: str) -> Dimension:
    """The base units of a unit text such as "USD/server/year" or "kWh".

    Raises:
        UnitError: for a word outside the vocabulary.
    """
    first, *divisors = unit.split("/")
    result = _product_of_words(first, unit)
    for words in divisors:
        result = divided(result, _product_of_words(words, unit))
    return result


def _product_of_words(words: str, unit: str) -> Dimension:
    result = PLAIN
    for raw in words.split("·"):
        word = raw.strip()
        if word not in _VOCABULARY:
            raise UnitError(
                f"the unit {unit!r} holds the word {word!r}, which the vocabulary does not know; "
                f"known are {', '.join(sorted(filter(None, _VOCABULARY)))}"
            )
        result = multiplied(result, _VOCABULARY[word])
    return result


@lru_cache(maxsize=4096)
def multiplied(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of a product."""
    if not right:
        return left
    if not left:
        return right
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@lru_cache(maxsize=4096)
def divided(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of a quotient."""
    return multiplied(left, tuple((base, -power) for base, power in right))


def spelled(dim: Dimension) -> str:
    """A unit text of a dimension, "1" for a pure number."""
    above = [base for base, power in dim for _ in range(power)]
    below = [base for base, power in dim for _ in range(-power)]
    return "/".join(["·".join(above) or "1", *below])


def is_money(unit: str) -> bool:
    """Whether a unit text is plain money (not a price per something)."""
    return unit in MONEY
