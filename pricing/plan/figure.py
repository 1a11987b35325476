"""A number with its origin: who said it, when, and how sure they were."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from pricing.plan.model import Frozen, Text, refusal

Currency = Literal["USD", "CNY", "EUR"]
Confidence = Literal["high", "medium", "low", "assumption", "gap", "entered"]

BUYER = "entered by the buyer"
OPTIMISER = "chosen by the optimiser"
"""Source of a number typed into a plan without saying where it came from."""
LEFT_OUT = "not entered"
"""Source of a number the plan does not state: the default of its field stands."""
DAY_PATTERN = r"^\d{4}-\d\d-\d\d$"


def _read_date(data: object) -> object:
    """A date written 2026-11-22; numbers and other notations are refused."""
    if not isinstance(data, str):
        return data
    if not re.fullmatch(DAY_PATTERN, data, re.ASCII):
        raise refusal("not_a_date", value=data)
    try:
        return date.fromisoformat(data)
    except ValueError:
        raise refusal("not_a_date", value=data) from None


Day = Annotated[
    date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DAY_PATTERN}),
]
"""A calendar day, written 2026-11-22."""


class Figure(Frozen):
    """One number a person may check: value, source, date and confidence.

    A bare number in a plan file means "entered by the buyer". The unit is fixed by the field the
    figure stands in (its description names it).
    """

    value: Annotated[float, Field(ge=-1e15, le=1e15)]
    """The number that enters the bill."""
    low: Annotated[float | None, Field(ge=-1e15, le=1e15)] = None
    """Low end of what is plausible, where known."""
    high: Annotated[float | None, Field(ge=-1e15, le=1e15)] = None
    """High end of what is plausible, where known."""
    unit: Text = ""
    """Unit in words, where the field does not fix it (catalogue entries always state it)."""
    region: Text = ""
    """Where the figure holds, for prices that differ by place."""
    source: Text = BUYER
    """Who says so: a quote number, a price list, a measurement."""
    url: Text = ""
    """Where it can be looked up."""
    as_of: Day | None = None
    """The day the figure was true."""
    confidence: Confidence = "entered"
    """How far it can be trusted."""
    note: Text = ""
    """What a reader must know to use it."""

    @classmethod
    def left_out(cls, value: float) -> Self:
        """The default of a field: an assumption, told apart from the same number entered."""
        return cls(value=value, source=LEFT_OUT, confidence="assumption")

    @property
    def is_left_out(self) -> bool:
        """Whether nobody entered it; a saved or edited plan tells it still."""
        return self.source == LEFT_OUT

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_number(cls, data: object) -> object:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"value": data}
        return data

    @model_validator(mode="after")
    def _low_is_not_above_high(self) -> Self:
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise refusal("low_above_high", "value", value=self.value, low=low, high=high)
        return self


class Money(Figure):
    """A figure in a stated currency."""

    currency: Currency | None = None
    """Currency of the value; none means the currency of the plan."""


class Share(Figure):
    """A figure between 0 and 1 (0.15 is 15 %)."""

    value: Annotated[float, Field(ge=0, le=1)]
    """The share, 0 to 1."""


class Rate(Figure):
    """A yearly or monthly rate: -0.95 to 10 (0.08 is 8 %)."""

    value: Annotated[float, Field(ge=-0.95, le=10)]
    """The rate as a fraction."""


class Correlation(Figure):
    """A figure between -1 and 1."""

    value: Annotated[float, Field(ge=-1, le=1)]
    """The correlation."""


class Amount(Figure):
    """A figure that cannot be negative."""

    value: Annotated[float, Field(ge=0, le=1e15)]
    """The amount, 0 or more."""


class PositiveAmount(Figure):
    """A figure above zero."""

    value: Annotated[float, Field(gt=0, le=1e15)]
    """The amount, above 0."""


class Price(Money):
    """A price: a figure in a currency that cannot be negative."""

    value: Annotated[float, Field(ge=0, le=1e15)]
    """The price, 0 or more."""
