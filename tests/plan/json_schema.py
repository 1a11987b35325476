"""A second opinion on schemas: the part of JSON Schema 2020-12 that the plan's schema uses.

Written from the specification (https://json-schema.org/draft/2020-12); an unknown keyword fails.
"""

import re
from collections.abc import Callable
from typing import Any

ANNOTATIONS = {"$schema", "$defs", "title", "description", "default", "format"}

_TYPES: dict[str, Callable[[object], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    ),
}


def same(value: object, constant: object) -> bool:
    """Equality of JSON values: true is not 1."""
    return value == constant and isinstance(value, bool) == isinstance(constant, bool)


def accepts(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    """Whether a schema accepts a JSON value."""
    return all(_holds(key, schema, value, root) for key in schema)


def _holds(key: str, schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    rule = schema[key]
    general: dict[str, Callable[[], bool]] = {
        "$ref": lambda: accepts(root["$defs"][rule.removeprefix("#/$defs/")], value, root),
        "anyOf": lambda: any(accepts(option, value, root) for option in rule),
        "oneOf": lambda: sum(accepts(option, value, root) for option in rule) == 1,
        "not": lambda: not accepts(rule, value, root),
        "type": lambda: _TYPES[rule](value),
        "const": lambda: same(value, rule),
        "enum": lambda: any(same(value, constant) for constant in rule),
    }
    if key in ANNOTATIONS or key in general:
        return key in ANNOTATIONS or general[key]()
    if key in {"properties", "required", "additionalProperties"}:
        return not isinstance(value, dict) or _object(key, schema, value, root)
    if key in {"items", "minItems", "maxItems"}:
        return not isinstance(value, list) or _list(key, rule, value, root)
    if key in {"minLength", "maxLength", "pattern"}:
        return not isinstance(value, str) or _text(key, rule, value)
    return not _TYPES["number"](value) or _number(key, rule, value)


def _number(key: str, rule: float, value: float) -> bool:
    bounds: dict[str, Callable[[], bool]] = {
        "minimum": lambda: value >= rule,
        "maximum": lambda: value <= rule,
        "exclusiveMinimum": lambda: value > rule,
    }
    return bounds[key]()


def _object(key: str, schema: dict[str, Any], value: dict[str, Any], root: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    if key == "required":
        return all(name in value for name in schema["required"])
    if key == "additionalProperties":
        assert schema[key] is False
        return all(name in known for name in value)
    return all(accepts(known[name], item, root) for name, item in value.items() if name in known)


def _list(key: str, rule: Any, value: list[Any], root: dict[str, Any]) -> bool:
    if key == "items":
        return all(accepts(rule, item, root) for item in value)
    return len(value) >= rule if key == "minItems" else len(value) <= rule


def _text(key: str, rule: Any, value: str) -> bool:
    if key == "pattern":
        return re.search(rule, value) is not None
    return len(value) >= rule if key == "minLength" else len(value) <= rule
