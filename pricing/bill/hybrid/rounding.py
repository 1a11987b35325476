"""How many decimals count where a number decides on something: the rest is rounding noise."""

SHARE_DIGITS = 9
"""Of a share of requests."""

REQUEST_DIGITS = 9
"""Of a number of requests."""

RULE_DIGITS = 5
"""Of a score or share that a rule sets a limit to: shares of routes have six decimals."""

UNIT_DIGITS = 6
"""Of servers and kilowatts."""

MONEY_DIGITS = 2
"""Of purchases."""
