"""A plan as a document: the nested dictionaries that a `.reckon` file is the text of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from pricing.plan.figure import Figure
from pricing.plan.migrations import MigrationError, migrate
from pricing.plan.model import Frozen
from pricing.plan.plan import SCHEMA, Plan
from pricing.plan.problems import PlanError, Problem, problems_of
from pricing.plan.sentences import sentence
from pricing.plan.typed import shown
from pricing.plan.workload import RequestClass

FORMAT = "reckoner-plan"
"""First entry of every plan file."""

Document = dict[str, Any]

_ALWAYS_WRITTEN: Mapping[type[Frozen], tuple[str, ...]] = {
    Plan: ("months", "currency"),
    RequestClass: ("per",),
}
"""Defaults that are written nevertheless, because every number of the entry hangs on them."""


def plan_document(plan: Plan) -> Document:
    """The document of a plan: keys in the order of the models, most defaults left out.

    A figure that is nothing but a number entered by the buyer is written as that number. A default
    that was entered nevertheless is kept: as a figure its source differs from the default's.
    """
    return {"format": FORMAT, "schema": SCHEMA, **_written_model(plan)}


def validate_document(document: object) -> Plan:
    """The plan of a document in today's or an older schema; raises PlanError naming every fault."""
    subject = sentence("subject.plan", {})
    if not isinstance(document, Mapping):
        raise PlanError(subject, [Problem("file_not_object", {"value": shown(document)})])
    version = _schema_number(document, subject)
    try:
        current = migrate(dict(document), SCHEMA)
    except MigrationError:
        facts = {"value": version, "schema": SCHEMA}
        raise PlanError(subject, [Problem("file_migration", facts)]) from None
    entered = {key: current[key] for key in current if key not in {"format", "schema"}}
    try:
        return Plan.model_validate(entered)
    except ValidationError as error:
        raise PlanError(subject, problems_of(error, entered)) from None


def _schema_number(document: Mapping[str, Any], subject: str) -> int:
    version = document.get("schema")
    facts = {"value": shown(version), "schema": SCHEMA}
    if document.get("format") != FORMAT or "schema" not in document:
        raise PlanError(subject, [Problem("file_not_plan", facts)])
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise PlanError(subject, [Problem("file_schema", facts, "schema")])
    if version > SCHEMA:
        raise PlanError(subject, [Problem("file_newer", facts, "schema")])
    return version


def _written_model(model: Frozen) -> Document:
    fields = type(model).model_fields
    always = ("kind", *_ALWAYS_WRITTEN.get(type(model), ()))
    names = sorted(fields, key=lambda name: name != "kind")
    written: Document = {}
    for name in names:
        value, info = getattr(model, name), fields[name]
        if name in always or info.is_required() or value != info.get_default():
            written[name] = _written(value)
    return written


def _written(value: object) -> object:
    if isinstance(value, Frozen):
        written = _written_model(value)
        bare = isinstance(value, Figure) and list(written) == ["value"]
        return written["value"] if bare else written
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
