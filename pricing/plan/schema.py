"""The JSON Schema of a plan file as a person writes it, for editors that complete and check."""

from collections.abc import Mapping
from typing import Any

from pricing.plan.document import FORMAT
from pricing.plan.plan import SCHEMA, Plan
from pricing.plan.units import NUMBERS, UNITS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NAMED_OR_QUOTED: dict[str, Any] = {"anyOf": [{"required": ["model"]}, {"required": ["prices"]}]}

_EITHER_OR: Mapping[str, dict[str, Any]] = {
    "Capacity": {
        "oneOf": [
            {"required": ["output_tokens_per_second"], "not": {"required": ["requests_per_hour"]}},
            {
                "required": ["requests_per_hour"],
                "not": {
                    "anyOf": [
                        {"required": ["output_tokens_per_second"]},
                        {"required": ["input_tokens_per_second"]},
                    ]
                },
            },
        ]
    },
    "Cascade": {
        "oneOf": [
            {"required": ["both_right"], "not": {"required": ["correlation"]}},
            {"required": ["correlation"], "not": {"required": ["both_right"]}},
        ]
    },
    "ClosedApi": _NAMED_OR_QUOTED,
    "HostedOpen": _NAMED_OR_QUOTED,
}
"""Rules between fields that a schema can express, by model."""

_KINDS_OF_NUMBERS = {
    NUMBERS,
    "correlations",
    "exchange rates",
    "multiples",
    "prices",
    "rates",
    "ratios",
    "scores",
    "shares",
    "variations",
    "weights",
}
"""Words that name no unit; the description of such a field says it all."""


def plan_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a `.reckon` file.

    A figure may be a bare number or an object with its source. References between entries and
    means of weights cannot be expressed; `validate_document` checks them too.
    """
    generated = Plan.model_json_schema()
    definitions = {
        name: _definition(name, definition) for name, definition in generated["$defs"].items()
    }
    header = {
        "format": {"const": FORMAT, "description": "Says that the file is a plan."},
        "schema": {"const": SCHEMA, "description": "Number of the file format."},
    }
    return {
        "$schema": DIALECT,
        "title": "Reckoner plan",
        "description": generated["description"],
        "type": "object",
        "properties": {
            **header,
            **{name: _field(name, field) for name, field in generated["properties"].items()},
        },
        "required": [*header, *generated["required"]],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _definition(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """A model: a figure may be written bare, a kind must be written, fields name their units."""
    fields = definition["properties"]
    written = {
        **definition,
        "properties": {key: _field(key, field) for key, field in fields.items()},
        **_EITHER_OR.get(name, {}),
    }
    if "kind" in fields:
        written["required"] = ["kind", *definition.get("required", [])]
    if "value" in fields and "confidence" in fields:
        number = {key: fields["value"][key] for key in fields["value"] if key != "title"}
        return {
            "title": definition["title"],
            "description": definition["description"],
            "anyOf": [number, {**written, "title": "Number with its source"}],
        }
    return written


def _field(name: str, field: dict[str, Any]) -> dict[str, Any]:
    """A field without the spelled-out default of a figure and with the unit of its numbers."""
    kept = {key: value for key, value in field.items() if key not in {"title", "default"}}
    if "items" in kept:
        kept["items"] = _field("", kept["items"])
    kept.pop("discriminator", None)
    default = field.get("default")
    if isinstance(default, str | int | float | bool):
        kept["default"] = default
    elif isinstance(default, dict) and "confidence" in default:
        kept["default"] = default["value"]
    description, unit = kept.get("description", ""), UNITS.get(name, NUMBERS)
    if unit not in _KINDS_OF_NUMBERS and unit.lower() not in description.lower():
        kept["description"] = f"{description} Unit: {unit}.".strip()
    return kept
