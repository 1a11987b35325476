"""Where the time of a token goes, and what fills the memory of an accelerator."""

from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.charts.spec import Limit, Piece, Strip
from desktop.viewmodels.words import percent, significant
from pricing.bill.prediction import Prediction
from pricing.serving.columns import Numbers
from pricing.serving.memory import Memory
from pricing.serving.stack import Stack
from pricing.serving.work import ClassWork

MS = 1000.0
GIB = 2.0**30
COLOURS: Final = {
    "weights": "#77AADD",
    "kv": "#44BB99",
    "compute": "#EEDD88",
    "communication": "#FFAABB",
    "overhead": "#EE8866",
    "prefill": "#99DDFF",
    "activations": "#EEDD88",
    "reserved": "#C8CDD4",
}
"""Paul Tol's "light" set (technical note, 2021), as for the categories of a bill."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def milliseconds(value: float) -> str:
    """A time with its unit."""
    return _t("{n} ms").format(n=significant(value, 2 if value < 10 else 3))


def gibibytes(value: float) -> str:
    """A size of memory with its unit."""
    return _t("{n} GiB").format(n=significant(value))


def step_parts(of_class: ClassWork) -> dict[str, float]:
    """Milliseconds of one output token at the batch chosen, by what takes them.

    What is left of the time per token beside decoding is prefill of other requests.
    """
    batch, step = of_class.sweep.all.batch, of_class.sweep.run.step
    at = np.log(float(of_class.operation.batch))
    parts = {
        name: float(np.interp(at, np.log(batch), np.broadcast_to(getattr(step, name), batch.shape)))
        * MS
        for name in ("weights", "kv", "compute", "communication", "overhead")
    }
    parts["prefill"] = max(float(of_class.operation.tpot) * MS - sum(parts.values()), 0.0)
    return parts


def step_strip(of_class: ClassWork) -> Strip:
    """The time of one output token as a strip."""
    names = {
        "weights": _t("Reading weights"),
        "kv": _t("Reading KV cache"),
        "compute": _t("Computing"),
        "communication": _t("Communication"),
        "overhead": _t("Software"),
        "prefill": _t("Prefill of other requests"),
    }
    parts = step_parts(of_class)
    whole = sum(parts.values())
    largest = max(parts, key=lambda name: parts[name])
    title = _t("{part} takes {share} of the {whole} of a token in full batches").format(
        part=names[largest],
        share=percent(parts[largest] / whole if whole else 0.0),
        whole=milliseconds(whole),
    )
    return Strip(
        title=title,
        summary=_t("Time of one output token by what takes it. {title}.").format(title=title),
        pieces=tuple(
            Piece(names[name], COLOURS[name], value) for name, value in parts.items() if value > 0
        ),
        number=milliseconds,
        heading=_t("Part"),
        unit=_t("ms"),
    )


def memory_strip(prediction: Prediction, of_class: ClassWork) -> Strip:
    """What fills one accelerator at the batch chosen."""
    stack, memory = prediction.work.stack, of_class.sweep.run.memory
    held = _one(memory.per_sequence) * float(of_class.operation.batch) / stack.data
    return _memory(stack, memory, held)


def overfull_strip(stack: Stack, memory: Memory) -> Strip:
    """What one accelerator would have to hold where that does not fit: one request alone."""
    free = _one(memory.budget) - _one(memory.weights) - _one(memory.activations)
    held = free / max(_one(memory.sequences), 1e-9) if free > 0 else 0.0
    return _memory(stack, memory, held)


def _one(value: Numbers) -> float:
    """The number in an array that holds one."""
    return float(np.ravel(value)[0])


def _memory(stack: Stack, memory: Memory, cache: float) -> Strip:
    total, budget = _one(memory.total), _one(memory.budget)
    weights, activations = _one(memory.weights), _one(memory.activations)
    used = weights + activations + cache
    over = used > budget * (1 + 1e-9)
    pieces = [
        Piece(_t("Weights"), COLOURS["weights"], weights / GIB),
        Piece(_t("Activations and buffers"), COLOURS["activations"], activations / GIB),
        Piece(_t("KV cache in use"), COLOURS["kv"], cache / GIB),
    ]
    if over:
        template = _t(
            "It does not fit: {used} are needed on each {accelerator}, {budget} are usable"
        )
    else:
        pieces.append(Piece(_t("Free"), "", (budget - used) / GIB))
        pieces.append(Piece(_t("Kept in reserve"), COLOURS["reserved"], (total - budget) / GIB))
        template = _t("{used} of {budget} usable memory are in use on each {accelerator}")
    title = template.format(
        used=gibibytes(used / GIB),
        budget=gibibytes(budget / GIB),
        accelerator=stack.accelerator.name,
    )
    limit = Limit(budget / GIB, _t("usable: {n}").format(n=gibibytes(budget / GIB)))
    return Strip(
        title=title,
        summary=_t("Memory of one accelerator. {title}.").format(title=title),
        pieces=tuple(piece for piece in pieces if piece.value > 0),
        number=gibibytes,
        limit=limit if over else None,
        heading=_t("Part"),
        unit=_t("GiB"),
    )
