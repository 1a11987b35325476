"""How much two catalogues differ, in a sentence."""

from collections.abc import Callable

from pricing.catalogue.changes import Changes

TEMPLATES = {
    "nothing": "Nothing is different.",
    "some": (
        "Prices changed: {prices}; other figures changed: {others}; entries added: {added}, "
        "removed: {removed}; another name, source, date or note only: {reworded}."
    ),
}
"""English sentences, to be translated."""


def summary(
    changes: Changes, number: Callable[[int], str], translate: Callable[[str], str] = str
) -> str:
    """How much is different.

    Args:
        changes: Between the two.
        number: Writes a count.
        translate: Maps an English template to another language.
    """
    if changes.nothing:
        return translate(TEMPLATES["nothing"])
    return translate(TEMPLATES["some"]).format(
        prices=number(len(changes.prices)),
        others=number(len(changes.figures) - len(changes.prices)),
        added=number(len(changes.added)), removed=number(len(changes.removed)),
        reworded=number(len(changes.reworded)),
    )  # fmt: skip
