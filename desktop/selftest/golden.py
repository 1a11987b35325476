"""The figures that this copy must reproduce: how they are measured and compared.

`packaging/self_test_figures.py` writes them to resources/selftest/figures.json, with their origin.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Metric, OptionBill
from pricing.plan.file import load_plan
from pricing.plan.serving import KvPrecision, Precision
from pricing.resources import resource
from pricing.serving import Requests, Stack, predict
from pricing.serving.measured.names import Names

TOLERANCE: Final = 1e-9
"""Relative; another compiler may add up in another order."""
STACKS: Final[tuple[tuple[str, str, str, Precision, KvPrecision, int], ...]] = (
    ("llama-3.3-70b", "h100-sxm", "vllm_2025", "fp8", "fp16", 4),
    ("qwen3-235b-a22b", "h200", "trt_2025", "fp8", "fp8", 8),
    ("qwen3-32b", "mi300x", "rocm_2025", "bf16", "fp16", 1),
)
"""Model, accelerator, serving software, precision of weights and cache, accelerators."""
CONCURRENCY: Final = (1.0, 16.0, 64.0)


def golden() -> dict[str, Any]:
    """The figures kept, with their origin."""
    found: dict[str, Any] = json.loads(resource("selftest", "figures.json").read_bytes())
    return found


def sample_figures(name: str, day: date) -> dict[str, Any]:
    """Key figures of every option of a sample plan, and which file it was."""
    path = resource("samples", name)
    evaluation = evaluate(load_plan(path), load_catalogue(), day)
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "options": {bill.id: _of(bill) for bill in evaluation.bills},
    }


def _of(bill: OptionBill) -> dict[str, float]:
    metrics: dict[str, Metric | None] = {
        "tco": bill.tco,
        "npv": bill.npv,
        "per_request": bill.per_request,
        "per_million_tokens": bill.per_million_tokens,
        "peak_cash": bill.peak_cash,
        "mean_utilisation": bill.mean_utilisation,
    }
    figures = {key: metric.value for key, metric in metrics.items() if metric is not None}
    figures["unserved"] = float(bill.unserved.values.sum())
    return {key: value for key, value in figures.items() if math.isfinite(value)}


def serving_figures() -> dict[str, Any]:
    """Throughput and latency that are predicted of some servers."""
    names = Names.of(load_catalogue())
    found: dict[str, Any] = {}
    for model, accelerator, software, weights, cache, count in STACKS:
        stack = Stack(
            names.models[model], names.accelerators[accelerator], software, weights, cache, count
        )
        steady = predict(stack, Requests(1000.0, 250.0), np.array(CONCURRENCY)).run.steady
        found[f"{model} on {count} x {accelerator}"] = {
            "output_tokens_per_second": steady.output_tokens.tolist(),
            "seconds_per_token": steady.tpot.tolist(),
            "seconds_to_first_token": steady.ttft.tolist(),
        }
    return found


def differences(kept: object, found: object, where: str = "") -> Iterator[str]:
    """Sentences on everything that is not the same: numbers to `TOLERANCE`, all else exactly."""
    if isinstance(kept, Mapping) and isinstance(found, Mapping):
        for key in dict.fromkeys((*kept, *found)):
            place = f"{where} {key}".strip()
            if key not in found or key not in kept:
                yield f"{place} is {'missing' if key not in found else 'new'}"
            else:
                yield from differences(kept[key], found[key], place)
    elif isinstance(kept, list) and isinstance(found, list) and len(kept) == len(found):
        for number, (one, other) in enumerate(zip(kept, found, strict=True), start=1):
            yield from differences(one, other, f"{where} {number}")
    elif isinstance(kept, int | float) and isinstance(found, int | float):
        if not math.isclose(kept, found, rel_tol=TOLERANCE, abs_tol=1e-12):
            yield f"{where} is {found!r} instead of {kept!r}"
    elif kept != found:
        yield f"{where} is another one than the figures were written for"


def count(figures: object) -> int:
    """How many numbers there are."""
    if isinstance(figures, Mapping):
        return sum(count(value) for value in figures.values())
    if isinstance(figures, list):
        return sum(count(value) for value in figures)
    return int(isinstance(figures, float))
