"""The prediction of one replica as a person reads it in a terminal, and as JSON."""

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from pricing.cli.numbers import NONE, count, percent, significant
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.plurals import Written
from pricing.serving import Prediction
from pricing.serving.columns import Numbers

SCHEMA = 1
"""Number of the form of the JSON; it rises when a key changes its meaning or goes."""
_GIB = 2**30
_EVIDENCE = {
    "measured": _(
        "Measured near here: {rows:point|points} of this model, accelerator and software."
    ),
    "interpolated": _(
        "Interpolated: this accelerator family was measured with this software and other models."
    ),
    "unseen stack": _(
        "Extrapolated: this accelerator family and this software were measured, but not together."
    ),
    "unseen accelerator": _(
        "Extrapolated: nothing of this accelerator's family was measured; measure your own."
    ),
}


def title(found: Prediction) -> str:
    """What is predicted."""
    stack, requests = found.stack, found.requests
    return _("{model} in {precision} on {count} x {accelerator}, {input} + {output} tokens").format(
        model=stack.model.name,
        precision=stack.precision,
        count=stack.accelerators,
        accelerator=stack.accelerator.name,
        input=count(requests.input),
        output=count(requests.output),
    )


def lines(found: Prediction, width: int) -> list[str]:
    """Throughput and latency, memory, the time of a step, and how sure all that is."""
    return [
        *_at_work(found, width),
        "",
        *_step(found, width),
        "",
        *wrapped(_memory(found), width),
        *wrapped(_sureness(found), width),
    ]


def document(found: Prediction) -> dict[str, Any]:
    """The prediction with the keys of --json; seconds, bytes and shares of 1."""
    stack, steady, parts = found.stack, found.run.steady, _parts(found)
    low, high = found.correction.low, found.correction.high
    return {
        "schema": SCHEMA,
        "model": stack.model.id,
        "accelerator": stack.accelerator.id,
        "accelerators": stack.accelerators,
        "tensor_parallel": stack.tensor,
        "data_parallel": stack.data,
        "pipeline_parallel": stack.pipeline,
        "software": stack.framework,
        "precision": stack.precision,
        "kv_precision": stack.kv_precision,
        "input_tokens": found.requests.input,
        "output_tokens": found.requests.output,
        "evidence": asdict(found.correction),
        "memory": {name: float(getattr(found.memory, name)) for name in found.memory.names()},
        "points": [
            {
                "concurrency": float(batch),
                "output_tokens_per_s": _spread(tokens, tokens * low, tokens * high),
                "tpot_s": _spread(tpot, tpot / high, tpot / low),
                "ttft_s": _spread(ttft, ttft / high, ttft / low),
                "joules_per_token": float(joules) if math.isfinite(joules) else None,
                "step_s": {name: float(part[at]) for name, part in parts.items()},
            }
            for at, (batch, tokens, tpot, ttft, joules) in enumerate(
                zip(
                    steady.batch,
                    steady.output_tokens,
                    steady.tpot,
                    steady.ttft,
                    found.joules_per_token,
                    strict=True,
                )
            )
        ],
    }


def _spread(typical: float, low: float, high: float) -> dict[str, float]:
    return {"low": float(low), "typical": float(typical), "high": float(high)}


def _at_work(found: Prediction, width: int) -> list[str]:
    steady, low, high = found.run.steady, found.correction.low, found.correction.high
    headings = [
        _("Requests at once"), _("Output tokens/s"), _("from"), _("to"), _("ms per token"),
        _("s to first token"), _("J per token"),
    ]  # fmt: skip
    rows = [
        [
            count(float(batch)) if batch == int(batch) else f"{batch:,.0f}",
            significant(float(tokens), 3),
            significant(float(tokens) * low, 3),
            significant(float(tokens) * high, 3),
            significant(float(tpot) * 1000, 3),
            significant(float(ttft), 3),
            significant(float(joules), 3) if math.isfinite(joules) else NONE,
        ]
        for batch, tokens, tpot, ttft, joules in zip(
            steady.batch,
            steady.output_tokens,
            steady.tpot,
            steady.ttft,
            found.joules_per_token,
            strict=True,
        )
    ]
    return table(headings, rows, width)


def _step(found: Prediction, width: int) -> list[str]:
    steady, parts, output = found.run.steady, _parts(found), found.requests.output
    headings = [
        _("A step is spent on"), _("weights"), _("KV cache"), _("compute"), _("links"),
        _("software"), _("prefill"),
    ]  # fmt: skip
    names = ("weights", "kv", "compute", "communication", "overhead")
    rows = []
    for at, batch in enumerate(steady.batch):
        spent = [float(parts[name][at]) for name in names]
        prefill = float(batch * parts["prefill"][at] - parts["hidden"][at]) / output
        spent.append(max(prefill, 0.0))
        shares = [f"{part / sum(spent) * 100:.0f} %" for part in spent]
        rows.append([_("{count} at once").format(count=f"{batch:,.0f}"), *shares])
    return table(headings, rows, width)


def _parts(found: Prediction) -> dict[str, Numbers]:
    """Seconds of each part of a step, of shape (points,)."""
    step, shape = found.run.step, found.run.steady.batch.shape
    return {name: np.broadcast_to(getattr(step, name), shape) for name in step.names()}


def _memory(found: Prediction) -> str:
    memory = found.memory
    return _(
        "Of {total} GiB per accelerator, weights take {weights} and buffers {buffers}; a request "
        "takes {each} GiB of KV cache, so about {fit} fit at once."
    ).format(
        total=significant(float(memory.total) / _GIB, 3),
        weights=significant(float(memory.weights) / _GIB, 3),
        buffers=significant(float(memory.activations) / _GIB, 3),
        each=significant(float(memory.per_sequence) / _GIB, 3),
        fit=f"{float(memory.sequences):,.0f}",
    )


def _sureness(found: Prediction) -> str:
    correction = found.correction
    said = _EVIDENCE[correction.evidence].format(rows=Written(correction.rows))
    interval = _("80 % interval: {low} to {high} of the throughput.").format(
        low=percent(correction.low), high=percent(correction.high)
    )
    return f"{said} {interval}"
