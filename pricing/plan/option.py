"""The ways to serve a workload that a plan can compare: five pure ones, and hybrids of them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.plan.capacity import Capacity
from pricing.plan.figure import Amount, PositiveAmount, Price, Rate, Share
from pricing.plan.hybrid import Hybrid
from pricing.plan.model import Frozen, Identifier, Reference, Text, refusal
from pricing.plan.option_base import OptionBase
from pricing.plan.serving import Serving

MOST_MAINTENANCE_HOURS = 336
"""Half of the shortest month: a server that is away for longer is not in service."""


class TokenPrices(Frozen):
    """Prices per million tokens, as quoted; they replace the catalogue's."""

    input: Price
    """Per million input tokens."""
    output: Price
    """Per million output tokens."""
    cached_input: Price | None = None
    """Per million input tokens read from the prefix cache; none means billed as input."""
    cache_write: Price | None = None
    """Per million input tokens written to the prefix cache; none means billed as input."""
    batch_input: Price | None = None
    """Per million input tokens of batch requests; none means no batch tariff."""
    batch_output: Price | None = None
    """Per million output tokens of batch requests; none means no batch tariff."""
    batch_cached_input: Price | None = None
    """Per million cached input tokens of batch requests; none means billed as batch input."""


class TokenPriced(OptionBase):
    """Served by somebody else and billed by the token."""

    model: Reference = ""
    """Catalogue id, provider/model."""
    prices: TokenPrices | None = None
    """Quoted prices; none means the dated list prices of the catalogue."""
    discount: Share = Share.left_out(0)
    """Negotiated discount on token prices."""
    price_change_per_year: Rate = Rate.left_out(0)
    """Expected yearly change of token prices on top of the dated list (-0.3 is 30 % cheaper)."""
    batch_tariff: bool = True
    """Whether batch requests use the batch tariff, where there is one."""
    cost_per_request: Price = Price.left_out(0)
    """Charge per request on top of tokens (router, safety filter)."""
    minimum_spend: Price = Price.left_out(0)
    """Least spend on tokens per plan year that is agreed; what is missing is paid all the same."""

    @model_validator(mode="after")
    def _prices_come_from_somewhere(self) -> Self:
        if not self.model and self.prices is None:
            raise refusal("prices_unstated")
        return self


class ClosedApi(TokenPriced):
    """A closed model behind its vendor's API."""

    kind: Literal["closed_api"] = "closed_api"


class HostedOpen(TokenPriced):
    """An open model hosted by a cloud, billed by the token."""

    kind: Literal["hosted_open"] = "hosted_open"


class SelfHosted(OptionBase):
    """Served on whole servers whose number follows from the load."""

    serves_model: Text = ""
    """The open model that runs on it, in words."""
    capacity: Capacity | None = None
    """What one server does, as the buyer states it; none where `serving` predicts it."""
    serving: Serving | None = None
    """What runs on the servers, from which their work is predicted; none where it is stated."""
    servers: Annotated[int | None, Field(ge=1, le=100_000)] = None
    """A fixed number of servers; none means as many as the peak load needs."""
    spare_servers: Annotated[int, Field(ge=0, le=1000)] = 0
    """Spares on top of the need (1 is N+1)."""
    most_servers: Annotated[int | None, Field(ge=1, le=100_000)] = None
    """Most servers that an optimiser may take; none means as many as are worth it."""
    maintenance_hours: Amount = Amount.left_out(0)
    """Hours per month that each server is out of service, one after the other."""
    lead_time_months: Annotated[int, Field(ge=0, le=36)] = 0
    """Months from order to service."""
    bridge: Identifier | None = None
    """Id of the token-priced option serving what the servers cannot; none leaves it unserved."""

    @model_validator(mode="after")
    def _work_is_stated_or_predicted(self) -> Self:
        if self.capacity is None and self.serving is None:
            raise refusal("work_unstated")
        if self.capacity is not None and self.serving is not None:
            raise refusal("work_twice", "serving")
        if self.maintenance_hours.value > MOST_MAINTENANCE_HOURS:
            raise refusal(
                "maintenance_long",
                "maintenance_hours",
                "value",
                value=self.maintenance_hours.value,
                most=MOST_MAINTENANCE_HOURS,
            )
        return self


class OnDemand(Frozen):
    """Rented around the clock, given back month by month."""

    kind: Literal["on_demand"] = "on_demand"


