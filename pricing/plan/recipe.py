"""Recipes: the ways in which one or two options answer a request."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.plan.figure import Amount, Correlation, Price, Share
from pricing.plan.model import Frozen, Identifier, refusal


class Direct(Frozen):
    """One option answers."""

    kind: Literal["direct"] = "direct"
    option: Identifier
    """Id of the option that answers."""

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the options it takes, the one that always works first."""
        return (self.option,)


class Layered(Frozen):
    """A base option answers every request; some answers are then enhanced by another option."""

    kind: Literal["layered"] = "layered"
    base: Identifier
    """Id of the option that answers every request."""
    enhancement: Identifier
    """Id of the option that reads request and base answer, and writes a better one."""
    enhanced_share: Share
    """Share of the requests whose answer is enhanced."""
    quality_gain: Amount | None = None
    """Score that an enhanced answer gains; none means that of the enhancing option's model."""

    @model_validator(mode="after")
    def _gain_is_a_score(self) -> Self:
        if self.quality_gain is not None and self.quality_gain.value > 1:
            raise refusal("gain_range", "quality_gain", "value", value=self.quality_gain.value)
        return self

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the options it takes, the one that always works first."""
        return (self.base, self.enhancement)


class Cascade(Frozen):
    """A small model answers first; a verifier sends doubtful answers to a large one."""

    kind: Literal["cascade"] = "cascade"
    small: Identifier
    """Id of the option that answers first."""
    large: Identifier
    """Id of the option that answers what the verifier rejects."""
    accepts_right: Share
    """Share of the small model's right answers that the verifier accepts."""
    accepts_wrong: Share
    """Share of the small model's wrong answers that the verifier accepts all the same."""
    both_right: Share | None = None
    """Share of requests that both models answer rightly; none means it follows from correlation."""
    correlation: Correlation | None = None
    """Correlation of the two models' right answers (phi); 0 overstates what a cascade gains."""
    verifier_cost: Price = Price.left_out(0)
    """Cost of verifying one answer."""
    verifier_seconds: Amount = Amount.left_out(0)
    """Seconds that verifying takes."""

    @model_validator(mode="after")
    def _joint_correctness_is_known(self) -> Self:
        if self.both_right is None and self.correlation is None:
            raise refusal("joint_unstated")
        if self.both_right is not None and self.correlation is not None:
            raise refusal("joint_twice", "correlation")
        return self

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the options it takes, the one that always works first."""
        return (self.small, self.large)


class Router(Frozen):
    """A router looks at each request and sends it to a weak or to a strong model."""

    kind: Literal["router"] = "router"
    weak: Identifier
    """Id of the option that answers easy requests."""
    strong: Identifier
    """Id of the option that answers hard requests."""
    strong_share: Share
    """Share of the requests that goes to the strong model."""
    apgr: Share
    """Average performance gap recovered: how well it tells hard from easy, 0.5 is chance."""
    router_cost: Price = Price.left_out(0)
    """Cost of routing one request."""
    router_seconds: Amount = Amount.left_out(0)
    """Seconds that routing takes."""

    @model_validator(mode="after")
    def _router_is_possible(self) -> Self:
        if not 0 < self.apgr.value < 1:
            raise refusal("apgr_range", "apgr", "value", value=self.apgr.value)
        return self

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the options it takes, the one that always works first."""
        return (self.weak, self.strong)


Recipe = Annotated[Direct | Layered | Cascade | Router, Field(discriminator="kind")]
