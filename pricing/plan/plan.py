"""The plan: everything the buyer entered, checked as a whole."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.plan.figure import Currency, PositiveAmount, Price, Rate, Share
from pricing.plan.model import Frozen
from pricing.plan.option import Option, SelfHosted, TokenPriced
from pricing.plan.workload import Identifier, Name, RequestClass

SCHEMA = 1
"""Number of the file format that this version writes."""

Month = Annotated[str, Field(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")]
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

    discount_rate: Rate = Rate(value=0.08)
    """Yearly discount rate (WACC)."""
    payment_timing: Literal["mid-month", "end-of-month"] = "mid-month"
    """When in a month its cash flows; mid-month is the convention of finance models."""
    tax: Tax | None = None
    """None means before tax."""


class People(Frozen):
    """What people cost."""

    loaded_cost_per_year: Price = Price(value=0)
    """Yearly cost of one full-time person, employer's cost included."""


class Plan(Frozen):
    """A workload, the options to serve it, and the terms on which they are compared."""

    name: Name
    note: str = ""
    start: Month
    """First month of the plan."""
    months: Annotated[int, Field(ge=12, le=84)] = 36
    """Horizon in months."""
    currency: Currency = "USD"
    """Currency of the bill."""
    fx: ForeignExchange = ForeignExchange()
    calendar: Calendar = Calendar()
    electricity: Price | None = None
    """Electricity price per kWh at the buyer's site."""
    people: People = People()
    finance: Finance = Finance()
    workload: Annotated[tuple[RequestClass, ...], Field(min_length=1, max_length=100)]
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=50)]
    baseline: Identifier | None = None
    """Id of the option the others are compared with; none means the first."""

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> Self:
        _refuse_duplicates("workload", [item.id for item in self.workload])
        _refuse_duplicates("options", [item.id for item in self.options])
        classes = {item.id for item in self.workload}
        priced_by_token = {o.id for o in self.options if isinstance(o, TokenPriced)}
        for option in self.options:
            for name in option.serves:
                if name not in classes:
                    raise ValueError(
                        f"option {option.id!r} serves {name!r}, which is no request class; "
                        f"known are {', '.join(sorted(classes))}"
                    )
            if isinstance(option, SelfHosted) and option.bridge not in {None, *priced_by_token}:
                raise ValueError(
                    f"option {option.id!r} names the bridge {option.bridge!r}; a bridge must be "
                    f"the id of a token-priced option ({', '.join(sorted(priced_by_token)) or 'none'})"
                )
        if self.baseline is not None and self.baseline not in {o.id for o in self.options}:
            raise ValueError(f"baseline {self.baseline!r} is not the id of an option")
        return self


def _refuse_duplicates(field: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise ValueError(f"{field}: the id {name!r} is used twice; ids must be unique")
        seen.add(name)
