"""How much work one server really does: throughput, latency, memory and capacity.

Facts come from the catalogue's sheets, measured factors from `resources/serving`. Every formula
works on one point or on arrays of points. Public names: `predict`, `Prediction`, `Stack`,
`Requests`, `ServingError`.
"""

from pricing.serving.errors import ServingError
from pricing.serving.predict import Interval, Prediction, predict
from pricing.serving.requests import Requests
from pricing.serving.stack import Stack

__all__ = ["Interval", "Prediction", "Requests", "ServingError", "Stack", "predict"]
