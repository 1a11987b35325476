"""The measured points that come with Reckoner, which the calibration has seen."""

from pricing.resources import resource
from pricing.serving.measured.measurement import Measurement, Measurements
from pricing.serving.measured.names import Names
from pricing.serving.measured.reading import read_measurements


def shipped_measurements(names: Names) -> Measurements:
    """The points in resources/serving.

    Raises:
        FileNotFoundError: the file was not shipped.
        MeasurementError: the file is damaged.
    """
    return read_measurements(resource("serving", "measurements.csv"), names)


def count_seen(points: Measurements, names: Names) -> int:
    """How many points are among those shipped: the same setup, requests and throughput.

    Raises:
        FileNotFoundError: the file of those shipped is missing.
        MeasurementError: the file of those shipped is damaged.
    """
    shipped = {_key(point) for point in shipped_measurements(names)}
    return sum(_key(point) in shipped for point in points)


def _key(point: Measurement) -> tuple[object, ...]:
    return (
        point.model,
        point.accelerator,
        point.precision,
        point.tensor,
        point.data,
        point.pipeline,
        point.replicas,
        point.input_tokens,
        point.output_tokens,
        point.concurrency,
        point.output_tokens_per_s,
    )
