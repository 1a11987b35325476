"""From saturated to usable: what waiting costs.

To be replaced whole by the simulated tables; `capacity.sweep` calls the two functions with these
signatures.
"""

import numpy as np

from pricing.serving.columns import Numbers, numbers

MOST_LOAD = 0.9


def tpot_tail(percentile: int, prefill_share: Numbers) -> Numbers:
    """Time per output token at a percentile over its mean."""
    return numbers(1 + {50: 0.0, 90: 0.2, 95: 0.3, 99: 0.45}[percentile] * (1 + prefill_share))


def load_limit(
    target: float, percentile: int, *, prefill: Numbers, decoding: Numbers, variation: Numbers
) -> Numbers:
    """Largest load at which the time to first token keeps its target; 0 where none does."""
    factor = {50: 0.5, 90: 0.8, 95: 1.0, 99: 1.5}[percentile]
    room = (target - 2 * decoding) / prefill / factor
    load = np.interp(room, [3.5, 5.5, 8.0, 9.5, 13.0], [0.3, 0.5, 0.7, 0.8, 0.9])
    return np.minimum(np.where(room < 1, 0.0, load), MOST_LOAD) + 0 * variation
