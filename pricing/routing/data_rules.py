"""How sensitive the data may be that an option is sent (D4)."""

from typing import get_args

from pricing.plan.option import Appliance, Option, OwnedServers
from pricing.plan.rules import Rules
from pricing.plan.workload import Sensitivity

LEVELS: tuple[Sensitivity, ...] = get_args(Sensitivity)
"""From what everybody may read to what hardly anybody may."""


def accepted(option: Option, rules: Rules) -> Sensitivity:
    """The most sensitive data that an option may be sent.

    What the option states goes first. What stands on the buyer's own premises may be sent all;
    everything else is outside, rented servers included.
    """
    if option.accepts is not None:
        return option.accepts
    if isinstance(option, OwnedServers | Appliance):
        return LEVELS[-1]
    return rules.outside


def may_be_sent(option: Option, data: Sensitivity, rules: Rules) -> bool:
    """Whether an option may be sent data of a sensitivity."""
    return LEVELS.index(data) <= LEVELS.index(accepted(option, rules))


def data_path(option: Option) -> str:
    """The field of the plan that says what an option may be sent."""
    return f"options.{option.id}.accepts" if option.accepts is not None else "rules.outside"
