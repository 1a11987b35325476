"""Short names that still tell things apart: sheets of options, and of what options are made of."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from pricing.ledger import Section
from pricing.workbook.names import LONGEST_SHEET_NAME, plain
from pricing.workbook.text import one_line, shortened, units

PART = " - "
"""Between the name of a whole and the name of its part."""

_SHORTEST_WHOLE = 12
"""Characters that the name of a whole keeps beside long names of its parts."""
_TAIL = 0.6
"""Most of a name's room that goes to the words by which it differs."""
_WORD = 8
"""Characters of a word given up to end at its beginning or end."""
_LEFT_HANGING = 3
"""Letters of a word in lower case, such as "of", with which no name ends."""
_EDGE = " ,;:.-–("


def short_titles(sections: Sequence[Section]) -> Mapping[Section, str]:
    """A title for the sheet of every section, at most as long as a sheet's name may be.

    A part is called by both names, that of the whole and its own. Equals are not told apart here.
    """
    parts: dict[Section | None, list[Section]] = {}
    for section in sections:
        parts.setdefault(section.part_of, []).append(section)
    whole = parts.pop(None, [])
    titles = dict(zip(whole, told_apart([_plain(s.title) for s in whole], LONGEST_SHEET_NAME),
                      strict=True))  # fmt: skip
    wholes = [section for section in parts if section is not None]
    names = [_plain(section.title) for section in wholes]
    room = LONGEST_SHEET_NAME - units(PART)
    for place, (section, mine) in enumerate(zip(wholes, parts.values(), strict=True)):
        own = [_plain(part.title.removeprefix(f"{section.title}: ")) for part in mine]
        for_whole = max(_SHORTEST_WHOLE, room - max(map(units, own)))
        name = _label(names, place, for_whole)
        shorts = told_apart(own, room - units(name))
        titles |= {part: f"{name}{PART}{short}" for part, short in zip(mine, shorts, strict=True)}
    return titles


def told_apart(titles: Sequence[str], room: int) -> list[str]:
    """Each title in the room given, those that begin alike with the words by which they differ."""
    return [_told_apart(titles, place, room) for place in range(len(titles))]


def _plain(title: str) -> str:
    return plain(one_line(title))


def _label(wholes: Sequence[str], place: int, room: int) -> str:
    """The name of a whole: all of it, else what stands before its dash, else what fits."""
    whole = wholes[place]
    clause, dash, _ = whole.partition(PART)
    alike = [other for other in wholes if other.casefold().startswith(clause.casefold())]
    if units(whole) > room and dash and 0 < units(clause) <= room and len(alike) == 1:
        return clause
    return _told_apart(wholes, place, room)


def _told_apart(titles: Sequence[str], place: int, room: int) -> str:
    title = titles[place]
    short = _clipped(title, room)
    if short == title:
        return title
    seen = short.removesuffix("…").casefold()
    rivals = [
        other for other in titles
        if other.casefold() != title.casefold() and other.casefold().startswith(seen)
    ]  # fmt: skip
    if not rivals:
        return short
    same = max(_alike(title, other) for other in rivals)
    start = title.rfind(" ", 0, same + 1) + 1
    start = start if same - start <= _WORD else same
    tail = _ending(title[start:], int(room * _TAIL))
    if not tail:
        return short
    head = _clipped(title[:start].rstrip(_EDGE), room - units(tail)).removesuffix("…")
    return f"{shortened(head, room - units(tail) - 1).rstrip('…' + _EDGE)}…{tail}"


def _clipped(text: str, room: int) -> str:
    """The text, cut after a word where one ends near."""
    if units(text) <= room:
        return text
    cut = shortened(text, room).removesuffix("…")
    end = cut.rfind(" ")
    if text[len(cut) : len(cut) + 1].isalnum() and 0 < len(cut) - end <= _WORD and end > 0:
        cut = cut[:end]
    return f"{cut.rstrip(_EDGE)}…" if cut.rstrip(_EDGE) else shortened(text, room)


def _ending(text: str, room: int) -> str:
    """The first words of a text that fit, without one that leaves it hanging."""
    words = _clipped(text, room + 1).removesuffix("…").split()
    while len(words) > 1 and len(words[-1]) <= _LEFT_HANGING and words[-1].islower():
        words.pop()
    return shortened(" ".join(words).rstrip(_EDGE), room)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].casefold() == pair[1].casefold(), pairs))
