"""What a prediction reaches out to that the calibration has no measurement of, or next to none."""

from collections.abc import Iterator, Sequence

from pricing.serving.requests import Requests
from pricing.serving.stack import Stack

LONGEST_INPUT = 32_000
"""Tokens of the longest prompts that were measured."""
LONGEST_OUTPUT = 8_000
"""Tokens above the longest answers that were measured."""
WIDEST = 8
"""Accelerators that shared a layer at most."""


def beyond_measurements(stack: Stack, requests: Sequence[Requests]) -> tuple[str, ...]:
    """In words; the intervals were measured without any of it, so they do not count it in."""
    return tuple(_beyond(stack, requests))


def _beyond(stack: Stack, requests: Sequence[Requests]) -> Iterator[str]:
    if any(of.input > LONGEST_INPUT for of in requests):
        yield f"inputs of more than {LONGEST_INPUT:,} tokens"
    if any(of.output > LONGEST_OUTPUT for of in requests):
        yield f"outputs of more than {LONGEST_OUTPUT:,} tokens"
    if any(of.cached > 0 for of in requests):
        yield "prefix caching"
    if any(of.speculative is not None for of in requests):
        yield "speculative decoding"
    if stack.model.linear_layers:
        yield "layers with linear attention"
    if stack.precision == "int8":
        yield "weights in 8-bit integers"
    if stack.tensor > WIDEST:
        yield f"more than {WIDEST} accelerators that share a layer"
    if stack.pipeline > 1:
        yield "pipeline parallelism"
    if stack.data > 1:
        yield "attention data parallelism"
