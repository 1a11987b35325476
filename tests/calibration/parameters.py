"""Parameters that stand in where a test does not care."""

from pricing.serving.parameters import Anchor

ANCHOR = Anchor(0.2, 0.2, 0.5, "a test")
