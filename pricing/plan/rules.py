"""Rules that every decision on the plan must keep."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.plan.figure import PositiveAmount, Price, Share
from pricing.plan.model import Frozen, refusal
from pricing.plan.recipe import Recipe
from pricing.plan.workload import Sensitivity

EXACT = 1e-9
"""Shares are entered with few digits; a smaller excess is one of arithmetic."""


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

    @model_validator(mode="after")
    def _vendors_can_share_the_work(self) -> Self:
        least, most = self.least_vendor_share.value, self.most_vendor_share
        if self.vendors * least > 1 + EXACT:
            raise refusal(
                "vendors_impossible", "vendors", value=self.vendors, least=least,
                most=int((1 + EXACT) / least),
            )  # fmt: skip
        if most is not None and most.value <= 0:
            raise refusal("vendor_share_nothing", "most_vendor_share", "value", value=most.value)
        if most is not None and self.vendors > 1 and most.value < least:
            raise refusal(
                "vendor_shares_crossed", "most_vendor_share", "value", value=most.value, least=least
            )
        return self
