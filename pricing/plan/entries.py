"""Adding, removing, moving and duplicating entries of a plan's lists, references kept whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pricing.plan.broken import Repair
from pricing.plan.checked import as_document, checked, located, put, refused
from pricing.plan.path import value_of
from pricing.plan.place import Step, place_of
from pricing.plan.plan import Plan
from pricing.plan.problems import Problem
from pricing.plan.references import follow_copied_class, forget_class, forget_option
from pricing.plan.sentences import SENTENCES, sentence
from pricing.plan.typed import shown

_LONGEST_ID = 60
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SideEffect:
    """Something else an edit changed, so that the plan stays whole."""

    code: str
    """Key of the sentence in `sentences.SENTENCES`."""
    facts: Mapping[str, object]
    path: str
    """Dotted path of the field that changed."""

    def said(self, templates: Mapping[str, str] = SENTENCES) -> str:
        """The change in a sentence, in the language of the templates."""
        return sentence(self.code, self.facts, templates) + "."


@dataclass(frozen=True, slots=True)
class ListEdit:
    """A plan after an entry was added, removed, moved or duplicated."""

    plan: Plan
    item: str
    """Id of the entry (its index where it has none) in the list as it is now, or was if removed."""
    also: tuple[SideEffect, ...] = ()
    """What else changed."""


def with_item_added(plan: Plan, path: str, item: object, at: int | None = None) -> ListEdit:
    """Put an entry into a list, at the end or before index `at`. Raises EditError."""
    steps, entries, document = _list_at(plan, path)
    index = len(entries) if at is None else _place(at, len(entries) + 1, plan, steps)
    entries.insert(index, as_document(item))
    return _finished(plan, document, steps, entries, index)


def with_item_removed(plan: Plan, path: str, item: str | int) -> ListEdit:
    """Take an entry out of a list. Raises EditError, for example for the last option.

    Where the entry was a bridge, its users are left without one; where it was the baseline, the
    first option is the baseline from now on; a request class vanishes from every `serves`, and an
    option that served nothing else serves all. All of this is told in `also`.
    """
    steps, entries, document = _list_at(plan, path)
    index = _index(plan, path, item)
    removed = entries.pop(index)
    name = str(removed.get("id", index)) if isinstance(removed, dict) else str(index)
    repairs: list[Repair] = []
    put(document, steps, entries)
    if steps == ("options",):
        repairs = forget_option(document, name)
    elif steps == ("workload",):
        repairs = forget_class(document, name)
    new = checked(document)
    return ListEdit(new, name, (*_told(new, repairs), *_moved_baseline(plan, new)))


def with_item_moved(plan: Plan, path: str, item: str | int, to: int) -> ListEdit:
    """Move an entry to index `to` of its list. Raises EditError."""
    steps, entries, document = _list_at(plan, path)
    index = _index(plan, path, item)
    target = _place(to, len(entries), plan, steps)
    entries.insert(target, entries.pop(index))
    return _finished(plan, document, steps, entries, target)


def with_item_duplicated(plan: Plan, path: str, item: str | int) -> ListEdit:
    """Put a copy of an entry after it, with an id of its own and the name "... copy".

    The copy of a request class is served wherever its original is. Raises EditError.
    """
    steps, entries, document = _list_at(plan, path)
    index = _index(plan, path, item)
    copy = dict(entries[index]) if isinstance(entries[index], dict) else entries[index]
    repairs: list[Repair] = []
    if isinstance(copy, dict) and "id" in copy:
        original = copy["id"]
        copy["id"] = _fresh(f"{original}-copy", {entry["id"] for entry in entries})
        copy["name"] = _copy_name(copy["name"], {entry["name"] for entry in entries})
        if steps == ("workload",):
            repairs = follow_copied_class(document, original, copy["id"])
    entries.insert(index + 1, copy)
    return _finished(plan, document, steps, entries, index + 1, *repairs)


def fresh_id(plan: Plan, path: str, name: str) -> str:
    """An id made from a name that no entry of the list has yet."""
    _, entries, _ = _list_at(plan, path)
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    taken = {entry["id"] for entry in entries if isinstance(entry, dict) and "id" in entry}
    return _fresh(plain or path.rpartition(".")[2].removesuffix("s"), taken)


def _list_at(plan: Plan, path: str) -> tuple[tuple[Step, ...], list[Any], dict[str, Any]]:
    """Way to a list, its entries as documents, and the document of the whole plan."""
    steps = located(plan, path)
    document = plan.model_dump()
    entries: Any = document
    for step in steps:
        entries = entries[step]
    if not isinstance(entries, tuple):
        raise refused(_problem("not_a_list_here", plan, steps))
    return steps, list(entries), document


def _index(plan: Plan, path: str, item: str | int) -> int:
    step = located(plan, f"{path}.{item}")[-1]
    if not isinstance(step, int):
        raise refused(_problem("not_a_list_here", plan, located(plan, path)))
    return step


def _place(index: int, count: int, plan: Plan, steps: tuple[Step, ...]) -> int:
    if not 0 <= index < count:
        raise refused(_problem("not_an_entry", plan, steps, value=shown(index), count=count))
    return index


def _problem(code: str, plan: Plan, steps: tuple[Step, ...], **facts: object) -> Problem:
    place = place_of(steps, plan.model_dump())
    return Problem(code, facts, ".".join(place.path), " › ".join(place.words))


def _finished(
    old: Plan,
    document: dict[str, Any],
    steps: tuple[Step, ...],
    entries: list[Any],
    index: int,
    *repairs: Repair,
) -> ListEdit:
    put(document, steps, entries)
    new = checked(document)
    entry = value_of(new, [*steps, index])
    name = str(getattr(entry, "id", index))
    return ListEdit(new, name, (*_told(new, repairs), *_moved_baseline(old, new)))


def _told(plan: Plan, repairs: Sequence[Repair]) -> list[SideEffect]:
    document = plan.model_dump()
    told = []
    for repair in repairs:
        place = place_of(repair.at, document)
        where = " › ".join(place.words[:-1])
        facts = {"where": where, "name": repair.name or plan.options[0].name}
        told.append(SideEffect(repair.code, facts, ".".join(place.path)))
    return told


def _moved_baseline(old: Plan, new: Plan) -> list[SideEffect]:
    """Without a named baseline the first option is it, so a new first option changes it."""
    first = new.options[0]
    if old.baseline is not None or first.id == old.options[0].id:
        return []
    return [SideEffect("baseline_lost", {"where": "", "name": first.name}, "baseline")]


def _fresh(wish: str, taken: set[str]) -> str:
    candidate, number = wish[:_LONGEST_ID], 2
    while candidate in taken:
        candidate = f"{wish[: _LONGEST_ID - 5]}-{number}"
        number += 1
    return candidate


def _copy_name(name: str, taken: set[str]) -> str:
    short = name[: _LONGEST_NAME - 10]
    candidate, number = sentence("copy_name", {"name": short}), 2
    while candidate in taken:
        candidate = sentence("copy_name.numbered", {"name": short, "number": number})
        number += 1
    return candidate
