"""How much work one server really does: throughput, latency, memory and capacity.

Facts come from the catalogue's sheets, measured factors from `resources/serving`. Every formula
works on one point or on arrays of points. `predict` answers for one replica at a concurrency,
`server_work` for one whole server under a service level.

Rooms: `queueing/` from saturated to usable, `search/` all servers on offer, `measured/` benchmark
points. The way of the core: sheets -> `shape`, `chip` -> `point` -> `memory`, `counts` -> `step` ->
`steady` -> `capacity` -> `work`.
"""

from pricing.serving.errors import ServingError
from pricing.serving.layouts import Hardware
from pricing.serving.predict import Interval, Prediction, predict
from pricing.serving.requests import Requests
from pricing.serving.stack import Stack
from pricing.serving.work import ClassWork, ServerWork, server_work

__all__ = [
    "ClassWork",
    "Hardware",
    "Interval",
    "Prediction",
    "Requests",
    "ServerWork",
    "ServingError",
    "Stack",
    "predict",
    "server_work",
]
