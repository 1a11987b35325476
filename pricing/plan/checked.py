"""An edited document becomes a plan only after all checks; otherwise every reason is said."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from pricing.plan.model import Frozen
from pricing.plan.path import steps_of
from pricing.plan.place import Step
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError, Problem, problems_of
from pricing.plan.sentences import sentence


class EditError(PlanError):
    """An edit that cannot be made, with every reason in sentences; the plan is as it was."""


def refused(*problems: Problem) -> EditError:
    """The error for an edit with these problems."""
    return EditError(sentence("subject.edit", {}), problems)


def checked(document: object) -> Plan:
    """The plan of an edited document; raises EditError naming every fault."""
    try:
        return Plan.model_validate(document)
    except ValidationError as error:
        raise refused(*problems_of(error, document)) from None


def located(plan: Plan, path: str) -> tuple[Step, ...]:
    """The keys and indexes of a dotted path; raises EditError where it leads nowhere."""
    steps, problem = steps_of(plan, path)
    if problem is not None:
        raise refused(problem)
    return steps


def put(document: dict[str, Any], steps: Sequence[Step], value: object) -> None:
    """Replace what stands at the end of a way through a document, in place."""
    node: Any = document
    for step in steps[:-1]:
        inner = node[step]
        if isinstance(inner, tuple):
            inner = node[step] = list(inner)
        node = inner
    node[steps[-1]] = value


def as_document(value: object) -> object:
    """A model, or a list of models, as nested dictionaries; anything else as it is."""
    if isinstance(value, Frozen):
        return value.model_dump()
    if isinstance(value, list | tuple):
        return [as_document(item) for item in value]
    return value
