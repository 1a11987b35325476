"""The names inside a plan that point at other parts of it: `serves`, `bridge`, `baseline`, ids."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pricing.plan.broken import BrokenReference, Repair, listed
from pricing.plan.hybrid_references import SERVER_KINDS, Known, broken_in_hybrids
from pricing.plan.hybrid_repairs import (
    copy_class_in_hybrids,
    forget_class_in_hybrids,
    forget_option_in_hybrids,
    rename_in_hybrids,
)
from pricing.plan.model import IDENTIFIER_PATTERN

NO_BRIDGES = (*SERVER_KINDS, "hybrid")
"""Kinds of option that cannot be a bridge; an unreadable kind is another message's business."""

OWN_SHEETS = ("models", "accelerators")
"""Lists of data sheets the buyer added to the catalogue's."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What references need to know of a request class or an option."""

    index: int
    id: str
    kind: str
    serves: tuple[str, ...]
    bridge: str | None


def broken_references(document: Mapping[str, Any]) -> tuple[BrokenReference, ...]:
    """Every broken reference of a plan's document, in plan order.

    The document may be faulty elsewhere. Where the ids of a list cannot all be read, references
    to it are passed over: other messages say what to repair first.
    """
    workload, listed_options = document.get("workload"), document.get("options")
    classes, options = _entries(workload), _entries(listed_options)
    broken = [*_repeated("workload", classes), *_repeated("options", options)]
    if len(classes) == _count(workload):
        broken += _serving(classes, options)
    if len(options) == _count(listed_options):
        broken += [*_bridging(options), *_baseline(document.get("baseline"), options)]
    for field in OWN_SHEETS:
        broken += _repeated(field, _entries(document.get(field)))
    broken += _scored_twice(document.get("qualities"))
    known = Known(
        classes=frozenset(e.id for e in classes) if len(classes) == _count(workload) else None,
        kinds={e.id: e.kind for e in options} if len(options) == _count(listed_options) else None,
        serves={e.id: e.serves for e in options},
    )
    broken += broken_in_hybrids(document, known)
    return tuple(broken)


def _count(found: object) -> int:
    """Entries of a list; -1 for what is none."""
    return len(found) if isinstance(found, list | tuple) else -1


def _entries(found: object) -> list[_Entry]:
    """The entries whose id can be read."""
    if not isinstance(found, list | tuple):
        return []
    entries = []
    for index, item in enumerate(found):
        own_id = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(own_id, str) or not re.fullmatch(IDENTIFIER_PATTERN, own_id):
            continue
        serves, bridge, kind = item.get("serves"), item.get("bridge"), item.get("kind")
        names = serves if isinstance(serves, list | tuple) else ()
        entries.append(
            _Entry(
                index,
                own_id,
                kind if isinstance(kind, str) else "",
                tuple(name for name in names if isinstance(name, str)),
                bridge if isinstance(bridge, str) else None,
            )
        )
    return entries


def _repeated(field: str, entries: list[_Entry]) -> Iterator[BrokenReference]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield BrokenReference("id_twice", (field, entry.index, "id"), {"value": entry.id})
        seen.add(entry.id)


def _scored_twice(entries: object) -> Iterator[BrokenReference]:
    seen: set[tuple[str, str]] = set()
    for index, item in enumerate(entries if isinstance(entries, list | tuple) else ()):
        model = item.get("model") if isinstance(item, Mapping) else None
        if not isinstance(model, str):
            continue
        tested = model, str(item.get("request_class") or "")
        if tested in seen:
            code = "score_twice.class" if tested[1] else "score_twice"
            facts = {"value": model, "served": tested[1]}
            yield BrokenReference(code, ("qualities", index, "model"), facts)
        seen.add(tested)


def _serving(classes: list[_Entry], options: list[_Entry]) -> Iterator[BrokenReference]:
    known = {entry.id for entry in classes}
    for option in options:
        for place, name in enumerate(option.serves):
            at = ("options", option.index, "serves", place)
            if name not in known:
                facts = {"value": name, "names": listed(known)}
                yield BrokenReference("unknown_class", at, facts)
            elif name in option.serves[:place]:
                yield BrokenReference("class_twice", at, {"value": name})


def _bridging(options: list[_Entry]) -> Iterator[BrokenReference]:
    bridges = {entry.id for entry in options if entry.kind not in NO_BRIDGES}
    for option in options:
        if option.bridge is not None and option.bridge not in bridges:
            facts = {"value": option.bridge, "names": listed(bridges)}
            yield BrokenReference("unknown_bridge", ("options", option.index, "bridge"), facts)


def _baseline(name: object, options: list[_Entry]) -> Iterator[BrokenReference]:
    known = {entry.id for entry in options}
    if isinstance(name, str) and name not in known:
        facts = {"value": name, "names": listed(known)}
        yield BrokenReference("unknown_baseline", ("baseline",), facts)


def rename_references(document: dict[str, Any], field: str, old: str, new: str) -> None:
    """Let every reference to a request class or an option follow its new id, in place."""
    for option in document["options"]:
        if field == "workload":
            option["serves"] = [new if name == old else name for name in option["serves"]]
        elif field == "options" and option.get("bridge") == old:
            option["bridge"] = new
    if field == "options" and document["baseline"] == old:
        document["baseline"] = new
    rename_in_hybrids(document, field, old, new)


def forget_option(document: dict[str, Any], name: str) -> list[Repair]:
    """Clear every reference to a removed option, in place."""
    repairs = []
    for index, option in enumerate(document["options"]):
        if option.get("bridge") == name:
            option["bridge"] = None
            repairs.append(Repair("bridge_lost", ("options", index, "bridge")))
    if document["baseline"] == name:
        document["baseline"] = None
        repairs.append(Repair("baseline_lost", ("baseline",)))
    return [*repairs, *forget_option_in_hybrids(document, name)]


def forget_class(document: dict[str, Any], name: str) -> list[Repair]:
    """Take a removed request class out of every `serves`, in place."""
    repairs = []
    for index, option in enumerate(document["options"]):
        if name in option["serves"]:
            option["serves"] = [served for served in option["serves"] if served != name]
            code = "class_lost" if option["serves"] else "serves_all"
            repairs.append(Repair(code, ("options", index, "serves")))
    forget_class_in_hybrids(document, name)
    return repairs


def follow_copied_class(document: dict[str, Any], name: str, copy: str) -> list[Repair]:
    """Let the copy of a request class be served wherever its original is, in place."""
    repairs = []
    for index, option in enumerate(document["options"]):
        if name in option["serves"]:
            option["serves"] = [*option["serves"], copy]
            repairs.append(Repair("class_joined", ("options", index, "serves"), copy))
    return [*repairs, *copy_class_in_hybrids(document, name, copy)]
