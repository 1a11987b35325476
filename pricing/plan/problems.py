"""What is wrong with a plan, said in sentences that name the field, the value and what is right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pricing.plan.broken import BrokenReference
from pricing.plan.model import IDENTIFIER_PATTERN, NAME_PATTERN, TEXT_PATTERN, Frozen
from pricing.plan.place import Place, Step, names_in, place_of
from pricing.plan.plan import MONTH_PATTERN, Plan
from pricing.plan.recorded import HASH_PATTERN
from pricing.plan.references import broken_references
from pricing.plan.sentences import SENTENCES, sentence
from pricing.plan.typed import shown
from pricing.plan.units import NUMBERS, UNITS

AT_MOST = 20
"""Problems listed at once; the rest is counted."""

_PATTERNS = {
    IDENTIFIER_PATTERN: "pattern.identifier",
    NAME_PATTERN: "pattern.name",
    TEXT_PATTERN: "pattern.text",
    MONTH_PATTERN: "pattern.month",
    HASH_PATTERN: "pattern.hash",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code and facts, and the English sentence made of them."""

    code: str
    """Key of the sentence in `sentences.SENTENCES`."""
    facts: Mapping[str, object]
    """What the sentence names."""
    path: str = ""
    """Dotted path of the field, list entries by id: options.owned-h100.price.value."""
    where: str = ""
    """The same in words: Options › Owned H100 › Price."""
    value: str = ""
    """The value as typed; empty where nothing stands."""

    @property
    def message(self) -> str:
        """The whole sentence."""
        return self.said()

    def said(self, templates: Mapping[str, str] = SENTENCES) -> str:
        """The whole sentence in the language of the templates."""
        what = sentence(self.code, self.facts, templates)
        if self.where:
            return sentence("problem", {"where": self.where, "what": what}, templates)
        return what[:1].upper() + what[1:] + "."


class PlanError(Exception):
    """A plan, a file or an edit that is refused, with every reason (at most 20 of them)."""

    def __init__(self, subject: str, problems: Sequence[Problem], count: int | None = None) -> None:
        """Collect the reasons; `subject` is what was refused, `count` how many there are in all."""
        self.subject = subject
        self.problems = tuple(problems[:AT_MOST])
        self.count = len(problems) if count is None else count
        super().__init__(self._text())

    def _text(self) -> str:
        if self.count == 1:
            message = self.problems[0].message
            if not self.problems[0].where:
                message = message[:1].lower() + message[1:]
            return sentence("refused.one", {"subject": self.subject, "problem": message})
        lines = [sentence("refused.many", {"subject": self.subject, "count": self.count})]
        lines += [f"- {problem.message}" for problem in self.problems]
        if self.count > AT_MOST:
            lines.append(sentence("refused.more", {"count": self.count - AT_MOST}))
        return "\n".join(lines)


_LOOKED_AT = 1000
"""Faults that are put into order; a document with more is no plan anybody would repair."""


def problems_of(
    error: ValidationError, document: object, start: type[Frozen] = Plan
) -> tuple[Problem, ...]:
    """Every problem of a document that is no plan, in the order in which a plan is written.

    Classes and options in the document may be models already. A part of a plan can be asked about
    too; `start` is its model.
    """
    document = _spelled_out(document)
    found = [
        _from_details(details, document, start)
        for details in error.errors(include_url=False)[:_LOOKED_AT]
        if details["type"] != "broken_references" and not _only_seems_short(details)
    ]
    if start is Plan and isinstance(document, Mapping):
        for broken in broken_references(document):
            place = place_of(broken.at, document)
            facts = {**broken.facts, "value": shown(_called(broken, document))}
            found.append((place.order, _problem(broken.code, facts, place)))
    found.sort(key=lambda pair: pair[0])
    return tuple(problem for _, problem in found)


_LISTINGS = {
    "routes_above_all": "workload",
    "zones_above_all": "workload",
    "recipe_of_one": "options",
    "failover_itself": "options",
}
"""Problems of a request class or an option that is there and has a name to be called by."""


def _called(broken: BrokenReference, document: object) -> object:
    """What a broken reference is about: a name, else the value as it stands."""
    value = broken.facts["value"]
    listing = _LISTINGS.get(broken.code)
    return value if listing is None else names_in(document, listing).get(value) or value


def _spelled_out(document: object) -> object:
    """The document with the models in its lists as dictionaries."""
    if not isinstance(document, Mapping):
        return document
    return {
        key: [item.model_dump() if isinstance(item, Frozen) else item for item in value]
        if isinstance(value, list | tuple)
        else value
        for key, value in document.items()
    }


def _only_seems_short(details: ErrorDetails) -> bool:
    """Whether a list is called too short because entries of it are faulty (each is reported)."""
    listed = details["input"]
    return (
        details["type"] == "too_short"
        and isinstance(listed, list | tuple)
        and len(listed) >= details["ctx"]["min_length"]
    )


def _from_details(
    details: ErrorDetails, document: object, start: type[Frozen]
) -> tuple[tuple[int, ...], Problem]:
    context: dict[str, Any] = details.get("ctx", {})
    kind = details["type"]
    steps: list[Step] = list(details["loc"])
    if kind in {"extra_forbidden", "missing"}:
        parent = place_of(steps[:-1], document, tagged=True, start=start)
        place = place_of(steps, document, tagged=True, start=start)
        code, facts = _KEYS[kind](str(steps[-1]), parent, place)
        return place.order, _problem(code, facts, place, absent=kind == "missing")
    place = place_of([*steps, *context.get("at", ())], document, tagged=True, start=start)
    if kind.startswith("union_tag"):
        return _unknown_kind(context, place)
    if kind in SENTENCES:
        facts = {name: shown(fact) for name, fact in context.items() if name != "at"}
        return place.order, _problem(kind, facts, place)
    code, facts = _EXPLAIN.get(kind, _impossible)(details["input"], context, place)
    return place.order, _problem(code, facts, place)


