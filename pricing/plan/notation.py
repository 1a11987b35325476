"""The JSON text of a plan: written so that it diffs well, read so that nothing slips through."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pricing.plan.place import Step, place_of
from pricing.plan.problems import Problem
from pricing.plan.typed import TypedNumber, read_number, shown

_LONGEST_INTEGER = 300
"""Digits up to which an integer is read exactly; a longer one exceeds every limit anyway."""

_MOST_KEYS = 100
_MOST_ENTRIES = 1000
_MOST_PARTS = 100_000
"""Keys of an object, entries of a list, objects and numbers in all. Beyond, the file is not looked
into: the largest plan possible has 30, 100 and about 10,000 of them."""

_MOST_REPEATED = 100
"""Keys written twice that are looked up; more need not be named."""

_FAULTS = {
    "Expecting value": "fault.value",
    "Expecting ',' delimiter": "fault.comma",
    "Expecting ':' delimiter": "fault.colon",
    "Expecting property name enclosed in double quotes": "fault.key",
    "Illegal trailing comma before end of object": "fault.key",
    "Illegal trailing comma before end of array": "fault.value",
    "Extra data": "fault.extra",
    "Invalid control character at": "fault.control",
    "Invalid \\escape": "fault.escape",
    "Invalid \\uXXXX escape": "fault.escape",
}


class NotationError(Exception):
    """A text that is not the JSON of anything, with the problems found."""

    def __init__(self, *problems: Problem) -> None:
        """Collect the problems."""
        self.problems = problems
        super().__init__(*(problem.message for problem in problems))


def write_json(value: object, indent: str = "") -> str:
    """JSON text: an entry per line, lists of plain numbers and texts on one, as written by hand."""
    inner = indent + "  "
    if isinstance(value, Mapping) and value:
        lines = (f"{inner}{_plain(key)}: {write_json(item, inner)}" for key, item in value.items())
        return "{\n" + ",\n".join(lines) + "\n" + indent + "}"
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        lines = (inner + write_json(item, inner) for item in value)
        return "[\n" + ",\n".join(lines) + "\n" + indent + "]"
    return _plain(value)


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_json(text: str) -> Any:  # noqa: ANN401
    """The value a JSON text stands for; numbers remember how they were typed.

    NaN and numbers too large to compute with become non-finite TypedNumbers, which no field of a
    plan accepts. Raises NotationError for what is no JSON, for keys written twice, and for objects
    with so many keys or nested so deeply that they are no part of a plan.
    """
    parts = _Parts()
    try:
        value = json.loads(
            text,
            object_pairs_hook=parts.collect,
            parse_float=parts.fraction,
            parse_constant=TypedNumber,
            parse_int=parts.integer,
        )
    except json.JSONDecodeError as error:
        raise NotationError(_fault(error)) from None
    except RecursionError:
        raise NotationError(Problem("file_deep", {})) from None
    if isinstance(value, Mapping):
        _refuse_long_lists(value)
    if parts.repeating:
        raise NotationError(*_repeated_keys(value))
    return value


class _Repeating(dict[str, Any]):
    """An object in which a key was written twice."""

    keys_written: list[str]


class _Parts:
    """Makes the objects and numbers of a text and gives up when there are too many."""

    def __init__(self) -> None:
        self.count = 0
        self.repeating = False

    def collect(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self._count(len(pairs))
        collected = dict(pairs)
        if len(collected) == len(pairs):
            return collected
        marked = _Repeating(collected)
        marked.keys_written = [key for key, _ in pairs]
        self.repeating = True
        return marked

    def fraction(self, text: str) -> float:
        self._count()
        return read_number(text)

    def integer(self, text: str) -> int | TypedNumber:
        self._count()
        return int(text) if len(text) <= _LONGEST_INTEGER else TypedNumber(text)

    def _count(self, keys: int = 0) -> None:
        self.count += 1
        if keys > _MOST_KEYS or self.count > _MOST_PARTS:
            raise NotationError(Problem("file_crowded", {}))


def _refuse_long_lists(document: Mapping[str, Any]) -> None:
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, list) and len(value) > _MOST_ENTRIES:
            raise NotationError(Problem("file_crowded", {}))
        inner = value.values() if isinstance(value, Mapping) else value
        pending += [item for item in inner if isinstance(item, dict | list)]


def _fault(error: json.JSONDecodeError) -> Problem:
    place = {"line": error.lineno, "column": error.colno}
    cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    if cut:
        return Problem("file_truncated", place)
    return Problem(_FAULTS.get(error.msg, "fault.other"), place)


def _repeated_keys(document: object) -> list[Problem]:
    problems: list[Problem] = []
    pending: list[tuple[tuple[Step, ...], object]] = [((), document)]
    while pending and len(problems) < _MOST_REPEATED:
        steps, value = pending.pop()
        if isinstance(value, _Repeating):
            seen: set[str] = set()
            for key in value.keys_written:
                if key in seen:
                    place = place_of((*steps, key), document, tagged=False)
                    problems.append(
                        Problem(
                            "repeated_key",
                            {"key": shown(key)},
                            ".".join(place.path),
                            " › ".join(place.words),
                        )
                    )
                seen.add(key)
        if isinstance(value, Mapping):
            pending += [((*steps, key), value[key]) for key in reversed(value)]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            pending += [((*steps, index), item) for index, item in reversed(list(enumerate(value)))]
    return problems
