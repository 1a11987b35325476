"""What the catalogue says when it does not have what was asked for."""

import heapq
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache


class CatalogueError(LookupError):
    """The catalogue has no such entry, or no such price; the message is one sentence for users."""


def closest(wanted: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The `count` ids most like the wanted one, best first; a provider may be left out of it."""
    return list(_closest(wanted, tuple(known), count))


@lru_cache(maxsize=64)
def _closest(wanted: str, known: tuple[str, ...], count: int) -> tuple[str, ...]:
    """The same, kept: a plan with a model of its own asks for it at every evaluation."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted.lower())

    def likeness(identifier: str) -> tuple[float, int]:
        best = 0.0
        for part in {identifier, identifier.partition("/")[2]}:
            matcher.set_seq1(part)
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
        return best, -len(identifier)

    return tuple(heapq.nlargest(count, known, key=likeness))


def unknown_entry(kind: str, wanted: str, known: Iterable[str]) -> CatalogueError:
    """The error for an id that is not in the catalogue."""
    near = ", ".join(repr(identifier) for identifier in closest(wanted, known))
    return CatalogueError(
        f"The catalogue has no {kind} {wanted!r}; the closest ids are {near or 'none'}."
    )


class CatalogueFileError(CatalogueError):
    """A file that is no catalogue to rely on; the message is what is wrong with "it"."""