def _problem(code: str, facts: Mapping[str, object], place: Place, absent: bool = False) -> Problem:
    value = "" if absent or place.document is None else shown(place.document)
    return Problem(
        code, {"value": value, **facts}, ".".join(place.path), " › ".join(place.words), value
    )


Facts = tuple[str, dict[str, object]]


def _unknown_key(key: str, parent: Place, place: Place) -> Facts:
    known = parent.known_keys()
    facts: dict[str, object] = {"key": shown(key), "names": ", ".join(known)}
    if near := nearest(key, known):
        return "unknown_key.nearest", facts | {"nearest": near}
    return "unknown_key", facts


def _missing_key(key: str, parent: Place, place: Place) -> Facts:
    facts: dict[str, object] = {"key": shown(key)}
    if parent.is_figure():
        return "figure_without_value", facts
    if place.description:
        first = place.description.split(". ")[0].split("; ")[0].rstrip(".")
        return "missing.described", facts | {"description": first[:1].lower() + first[1:]}
    return "missing", facts


_KEYS: Mapping[str, Callable[[str, Place, Place], Facts]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
}


def _unknown_kind(context: dict[str, Any], place: Place) -> tuple[tuple[int, ...], Problem]:
    names = ", ".join(place.members())
    place.go("kind")
    if place.document is None:
        return place.order, _problem("kind_missing", {"names": names}, place, absent=True)
    return place.order, _problem("kind_unknown", {"names": names}, place)


def _impossible(value: object, context: dict[str, Any], place: Place) -> Facts:
    return "impossible", {"value": shown(value)}


def _out_of_range(value: object, context: dict[str, Any], place: Place) -> Facts:
    """Too small or too large, with the whole range that is possible."""
    limits = place.limits
    unit = next((UNITS[name] for name in reversed(place.names) if name in UNITS), NUMBERS)
    low, above = limits.get("ge"), limits.get("gt")
    high = limits.get("le", limits.get("lt"))
    facts: dict[str, object] = {
        "value": shown(value),
        "unit": unit,
        "low": shown(low if above is None else above),
        "high": shown(high),
    }
    least = low if above is None else above
    small = isinstance(value, int | float) and least is not None and value <= least
    size = "too_small" if small else "too_large"
    huge = high is None or high >= 1e15
    if above is not None:
        return (f"{size}.above" if huge and small else f"{size}.above_up_to"), facts
    if huge and small:
        return f"{size}.from", facts
    return f"{size}.between", facts


def _of_figure_or_object(value: object, context: dict[str, Any], place: Place) -> Facts:
    if place.is_figure():
        return "not_a_figure", {"value": shown(value)}
    needed: list[str] = []
    members = place.members()
    for model in list(members.values())[:1]:
        fields = model.model_fields
        needed = [name for name in fields if fields[name].is_required()] or list(fields)
    names = (["kind"] if len(members) > 1 else []) + needed
    return "not_an_object", {"value": shown(value), "names": ", ".join(names)}


def _text_length(value: object, context: dict[str, Any], place: Place) -> Facts:
    length = len(value) if isinstance(value, str) else 0
    return "too_long_text", {"length": length, "high": context.get("max_length")}


def _too_few(value: object, context: dict[str, Any], place: Place) -> Facts:
    count, low = context.get("actual_length", 0), context.get("min_length", 1)
    return "too_few.one" if low == 1 else "too_few", {"count": count, "low": low}


_EXPLAIN: Mapping[str, Callable[[object, dict[str, Any], Place], Facts]] = {
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "finite_number": lambda value, context, place: ("not_finite", {"value": shown(value)}),
    "float_type": lambda value, context, place: ("not_a_number", {"value": shown(value)}),
    "int_type": lambda value, context, place: ("not_a_whole_number", {"value": shown(value)}),
    "bool_type": lambda value, context, place: ("not_a_switch", {"value": shown(value)}),
    "string_type": lambda value, context, place: ("not_text", {"value": shown(value)}),
    "string_unicode": lambda value, context, place: ("broken_text", {"value": shown(value)}),
    "string_too_short": lambda value, context, place: ("too_short_text", {}),
    "string_too_long": _text_length,
    "string_pattern_mismatch": lambda value, context, place: (
        _PATTERNS.get(context.get("pattern", ""), "impossible"),
        {"value": shown(value)},
    ),
    "literal_error": lambda value, context, place: (
        "not_a_choice",
        {"value": shown(value), "names": ", ".join(place.choices())},
    ),
    "date_type": lambda value, context, place: ("not_a_date", {"value": shown(value)}),
    "model_type": _of_figure_or_object,
    "model_attributes_type": _of_figure_or_object,
    "tuple_type": lambda value, context, place: ("not_a_list", {"value": shown(value)}),
    "too_short": _too_few,
    "too_long": lambda value, context, place: (
        "too_many",
        {"count": context.get("actual_length"), "high": context.get("max_length")},
    ),
}


def nearest(key: str, known: Sequence[str]) -> str:
    """The known key that is written most like a mistaken one, or nothing."""
    return next(iter(get_close_matches(key[:60].lower(), known, 1, 0.6)), "")
