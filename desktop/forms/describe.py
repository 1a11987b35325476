"""Reads limits, defaults and help from the plan's pydantic models."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from desktop.entry.limits import Limits
from desktop.forms.row import REQUIRED
from pricing.plan.figure import Figure, Money, Rate, Share


@dataclass(frozen=True, slots=True)
class Description:
    """What a model says about one of its fields."""

    types: tuple[Any, ...]
    """The alternatives of its annotation without None."""
    limits: Limits
    default: Any
    help: str

    @property
    def figure(self) -> type[Figure] | None:
        """The figure class it holds, if any."""
        return next((t for t in self.types if isinstance(t, type) and issubclass(t, Figure)), None)

    @property
    def money(self) -> bool:
        """Whether its figure has a currency."""
        return self.figure is not None and issubclass(self.figure, Money)


def describe(model: type[BaseModel], name: str) -> Description:
    """What `model` says about its field `name`; raises KeyError for an unknown field."""
    info: FieldInfo = model.model_fields[name]
    parts = list(_alternatives(info.annotation))
    found = tuple(kind for kind, _ in parts if kind is not type(None))
    optional = any(kind is type(None) for kind, _ in parts)
    metadata = [*info.metadata, *(item for _, extra in parts for item in extra)]
    figure = next((t for t in found if isinstance(t, type) and issubclass(t, Figure)), None)
    if figure is not None:
        metadata = list(figure.model_fields["value"].metadata)
    if info.default is not PydanticUndefined:
        default = info.default
    elif info.default_factory is not None:
        default = info.default_factory()  # type: ignore[call-arg]
    else:
        default = REQUIRED
    percent = figure is not None and issubclass(figure, Share | Rate)
    whole = figure is None and int in found and float not in found
    return Description(
        found, _limits(metadata, whole, percent, optional), default, info.description or ""
    )


def _alternatives(annotation: object) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every alternative of a union with the metadata it is annotated with."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        for kind, extra in _alternatives(inner):
            yield kind, (*extra, *metadata)
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _alternatives(part)
    else:
        yield annotation, ()


def _limits(metadata: list[Any], whole: bool, percent: bool, optional: bool) -> Limits:
    low: float | None = None
    high: float | None = None
    excluded = False
    for item in _flat(metadata):
        if isinstance(item, annotated_types.Ge):
            low = float(item.ge)  # type: ignore[arg-type]
        elif isinstance(item, annotated_types.Gt):
            low, excluded = float(item.gt), True  # type: ignore[arg-type]
        elif isinstance(item, annotated_types.Le):
            high = float(item.le)  # type: ignore[arg-type]
    return Limits(low, high, excluded, whole, percent, optional)


def _flat(metadata: list[Any]) -> Iterator[Any]:
    for item in metadata:
        if isinstance(item, FieldInfo):
            yield from _flat(list(item.metadata))
        else:
            yield item
