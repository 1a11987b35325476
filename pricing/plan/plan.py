"""The plan: everything the buyer entered, checked as a whole."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pricing.plan.figure import Currency, PositiveAmount, Price, Rate, Share
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.model import Frozen, Identifier, Name, Text
from pricing.plan.option import Option
from pricing.plan.quality import ModelQuality
from pricing.plan.recorded import CatalogueReference
from pricing.plan.references import broken_references
from pricing.plan.rules import Rules
from pricing.plan.sentences import sentence
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.plan.workload import RequestClass

SCHEMA = 1
"""Number of the file format that this version writes."""

MONTH_PATTERN = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"
Month = Annotated[str, Field(pattern=MONTH_PATTERN)]
"""A calendar month, written 2027-01."""


class Calendar(Frozen):
    """What a month is: how many days the service runs and how many hours a day."""

    days_per_month: Annotated[float | None, Field(gt=0, le=31)] = None
    """Days in every month; none means the calendar's days of each month."""
    hours_per_day: Annotated[float, Field(gt=0, le=24)] = 24
    """Hours a day the service runs; load and energy fall into these hours."""


class ForeignExchange(Frozen):
    """Exchange rates, each as units of the currency for one US dollar."""

    cny_per_usd: PositiveAmount | None = None
    """Yuan for one US dollar; needed where a plan mixes the two."""
    eur_per_usd: PositiveAmount | None = None
    """Euro for one US dollar; needed where a plan mixes the two."""


class Tax(Frozen):
    """Corporate income tax, for buyers who decide after tax."""

    rate: Share
    """Marginal tax rate."""
    depreciation_years: Annotated[int, Field(ge=1, le=20)] = 5
    """Years over which purchases are deducted, straight line."""


class Finance(Frozen):
    """How money of different months is compared."""

    discount_rate: Rate = Rate.left_out(0.08)
    """Yearly discount rate (WACC)."""
    payment_timing: Literal["mid-month", "end-of-month"] = "mid-month"
    """When in a month its cash flows; mid-month is the convention of finance models."""
    tax: Tax | None = None
    """None means before tax."""


class People(Frozen):
    """What people cost."""

    loaded_cost_per_year: Price = Price.left_out(0)
    """Yearly cost of one full-time person, employer's cost included."""


class Plan(Frozen):
    """A workload, the options to serve it, and the terms on which they are compared."""

    name: Name
    """The plan's name as people write it."""
    note: Text = ""
    """What a reader must know about it."""
    start: Month
    """First month of the plan."""
    months: Annotated[int, Field(ge=12, le=84)] = 36
    """Horizon in months."""
    currency: Currency = "USD"
    """Currency of the bill."""
    fx: ForeignExchange = ForeignExchange()
    """Exchange rates for figures in other currencies than the plan's."""
    calendar: Calendar = Calendar()
    """How long a month and a day of service are."""
    electricity: Price | None = None
    """Electricity price per kWh at the buyer's site."""
    people: People = People()
    """What people cost."""
    finance: Finance = Finance()
    """Discounting and tax."""
    workload: Annotated[tuple[RequestClass, ...], Field(strict=False, min_length=1, max_length=100)]
    """The work to be served, by request class."""
    options: Annotated[tuple[Option, ...], Field(strict=False, min_length=1, max_length=50)]
    """The ways to serve it that are compared."""
    baseline: Identifier | None = None
    """Id of the option the others are compared with; none means the first."""
    models: Annotated[tuple[ModelSheet, ...], Field(strict=False, max_length=100)] = ()
    """Models the buyer added; each goes before a catalogue entry of the same id."""
    accelerators: Annotated[tuple[AcceleratorSheet, ...], Field(strict=False, max_length=100)] = ()
    """Accelerators the buyer added; each goes before a catalogue entry of the same id."""
    measurements: Annotated[tuple[OwnMeasurement, ...], Field(strict=False, max_length=1000)] = ()
    """Benchmark points the buyer measured; they anchor what the serving model predicts."""
    qualities: Annotated[tuple[ModelQuality, ...], Field(strict=False, max_length=500)] = ()
    """Quality scores of models on the buyer's own test; request classes may ask for a least one."""
    rules: Rules = Rules()
    """What decisions on the plan must respect."""
    catalogue: CatalogueReference | None = None
    """The catalogue its figures are from; none means the one that comes with Reckoner."""

    @model_validator(mode="after")
    def _references_point_at_something(self) -> Self:
        broken = broken_references(
            {
                "workload": [{"id": item.id} for item in self.workload],
                "options": [
                    {
                        "id": option.id,
                        "kind": option.kind,
                        "serves": option.serves,
                        "bridge": getattr(option, "bridge", None),
                        "routes": _dumped(option, "routes"),
                        "fleets": _dumped(option, "fleets"),
                        "caches": _dumped(option, "caches"),
                    }
                    for option in self.options
                ],
                "baseline": self.baseline,
                "models": [{"id": sheet.id} for sheet in self.models],
                "accelerators": [{"id": sheet.id} for sheet in self.accelerators],
                "qualities": [
                    {"model": quality.model, "request_class": quality.request_class}
                    for quality in self.qualities
                ],
                "rules": {"recipes": [recipe.model_dump() for recipe in self.rules.recipes]},
            }
        )
        if broken:
            sentences = (f"{'.'.join(map(str, b.at))}: {sentence(b.code, b.facts)}" for b in broken)
            raise PydanticCustomError(
                "broken_references", "{sentences}", {"sentences": "; ".join(sentences)}
            )
        return self


def _dumped(option: Option, field: str) -> list[dict[str, Any]]:
    return [entry.model_dump() for entry in getattr(option, field, ())]
