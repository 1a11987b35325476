"""Checked edits of a plan: a new plan with one thing changed, or an error that says why not.

Paths are names of fields joined by dots; entries of a list go by id or index:
"workload.chat.requests", "options.owned.capacity.usable_share", "options.0.name".
"""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from pricing.plan.figure import Figure
from pricing.plan.model import Frozen
from pricing.plan.path import steps_of, value_of
from pricing.plan.place import Step
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError, problems_of
from pricing.plan.references import renamed_references
from pricing.plan.sentences import sentence


class EditError(PlanError):
    """An edit that cannot be made, with every reason in sentences; the plan is as it was."""


def value_at(plan: Plan, path: str) -> Any:  # noqa: ANN401
    """What stands at a path; the whole plan at the empty path. Raises EditError."""
    return value_of(plan, _steps(plan, path))


def edited(plan: Plan, path: str, value: object) -> Plan:
    """A checked copy of the plan with one field changed. Raises EditError naming every fault.

    A figure given a new number loses where the old one came from (source, link, date, range,
    confidence, note): the number is the buyer's from then on. It keeps currency and unit, which
    say what the number counts. The same number again changes nothing. References to an entry
    follow when its id changes. Models, documents and None are possible values too.
    """
    steps = _steps(plan, path)
    document = plan.model_dump()
    if not steps:
        return checked(_as_document(value))
    old = value_of(plan, steps)
    parent = value_of(plan, steps[:-1])
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(parent, Figure) and steps[-1] == "value":
            steps, old = steps[:-1], parent
        if isinstance(old, Figure):
            value = old if value == old.value else _kept_meaning(old, value)
    put(document, steps, _as_document(value))
    if steps[-1] == "id" and isinstance(old, str) and isinstance(value, str):
        renamed_references(document, str(steps[0]), old, value)
    return checked(document)


def checked(document: object) -> Plan:
    """The plan of an edited document; raises EditError naming every fault."""
    try:
        return Plan.model_validate(document)
    except ValidationError as error:
        problems = problems_of(error, document)
        raise EditError(sentence("subject.edit", {}), problems) from None


def put(document: dict[str, Any], steps: Sequence[Step], value: object) -> None:
    """Replace what stands at the end of a way through a document of dictionaries and lists."""
    node: Any = document
    for step in steps[:-1]:
        if isinstance(node[step], tuple):
            node[step] = list(node[step])
        node = node[step]
    node[steps[-1]] = value


def _steps(plan: Plan, path: str) -> tuple[Step, ...]:
    steps, problem = steps_of(plan, path)
    if problem is not None:
        raise EditError(sentence("subject.edit", {}), [problem])
    return steps


def _kept_meaning(old: Figure, value: float) -> dict[str, object]:
    meaning = {name: getattr(old, name, None) for name in ("currency", "unit")}
    return {"value": value, **{name: kept for name, kept in meaning.items() if kept}}


def _as_document(value: object) -> object:
    if isinstance(value, Frozen):
        return value.model_dump()
    if isinstance(value, list | tuple):
        return [_as_document(item) for item in value]
    return value
