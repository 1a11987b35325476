"""Templates: typical request classes to start from, every number with its origin."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, model_validator

from pricing.plan.figure import Amount, Confidence, PositiveAmount, Share
from pricing.plan.model import Frozen, Identifier, Name
from pricing.plan.workload import RequestClass, Urgency
from pricing.resources import resource
from pricing.workload.errors import WorkloadError
from pricing.workload.formulas import FORMULAS, Lengths
from pricing.workload.profiles import default_profile

HIT_RATE = "cache_hit_rate"
"""Parameter that every template has and no formula uses."""

_TRUST: tuple[Confidence, ...] = ("high", "medium", "low", "entered", "assumption", "gap")
"""From the surest to the least sure."""


class Parameter(Frozen):
    """A number of a template that a buyer may know better."""

    key: str
    label: str
    figure: Amount


class Template(Frozen):
    """A typical request class: what it is, what it depends on, and the lengths that follow."""

    id: Identifier
    name: Name
    description: str
    formula: str
    """Name of the formula that turns the parameters into lengths."""
    parameters: tuple[Parameter, ...]
    input_variation: Amount | None = None
    output_variation: Amount | None = None
    profile: Identifier
    """Id of the default profile."""
    urgency: Urgency
    note: str

    @model_validator(mode="after")
    def _formula_and_parameters_fit(self) -> "Template":
        self.lengths()
        return self

    @property
    def formula_in_words(self) -> str:
        """How the input tokens come about."""
        return FORMULAS[self.formula][1]

    def values(self, given: Mapping[str, float] | None = None) -> dict[str, float]:
        """Value of every parameter, the buyer's own first.

        Raises:
            WorkloadError: a parameter the template does not have, or a value it cannot take.
        """
        values = {p.key: p.figure.value for p in self.parameters}
        for key, value in (given or {}).items():
            if key not in values:
                raise WorkloadError(
                    f"Template {self.id} has no parameter {key!r}; it has {', '.join(values)}."
                )
            most, least = (1, 0) if _is_share(key) else (1e8, 1 if key == "steps" else 0)
            if not math.isfinite(value) or not least <= value <= most:
                raise WorkloadError(
                    f"{key} of template {self.id} must be {least} to {most:,.0f}, not {value}."
                )
            values[key] = value
        return values

    def lengths(self, given: Mapping[str, float] | None = None) -> Lengths:
        """Lengths of a request, with the buyer's own values where given."""
        values = self.values(given)
        del values[HIT_RATE]
        return FORMULAS[self.formula][0](**values)


def _is_share(key: str) -> bool:
    return key in {HIT_RATE, "cacheable_share", "context_repeated"}


@cache
def templates() -> tuple[Template, ...]:
    """All templates, the most common first."""
    text = resource("workload", "templates.json").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Template, ...]).validate_json(text)


def template(template_id: str) -> Template:
    """One template.

    Raises:
        WorkloadError: there is none of this id; the sentence names those there are.
    """
    for item in templates():
        if item.id == template_id:
            return item
    known = ", ".join(item.id for item in templates())
    raise WorkloadError(f"There is no template {template_id!r}; there are {known}.")


def request_class_from_template(
    template_id: str,
    id: str,
    name: str,
    requests: float,
    per: Literal["day", "month"],
    *,
    parameters: Mapping[str, float] | None = None,
    profile_id: str | None = None,
) -> RequestClass:
    """A request class as a template has it.

    Args:
        template_id: id of the template.
        id: id of the new class.
        name: its name.
        requests: requests per day or month; entered by the buyer.
        per: time basis of `requests`.
        parameters: the buyer's own values of the template's parameters, by key.
        profile_id: another default profile than the template's.

    Raises:
        WorkloadError: no such template, parameter or profile; no input tokens are left.
        pydantic.ValidationError: id, name or requests cannot stand in a plan.
    """
    chosen = template(template_id)
    given = dict(parameters or {})
    lengths = chosen.lengths(given)
    if lengths.input_tokens <= 0:
        raise WorkloadError(f"Template {chosen.id}: these values leave no input tokens.")
    return RequestClass(
        id=id,
        name=name,
        template=chosen.id,
        requests=Amount(value=requests),
        per=per,
        input_tokens=PositiveAmount.model_validate(
            _figure(chosen, "input_tokens", lengths.input_tokens, given)
        ),
        output_tokens=Amount.model_validate(
            _figure(chosen, "output_tokens", lengths.output_tokens, given)
        ),
        input_variation=chosen.input_variation,
        output_variation=chosen.output_variation,
        cacheable_share=Share.model_validate(
            _figure(chosen, "cacheable_share", lengths.cacheable_share, given)
        ),
        cache_hit_rate=Share.model_validate(
            _figure(chosen, HIT_RATE, chosen.values(given)[HIT_RATE], given)
        ),
        profile=default_profile(profile_id or chosen.profile).profile,
        urgency=chosen.urgency,
        note=chosen.note,
    )


def _figure(
    chosen: Template, field: str, value: float, given: Mapping[str, float]
) -> dict[str, object]:
    """A figure of the class: the parameter itself where it is one, else what its formula gives."""
    by_key = {p.key: p for p in chosen.parameters}
    if field in by_key and field not in given:
        return by_key[field].figure.model_dump()
    if field in given:
        return {"value": value}
    used = [p for p in chosen.parameters if p.key != HIT_RATE]
    values = chosen.values(given)
    return {
        "value": round(value, 4),
        "source": f"Template {chosen.name!r}: {chosen.formula_in_words}",
        "as_of": max(p.figure.as_of for p in used if p.figure.as_of is not None),
        "confidence": max((p.figure.confidence for p in used), key=_TRUST.index),
        "note": "; ".join(
            f"{p.label}: {values[p.key]:g}{' (yours)' if p.key in given else ''}" for p in used
        ),
    }
