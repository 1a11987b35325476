"""From saturated to usable: how much load a replica bears under a service level.

Closed formulas with three constants fitted to an event simulation; all work on arrays, none
simulates at run time. Settings and errors of the fit are in resources/serving/queueing.json.
"""

from pricing.serving.queueing.load import MOST_LOAD, best_load, load_limit
from pricing.serving.queueing.replica import Loaded, Replica, batch_growth, loaded
from pricing.serving.queueing.tpot import tpot_seconds
from pricing.serving.queueing.ttft import ttft_exceedance, ttft_seconds

__all__ = [
    "MOST_LOAD",
    "Loaded",
    "Replica",
    "batch_growth",
    "best_load",
    "load_limit",
    "loaded",
    "tpot_seconds",
    "ttft_exceedance",
    "ttft_seconds",
]
