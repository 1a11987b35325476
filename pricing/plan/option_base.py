"""What every way to serve has in common."""

from typing import Annotated

from pydantic import Field

from pricing.plan.figure import Amount, PositiveAmount, Price, Share
from pricing.plan.model import Frozen, Identifier, Name, Text
from pricing.plan.workload import Sensitivity


class OptionBase(Frozen):
    """What every way to serve has."""

    id: Identifier
    """Names the option in this plan; bridges, routes and the baseline refer to it."""
    name: Name
    """The option's name as people write it."""
    serves: Annotated[tuple[Identifier, ...], Field(strict=False, max_length=100)] = ()
    """Ids of the request classes it serves; empty means all."""
    setup_cost: Price = Price.left_out(0)
    """One-off cost of going live (integration, migration, evaluation)."""
    fixed_monthly_cost: Price = Price.left_out(0)
    """Other direct cost per month (gateway, monitoring, storage)."""
    people_fte: Amount = Amount.left_out(0)
    """People who run it, in full-time equivalents."""
    vendor: Text = ""
    """Whom it is bought from, for rules about vendors; empty means as the catalogue says."""
    accepts: Sensitivity | None = None
    """Most sensitive data it may be sent; none means as the rules of the plan say."""
    availability: Share | None = None
    """Share of the time in which it answers; none means its outages are not counted."""
    first_token_seconds: Amount | None = None
    """Seconds until the first token, where no serving model predicts it."""
    tokens_per_second: PositiveAmount | None = None
    """Output tokens per second that one reader sees, where no serving model predicts it."""
    note: Text = ""
    """What a reader must know about it."""
