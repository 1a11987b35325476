"""What the serving model says of the speed with which one reader is answered."""

from collections.abc import Mapping

from pricing.bill.prediction import Prediction
from pricing.routing.latency import Speed


def predicted_speed(prediction: Prediction | None, request_class: str) -> Speed | None:
    """Speed of an option for a class; none where the serving model was not asked.

    The first token is that of a request that does not wait; the others come at the percentile of
    the targets under the load that the option is planned with.
    """
    work = None if prediction is None else prediction.work.classes.get(request_class)
    if work is None:
        return None
    operation = work.operation
    return Speed(float(operation.ttft_unloaded), float(operation.tpot_at), "predicted")


def predicted_speeds(predictions: Mapping[str, Prediction], request_class: str) -> dict[str, Speed]:
    """Speeds for a class by option, of those that leave their work to the serving model."""
    speeds = {name: predicted_speed(found, request_class) for name, found in predictions.items()}
    return {name: speed for name, speed in speeds.items() if speed is not None}
