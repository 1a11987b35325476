"""Rules that every decision on the plan must keep."""

from typing import Annotated, Literal

from pydantic import Field

from pricing.plan.figure import PositiveAmount, Price, Share
from pricing.plan.model import Frozen
from pricing.plan.recipe import Recipe
from pricing.plan.workload import Sensitivity


class Rules(Frozen):
    """What the buyer's decision must respect, and what an optimiser may choose from."""

    outside: Sensitivity = "internal"
    """Most sensitive data that may leave the buyer's own premises."""
    capex_per_year: Annotated[tuple[Price, ...], Field(strict=False, max_length=7)] = ()
    """Most purchases of plan year 1, 2, ...; the last one holds later too; empty is no cap."""
    site_power_kw: PositiveAmount | None = None
    """IT power that the buyer's site can feed, in kW."""
    vendors: Annotated[int, Field(ge=1, le=20)] = 1
    """Least number of vendors that share the work."""
    least_vendor_share: Share = Share.left_out(0.1)
    """Share of all tokens from which a vendor counts towards that number."""
    most_vendor_share: Share | None = None
    """Most of a plan year's tokens that one vendor may serve."""
    quality: Share | None = None
    """Least mean quality score of all answers over the horizon."""
    on_premises: Share | None = None
    """Least share of all tokens over the horizon that is served on premises."""
    purchases: Literal["month", "quarter"] = "quarter"
    """How often servers can be bought or committed: at the start of months or of quarters."""
    recipes: Annotated[tuple[Recipe, ...], Field(strict=False, max_length=50)] = ()
    """Recipes of two options that an optimiser may use beside direct ones."""
