"""How many decimals count where a number decides on something: the rest is rounding noise."""

SHARE_DIGITS = 9
"""Of a share of requests."""

REQUEST_DIGITS = 9
"""Of a number of requests."""