class Scheduled(Frozen):
    """Rented only in fixed hours; requests outside them wait or go to the bridge."""

    kind: Literal["scheduled"] = "scheduled"
    from_hour: Annotated[int, Field(ge=0, le=23)]
    """First hour of the day in service."""
    to_hour: Annotated[int, Field(ge=1, le=24)]
    """Hour of the day at which the servers stop."""
    days_per_week: Annotated[int, Field(ge=1, le=7)] = 7
    """Days per week in service."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.to_hour <= self.from_hour:
            raise refusal(
                "ends_before_start",
                "to_hour",
                value=self.to_hour,
                start=self.from_hour,
                first=self.from_hour + 1,
            )
        return self


class Committed(Frozen):
    """Reserved for whole terms; paid for whether used or not."""

    kind: Literal["committed"] = "committed"
    years: Literal[1, 3]
    """Length of a term in years."""


RentalTerms = Annotated[OnDemand | Scheduled | Committed, Field(discriminator="kind")]


class RentedGpus(SelfHosted):
    """Open model on rented GPU servers."""

    kind: Literal["rented_gpus"] = "rented_gpus"
    instance: Reference = ""
    """Catalogue id of the rented server."""
    price_per_hour: Price | None = None
    """Price of one whole server per hour under `terms`; none means the catalogue's."""
    terms: RentalTerms = OnDemand()
    """On demand, in fixed hours, or committed for 1 or 3 years."""


class OwnedServers(SelfHosted):
    """Open model on servers the buyer owns."""

    kind: Literal["owned_servers"] = "owned_servers"
    server: Reference = ""
    """Catalogue id of the server."""
    price: Price | None = None
    """Purchase price of one server; none means the catalogue's."""
    installation: Price = Price.left_out(0)
    """One-off cost per server for installation and acceptance."""
    network_share: Share = Share.left_out(0)
    """Network, cabling and racks as a share of the server price."""
    deposit_share: Share = Share.left_out(0)
    """Share of the price paid with the order; the rest on delivery."""
    gpus_per_server: Annotated[int | None, Field(ge=1, le=1024)] = None
    """GPUs in one server; none means the catalogue's."""
    power_kw: Amount | None = None
    """IT power of one installed server in kW; none means the catalogue's."""
    pue: PositiveAmount | None = None
    """Facility energy over IT energy; none means the catalogue's."""
    electricity: Price | None = None
    """Electricity price per kWh; none means the plan's."""
    colocation: Price = Price.left_out(0)
    """Rack space and cooling per kW of IT power and month."""
    facility_per_server: Price = Price.left_out(0)
    """Rack space and hands per server and month, where not charged by the kW."""
    maintenance_rate: Amount = Amount.left_out(0)
    """Maintenance contract per year as a share of the purchase price."""
    software_per_gpu: Price = Price.left_out(0)
    """Software licence per GPU and year."""
    useful_life_months: Annotated[int, Field(ge=12, le=120)] = 48
    """Months until a server is replaced."""
    residual_share: Share = Share.left_out(0)
    """Resale value at the end of the useful life as a share of the price."""


class Appliance(SelfHosted):
    """All-in-one machine: hardware, platform and model in one price."""

    kind: Literal["appliance"] = "appliance"
    appliance: Reference = ""
    """Catalogue id of the appliance."""
    edition: Text = ""
    """Edition in the vendor's words (light, flagship)."""
    price: Price | None = None
    """Bundle price of one appliance; none means the catalogue's."""
    support_rate: Amount = Amount.left_out(0)
    """Support and subscription per year as a share of the bundle price."""
    power_kw: Amount | None = None
    """IT power of one appliance in kW; none means the catalogue's."""
    pue: PositiveAmount | None = None
    """Facility energy over IT energy; none means the catalogue's."""
    electricity: Price | None = None
    """Electricity price per kWh; none means the plan's."""
    facility_per_server: Price = Price.left_out(0)
    """Rack space and hands per appliance and month."""
    useful_life_months: Annotated[int, Field(ge=12, le=120)] = 48
    """Months until an appliance is replaced."""
    residual_share: Share = Share.left_out(0)
    """Resale value at the end of the useful life as a share of the price."""


TokenOption = ClosedApi | HostedOpen
"""Billed by the token."""

ServerOption = RentedGpus | OwnedServers | Appliance
"""Runs on whole servers."""

PureOption = TokenOption | ServerOption
"""Serves by itself; a hybrid is made of these."""

Option = Annotated[PureOption | Hybrid, Field(discriminator="kind")]
