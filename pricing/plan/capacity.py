"""How much work one server does, as the plan states it until a serving model predicts it."""

from typing import Self

from pydantic import model_validator

from pricing.plan.figure import PositiveAmount, Share
from pricing.plan.model import Frozen, refusal


class Capacity(Frozen):
    """Sustained throughput of one whole server, with its provenance.

    The server time of a request is output tokens / `output_tokens_per_second` plus, where given,
    uncached input tokens / `input_tokens_per_second`; or one hour / `requests_per_hour`.
    """

    output_tokens_per_second: PositiveAmount | None = None
    """Output tokens per second of one server, all requests together."""
    input_tokens_per_second: PositiveAmount | None = None
    """Input tokens per second while one server only prefills; none means it is contained above."""
    requests_per_hour: PositiveAmount | None = None
    """Requests per hour of one server, whatever their length."""
    usable_share: Share = Share.left_out(1)
    """Share of the throughput that may be planned with (headroom for latency and failures)."""

    @model_validator(mode="after")
    def _one_way_to_state_it(self) -> Self:
        if self.output_tokens_per_second is None and self.requests_per_hour is None:
            raise refusal("capacity_unstated")
        if self.requests_per_hour is not None:
            if self.output_tokens_per_second is not None:
                raise refusal("capacity_twice")
            if self.input_tokens_per_second is not None:
                raise refusal("capacity_input_alone", "input_tokens_per_second")
        if self.usable_share.value == 0:
            raise refusal("nothing_usable", "usable_share")
        return self
