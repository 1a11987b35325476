"""Where in a plan something stands: the dotted path, the words for it, and what belongs there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pricing.plan.figure import Figure
from pricing.plan.labels import label
from pricing.plan.model import Frozen
from pricing.plan.plan import Plan
from pricing.plan.sentences import sentence

Step = str | int
"""A key or the index of a list entry."""

_AFTER_THE_LAST = 10_000


@dataclass(slots=True)
class Place:
    """A place in a plan's document, reached step by step."""

    document: object
    """What stands there; None where nothing does."""
    expected: Any = Plan
    """The type that belongs there."""
    limits: dict[str, float] = field(default_factory=dict)
    """Limits of a number: ge, gt, le, lt."""
    path: tuple[str, ...] = ()
    """Keys, and ids of list entries (indexes where an entry has no id of its own)."""
    words: tuple[str, ...] = ()
    """Labels, and names of list entries."""
    order: tuple[int, ...] = ()
    """Sorts places as a plan is written."""
    names: tuple[str, ...] = ()
    """Names of the fields passed through, figures' own keys left out."""
    description: str = ""
    """What the field is, from its docstring."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Names of request classes by id, for entries that have no name of their own."""

    def members(self) -> dict[str, type[Frozen]]:
        """The models that may stand here by kind; a single model stands under the empty kind."""
        found: dict[str, type[Frozen]] = {}
        for candidate in _alternatives(self.expected):
            if isinstance(candidate, type) and issubclass(candidate, Frozen):
                kind = candidate.model_fields.get("kind")
                found[get_args(kind.annotation)[0] if kind else ""] = candidate
        return found

    def known_keys(self) -> tuple[str, ...]:
        """The keys that may be written here."""
        members = self.members()
        kind = self.document.get("kind") if isinstance(self.document, Mapping) else None
        model = members.get(kind if isinstance(kind, str) else "") or members.get("")
        return tuple(model.model_fields) if model else ("kind",) if members else ()

    def choices(self) -> tuple[str, ...]:
        """The words that may stand here, where only some may."""
        found: list[str] = []
        for candidate in _alternatives(self.expected):
            if get_origin(candidate) is Literal:
                found += [str(choice) for choice in get_args(candidate)]
        return tuple(found)

    def is_figure(self) -> bool:
        """Whether a number with its origin belongs here."""
        return any(issubclass(model, Figure) for model in self.members().values())

    def go(self, step: Step, tagged: bool = False) -> None:
        """Move to a key or a list entry.

        Tagged ways, as pydantic writes them, name the kind where several models may stand.
        """
        members = self.members()
        if tagged and isinstance(step, str) and len(members) > 1 and step in members:
            self.expected = members[step]
        elif isinstance(step, int):
            self._go_to_entry(step)
        else:
            self._go_to_key(step, members)

    def _go_to_key(self, key: str, members: dict[str, type[Frozen]]) -> None:
        kind = self.document.get("kind") if isinstance(self.document, Mapping) else None
        model = members.get(kind if isinstance(kind, str) else "") or members.get("")
        info = model.model_fields.get(key) if model else None
        if model and info:
            self.order += (list(model.model_fields).index(key),)
            self.expected, self.limits = info.annotation, _limits(info.metadata)
            self.description = info.description or ""
        else:
            self.order += (_AFTER_THE_LAST,)
            self.expected, self.limits, self.description = None, {}, ""
        if not (model and issubclass(model, Figure)):
            self.names += (key,)
        self.path += (key,)
        if not (model and issubclass(model, Figure) and key == "value"):
            self.words += (label(key),)
        if isinstance(self.document, Mapping):
            self.document = self.document.get(key)
        elif key != "value":
            self.document = None

    def _go_to_entry(self, index: int) -> None:
        listed = self.document if isinstance(self.document, Sequence) else ()
        entry = listed[index] if -len(listed) <= index < len(listed) else None
        self.order += (index,)
        self.path += (_unique_id(entry, listed) or str(index),)
        self.words += (_name(entry) or self._number(entry, index + 1),)
        self.document = entry
        self.expected, self.limits = _entry_type(self.expected)

    def _number(self, entry: object, number: int) -> str:
        """What an entry without a name is called: its number, and the request class it is for."""
        about = entry.get("request_class") if isinstance(entry, Mapping) else None
        name = self.named.get(about, "") if isinstance(about, str) else ""
        if name:
            return sentence("entry.for_class", {"number": number, "name": name})
        return sentence("entry", {"number": number})


def place_of(
    steps: Sequence[Step], document: object, *, tagged: bool = False, start: type[Frozen] = Plan
) -> Place:
    """The place that a way of keys and indexes leads to, starting from the whole plan or a part."""
    place = Place(document, start, named=names_in(document, "workload"))
    for step in steps:
        place.go(step, tagged)
    return place


def names_in(document: object, listing: str) -> dict[str, str]:
    """Names of the request classes or options of a plan by id; empty for a part of a plan."""
    listed = document.get(listing) if isinstance(document, Mapping) else None
    entries = listed if isinstance(listed, list | tuple) else ()
    return {
        entry["id"]: _name(entry)
        for entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
    }


def _alternatives(expected: Any) -> tuple[Any, ...]:  # noqa: ANN401
    origin = get_origin(expected)
    if origin is Annotated:
        return _alternatives(get_args(expected)[0])
    if origin in {Union, UnionType}:
        return tuple(
            inner
            for member in get_args(expected)
            if member is not NoneType
            for inner in _alternatives(member)
        )
    return (expected,)


def _entry_type(expected: Any) -> tuple[Any, dict[str, float]]:  # noqa: ANN401
    """Type and limits of the entries of a tuple."""
    for candidate in _alternatives(expected):
        if get_origin(candidate) is tuple:
            item = get_args(candidate)[0]
            return item, _limits(get_args(item)[1:] if get_origin(item) is Annotated else ())
    return None, {}


def _limits(metadata: Sequence[object]) -> dict[str, float]:
    limits: dict[str, float] = {}
    for entry in metadata:
        if isinstance(entry, FieldInfo):
            limits |= _limits(entry.metadata)
        for name in ("ge", "gt", "le", "lt"):
            if isinstance(bound := getattr(entry, name, None), int | float):
                limits[name] = bound
    return limits


def _unique_id(entry: object, listed: Sequence[object]) -> str:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("id"), str):
        return ""
    ids = Counter(
        str(other["id"]) for other in listed if isinstance(other, Mapping) and "id" in other
    )
    own: str = entry["id"]
    return own if ids[own] == 1 and own.isprintable() and len(own) <= 60 else ""


def _name(entry: object) -> str:
    if not isinstance(entry, Mapping):
        return ""
    for key in ("name", "id"):
        text = entry.get(key)
        if isinstance(text, str) and text.strip() and text.isprintable():
            return text if len(text) <= 60 else text[:59] + "…"
    return ""
