"""The work to be served: request classes and how their load moves over hours, days and years."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.plan.figure import Amount, PositiveAmount, Rate, Share
from pricing.plan.model import Frozen, Identifier, Name, Text, refusal

Urgency = Literal["real-time", "asynchronous", "batch"]
Sensitivity = Literal["public", "internal", "confidential", "restricted"]
Language = Literal["any", "en", "zh", "multilingual"]


class MonthlyGrowth(Frozen):
    """Compound growth by the same rate every month."""

    kind: Literal["monthly"] = "monthly"
    rate: Rate = Rate.left_out(0)
    """Growth per month as a fraction (0.03 is 3 % a month)."""


class YearlySteps(Frozen):
    """Volume of each plan year as a multiple of the first year."""

    kind: Literal["yearly"] = "yearly"
    factors: Annotated[tuple[Amount, ...], Field(strict=False, min_length=1, max_length=7)]
    """Multiple of the stated volume in plan year 1, 2, ...; the last one holds for later years."""


Growth = Annotated[MonthlyGrowth | YearlySteps, Field(discriminator="kind")]


class HourlyProfile(Frozen):
    """How the load of a week is spread, as weights around a mean of 1."""

    kind: Literal["hourly"] = "hourly"
    hours: Annotated[
        tuple[Annotated[float, Field(ge=0, le=24)], ...],
        Field(strict=False, min_length=24, max_length=24),
    ]
    """24 weights, 00:00 first, mean 1: load of that hour over the load of a mean hour."""
    weekdays: Annotated[
        tuple[Annotated[float, Field(ge=0, le=7)], ...],
        Field(strict=False, min_length=7, max_length=7),
    ] = (1.0,) * 7
    """7 weights, Monday first, mean 1: load of that weekday over a mean day."""
    within_hour_peak: Annotated[float, Field(ge=1, le=100)] = 1.0
    """Peak inside the busiest hour over that hour's mean (bursts shorter than an hour)."""
    source: Text = ""
    """Where the shape comes from."""

    @model_validator(mode="after")
    def _weights_have_mean_one(self) -> Self:
        for name, weights in (("hours", self.hours), ("weekdays", self.weekdays)):
            mean = sum(weights) / len(weights)
            if abs(mean - 1) > 0.005:
                raise refusal("weights_mean", name, count=len(weights), mean=round(mean, 3))
        return self


class PeakToAverage(Frozen):
    """Peak load over mean load, where the shape of the day is not known."""

    kind: Literal["peak-to-average"] = "peak-to-average"
    ratio: Annotated[float, Field(ge=1, le=1000)] = 1.0
    """Load of the busiest moment over the mean load; 1 means a flat load."""
    source: Text = ""
    """Where the ratio comes from."""


Profile = Annotated[HourlyProfile | PeakToAverage, Field(discriminator="kind")]


class RequestClass(Frozen):
    """Requests that are alike: same purpose, similar lengths, same rules."""

    id: Identifier
    """Names the class in this plan; options say by it what they serve."""
    name: Name
    """The class's name as people write it."""
    template: Text = ""
    """The template this class was made from, if any."""
    requests: Amount
    """Requests per day or per month (see `per`) in the first month."""
    per: Literal["day", "month"] = "day"
    """Time basis of `requests`."""
    input_tokens: PositiveAmount
    """Mean input tokens of a request (ISL)."""
    output_tokens: Amount
    """Mean output tokens of a request, reasoning included (OSL)."""
    input_variation: Amount | None = None
    """Coefficient of variation of the input length (standard deviation over mean)."""
    output_variation: Amount | None = None
    """Coefficient of variation of the output length."""
    cacheable_share: Share = Share.left_out(0)
    """Share of the input tokens that is a prefix repeated between requests."""
    cache_hit_rate: Share = Share.left_out(1)
    """Share of requests that find their prefix in the cache; the others write it."""
    growth: Growth = MonthlyGrowth()
    """How the volume grows; the stated one is that of the first month or year."""
    profile: Profile
    """How the load moves over the hours of a day and the days of a week."""
    urgency: Urgency = "real-time"
    """Real-time is served at its hour; asynchronous within its day; batch within its month."""
    sensitivity: Sensitivity = "internal"
    """What kind of data the requests carry."""
    quality_floor: Share | None = None
    """Lowest acceptable quality score, 0 to 1, on the buyer's own test; none means no floor."""
    first_token_limit: PositiveAmount | None = None
    """Longest acceptable time until the first token, in seconds; none means no limit."""
    answer_limit: PositiveAmount | None = None
    """Longest acceptable time until the whole answer, in seconds; none means no limit."""
    language: Language = "any"
    """Language that the answering model must master."""
    note: Text = ""
    """What a reader must know about it."""
