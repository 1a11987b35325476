"""The operating point that a service level picks, driven by an event simulation of that replica."""

from typing import Any

import numpy as np
import pytest

from pricing.serving.capacity import Level, Operation, sweep
from pricing.serving.columns import numbers
from pricing.serving.counts import CHUNK
from pricing.serving.parameters import load_parameters
from pricing.serving.point import Point
from pricing.serving.queueing import MOST_LOAD
from pricing.serving.requests import Requests
from pricing.serving.run import run
from pricing.serving.stack import Stack, point_of
from tests.serving.simulation import Engine, random_arrivals, simulate
from tests.serving.stacks import stack

FP8: dict[str, Any] = {"precision": "fp8", "kv_precision": "fp8"}
CASES = [
    (
        stack("llama-3.1-70b", "h100-sxm", tensor=4, **FP8),
        Requests(1500, 400, 1.0, 1.0),
        Level(2.0, 0.05, 95),
    ),
    (
        stack("llama-3.1-70b", "h100-sxm", tensor=4, **FP8),
        Requests(1500, 400, 1.0, 1.0),
        Level(0.6, 0.1, 95),
    ),
    (
        stack("llama-3.1-70b", "h100-sxm", tensor=8, **FP8),
        Requests(8000, 300, 1.0, 1.0),
        Level(5.0, 0.06, 95),
    ),
    (stack("llama-3.1-8b", "l40s"), Requests(800, 200, 1.0, 1.0), Level(1.0, 0.05, 90)),
    (
        stack("qwen3-32b", "a100-sxm-80gb", tensor=2),
        Requests(500, 800, 0.5, 1.2),
        Level(0.5, 0.04, 99),
    ),
    (
        stack("gpt-oss-120b", "h100-sxm", tensor=2, precision="mxfp4"),
        Requests(3000, 500, 1.0, 1.0),
        Level(1.5, 0.03, 95),
    ),
]


def operation(of: Stack, requests: Requests, level: Level) -> tuple[Operation, Engine]:
    """What is picked, and the replica with the batch it is limited to."""
    parameters = load_parameters()
    point = point_of(of, requests.traffic())
    by = parameters.coefficients(of.family, of.link, of.framework, of.widths(point.chip))
    chosen = sweep(point, by, numbers(1.0), level, numbers(requests.input_variation)).chosen
    slots = round(float(chosen.batch))
    wide = Point(*(getattr(point, part).at((..., None)) for part in Point.__slots__))
    steady = run(wide, by, np.arange(1.0, slots + 1), numbers(1.0)).steady
    decode = [float(steady.decoding[0]), *steady.decoding.tolist()]
    per_token = float(np.ravel(steady.prefill)[-1]) / requests.input
    return chosen, Engine(
        lambda batch, _held: decode[batch], lambda tokens: per_token * tokens, slots, CHUNK
    )


@pytest.mark.parametrize(("of", "requests", "level"), CASES)
def test_that_targets_are_just_kept_at_the_load_that_is_planned(
    of: Stack, requests: Requests, level: Level
) -> None:
    chosen, engine = operation(of, requests, level)
    lengths = (
        (requests.input, requests.input_variation),
        (requests.output, requests.output_variation),
    )

    def reached(load: float) -> float:
        """How much of its target the worse of the two times takes."""
        rate = float(chosen.requests) * load
        arrivals = random_arrivals(np.random.default_rng(5), rate, 20_000, *lengths)
        found = simulate(engine, arrivals)
        return max(
            float(np.percentile(found.ttft, level.percentile)) / level.ttft,
            float(np.percentile(found.tpot, level.percentile)) / level.tpot,
        )

    load = float(chosen.load)
    assert 0 < load <= MOST_LOAD
    assert reached(load * 0.95) <= 1.05
    assert load == MOST_LOAD or reached(load * 1.1) > 0.95
