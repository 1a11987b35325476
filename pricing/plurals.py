"""Numbers with the word that counts: 1 month, 2 months.

In a template `{months:month|months}` is the number with the word for one or for several of them,
and `{requests:~is|are}` only the word; a translation says both words of its own.
"""

BETWEEN, WORD_ALONE = "|", "~"


def is_counted(spec: str) -> bool:
    """Whether a format of a template asks for a word that counts."""
    return BETWEEN in spec


def counted(number: str, spec: str) -> str:
    """A number as it is written with its word.

    Args:
        number: What is written.
        spec: The word for one and the word for several, as a template states them.
    """
    single, several = spec.removeprefix(WORD_ALONE).split(BETWEEN)
    word = single if number == "1" else several
    return word if spec.startswith(WORD_ALONE) else f"{number} {word}"


class Written(str):
    """A number as it is written, or any text, that knows these formats."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return counted(self, spec) if is_counted(spec) else format(str(self), spec)
