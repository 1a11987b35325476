"""MLPerf Server and Interactive results beside Offline results of the same systems."""

import csv
import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from pricing.catalogue import load_catalogue
from pricing.resources import resource
from pricing.serving.capacity import MOST_SEQUENCES
from pricing.serving.columns import Numbers, numbers
from pricing.serving.counts import CHUNK
from pricing.serving.evidence import correction_of
from pricing.serving.measured.measurement import Measurement
from pricing.serving.measured.names import Names
from pricing.serving.measured.predicted import stack_of_row
from pricing.serving.measured.shipped import shipped_measurements
from pricing.serving.memory import memory_of
from pricing.serving.parameters import Parameters
from pricing.serving.point import Point
from pricing.serving.queueing import Replica, batch_growth, best_load
from pricing.serving.requests import Requests
from pricing.serving.run import run
from pricing.serving.stack import point_of

LIMITS = {
    ("Llama-2-70B", "mlperf_server"): (2.0, 0.200),
    ("Llama-2-70B", "mlperf_interactive"): (0.45, 0.040),
    ("Mixtral-8x7B", "mlperf_server"): (2.0, 0.200),
    ("Llama-3.1-8B", "mlperf_server"): (2.0, 0.100),
    ("Llama-3.1-405B", "mlperf_server"): (6.0, 0.175),
    ("Llama-3.1-405B", "mlperf_interactive"): (4.5, 0.080),
    ("DeepSeek-R1", "mlperf_server"): (2.0, 0.080),
}
"""Longest time to first token and time per output token in seconds, of 99 % of the requests:
loadgen/mlperf.conf of github.com/mlcommons/inference at 001712e9daf80386e0dda43f97b8f36981d792c4,
keys ttft_latency, tpot_latency and target_latency_percentile."""

PERCENTILE = 99.0
MOST_LOAD = 0.99
"""Submitters drive their systems to the edge of the limits, nobody plans a spare."""
VARIATION = 0.87
"""Coefficient of variation of inputs and outputs, of which the results give the means only: that of
an exponential distribution cut off at 1,024 tokens with a mean of 294. Llama-2-70B's set ends there
(language/llama2-70b/processorca.py of the same repository, --seqlen_limit); how the lengths of the
other sets are spread is not known, so the same is assumed."""


@dataclass(frozen=True, slots=True)
class Limited:
    """One result with limits on latency, and the Offline result of the same system."""

    kind: str
    tokens_per_s: float
    ttft: float
    tpot: float
    offline: Measurement
    """Median of the Offline results of the same round, model, accelerators and their number."""

    @property
    def label(self) -> str:
        return f"{self.offline.model_name} {self.kind.removeprefix('mlperf_')}"


@cache
def limited_results() -> tuple[tuple[Limited, ...], int]:
    """The results that have an Offline result of the same system, and how many have none."""
    offline = [
        row
        for row in shipped_measurements(Names.of(load_catalogue()))
        if row.kind == "mlperf_offline"
    ]
    with resource("serving", "mlperf_slo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        same = [
            other
            for other in offline
            if _round(other.source) == _round(row["source"])
            and other.model_name == row["model"]
            and other.accelerator_name == row["gpu"]
            and other.accelerators == int(row["n_gpus"])
        ]
        system = [o for o in same if _system(o.source) == _system(row["source"])]
        same = sorted(system or same, key=lambda o: o.output_tokens_per_s)
        if same:
            ttft, tpot = LIMITS[row["model"], row["kind"]]
            middle = same[len(same) // 2]
            value = float(row["value_total"])
            found.append(Limited(row["kind"], value, ttft, tpot, middle))
    return tuple(found), len(rows) - len(found)


def predicted(result: Limited, parameters: Parameters, *, anchored: bool) -> float:
    """Output tokens per second of the system within its limits, by the serving model.

    Anchored, all times are scaled so that the Offline result comes out as measured.
    """
    offline = result.offline
    modelled = _Modelled(offline, parameters)
    speed = 1.0
    if anchored:
        full = modelled.at(modelled.most, speed)[1].max() * offline.replicas
        speed = offline.output_tokens_per_s / full
    replica, tokens = modelled.at(modelled.most ** (np.arange(64) / 63), speed)
    load = best_load(
        replica, ttft=result.ttft, tpot=result.tpot, percentile=PERCENTILE, most=MOST_LOAD
    )
    return float((load * tokens).max() * offline.replicas)


class _Modelled:
    """One replica of a system."""

    def __init__(self, row: Measurement, parameters: Parameters) -> None:
        self._row = row
        stack = stack_of_row(row, load_catalogue())
        requests = Requests(row.input_tokens, row.output_tokens, VARIATION, VARIATION)
        point = point_of(stack, requests.traffic())
        self._by = parameters.coefficients(
            stack.family, stack.link, stack.framework, stack.widths(point.chip)
        )
        self._factor = correction_of(stack, parameters).factor
        self._wide = Point(*(getattr(point, part).at((..., None)) for part in Point.__slots__))
        self.most = np.clip(memory_of(point).sequences, 1.0, MOST_SEQUENCES)[..., None]

    def at(self, batch: Numbers, speed: float) -> tuple[Replica, Numbers]:
        """The replica at limits on the batch, and its output tokens per second if always full."""
        row = self._row
        steady = run(self._wide, self._by, batch, numbers(speed * self._factor)).steady
        growth = batch_growth(batch, steady.decoding) if batch.size > 1 else 0.0
        replica = Replica.of(
            slots=batch,
            step=steady.decoding,
            growth=growth,
            prefill=steady.prefill,
            chunks=row.input_tokens / CHUNK,
            output=row.output_tokens,
            input_variation=VARIATION,
            output_variation=VARIATION,
            ranks=row.data,
            sharing=row.replicas,
        )
        return replica, steady.output_tokens


def _round(source: str) -> str:
    found = re.search(r"v4\.1|v5\.[01]", source)
    return found.group(0) if found else ""


def _system(source: str) -> str | None:
    found = re.search(r"results/([^/]+)/", source)
    return found.group(1) if found else source
