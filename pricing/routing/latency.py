"""How fast one reader is answered: until the first token, and until the last one."""

from dataclasses import dataclass
from typing import Literal

from pricing.plan.option import Option, SelfHosted
from pricing.plan.workload import RequestClass

Origin = Literal["entered", "predicted", "target"]


@dataclass(frozen=True, slots=True)
class Speed:
    """What is known of the speed of an option for a request class."""

    first_token: float | None
    """Seconds until the first token; none if nobody knows."""
    per_token: float | None
    """Seconds per output token after it."""
    origin: Origin
    """`target`: not slower than this, and perhaps faster."""

    def answer(self, output_tokens: float) -> float | None:
        """Seconds until the whole answer; none if nobody knows."""
        if self.first_token is None:
            return None
        if output_tokens == 0:
            return self.first_token
        if self.per_token is None:
            return None
        return self.first_token + output_tokens * self.per_token

    def at_least(self, output_tokens: float) -> float:
        """Seconds that an answer takes in any case, with what is known."""
        return (self.first_token or 0.0) + output_tokens * (self.per_token or 0.0)


def speed_of(
    option: Option, request_class: RequestClass, predicted: Speed | None = None
) -> Speed | None:
    """The speed of an option: as entered, else as predicted, else as its targets demand.

    Args:
        option: The option.
        request_class: What it answers; servers keep targets for real-time work only.
        predicted: What a serving model says; none where it was not asked.
    """
    first, rate = option.first_token_seconds, option.tokens_per_second
    if first is not None or rate is not None:
        return Speed(
            None if first is None else first.value, None if rate is None else 1 / rate.value,
            "entered",
        )  # fmt: skip
    if predicted is not None:
        return predicted
    if not isinstance(option, SelfHosted) or option.serving is None:
        return None
    if request_class.urgency != "real-time":
        return None
    ttft, tpot = option.serving.targets.ttft_seconds, option.serving.targets.tpot_milliseconds
    if ttft is None and tpot is None:
        return None
    return Speed(
        None if ttft is None else ttft.value, None if tpot is None else tpot.value / 1000, "target"
    )
