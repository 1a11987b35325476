"""Dotted paths into a plan: fields by name, list entries by id or index."""

from collections.abc import Sequence
from typing import Any

from pricing.plan.model import Frozen
from pricing.plan.place import Step, place_of
from pricing.plan.plan import Plan
from pricing.plan.problems import Problem, nearest
from pricing.plan.typed import shown


def steps_of(plan: Plan, path: str) -> tuple[tuple[Step, ...], Problem | None]:
    """The keys and indexes a path stands for, or the problem with it.

    An id may contain dots; the longest id that fits is meant.
    """
    steps: list[Step] = []
    here: Any = plan
    rest = path
    while rest:
        if isinstance(here, tuple):
            found = _entry(here, rest)
        elif isinstance(here, Frozen):
            found = _field(here, rest)
        else:
            found = None
        if found is None:
            return (), _nowhere(plan, tuple(steps), here, rest)
        step, rest = found
        steps.append(step)
        here = here[step] if isinstance(step, int) else getattr(here, step)
    return tuple(steps), None


def value_of(plan: Plan, steps: Sequence[Step]) -> Any:  # noqa: ANN401
    """What stands at the end of a way that exists."""
    here: Any = plan
    for step in steps:
        here = here[step] if isinstance(step, int) else getattr(here, step)
    return here


def words_of(plan: Plan, path: str) -> str:
    """What people call the field of a path: Options › GPT by API › People; else the path itself."""
    steps, problem = steps_of(plan, path)
    return path if problem else " › ".join(place_of(steps, plan.model_dump()).words)


def _field(model: Frozen, rest: str) -> tuple[Step, str] | None:
    name, _, rest = rest.partition(".")
    return (name, rest) if name in type(model).model_fields else None


def _entry(entries: tuple[Any, ...], rest: str) -> tuple[Step, str] | None:
    ids = {getattr(entry, "id", None): index for index, entry in enumerate(entries)}
    fitting = [name for name in ids if name and (rest == name or rest.startswith(f"{name}."))]
    if fitting:
        name = max(fitting, key=len)
        return ids[name], rest[len(name) + 1 :]
    number, _, rest = rest.partition(".")
    if number.isascii() and number.isdigit() and int(number[:9]) < len(entries):
        return int(number), rest
    return None


def _nowhere(plan: Plan, steps: tuple[Step, ...], here: object, rest: str) -> Problem:
    place = place_of(steps, plan.model_dump())
    key = rest.partition(".")[0]
    facts: dict[str, object] = {"key": shown(key)}
    if isinstance(here, tuple):
        ids = [str(getattr(entry, "id", index)) for index, entry in enumerate(here)]
        code = "no_such_item" if ids else "no_such_item.none"
        facts["names"] = ", ".join(ids)
    elif isinstance(here, Frozen):
        known = list(type(here).model_fields)
        near = nearest(key, known)
        code = "no_such_field.nearest" if near else "no_such_field"
        facts |= {"names": ", ".join(known), "nearest": near}
    else:
        code = "nothing_there" if here is None else "nothing_inside"
        facts["value"] = shown(here)
    return Problem(code, facts, ".".join((*place.path, key)), " › ".join(place.words))
