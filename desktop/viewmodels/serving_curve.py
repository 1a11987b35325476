"""The chart of throughput against time per token: what larger batches buy, and what they cost."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.charts.spec import Band, Curve, Dot, FloatArray, Limit
from desktop.viewmodels.words import compact, full, number, percent, significant
from pricing.bill.prediction import Prediction
from pricing.serving.capacity import Operation
from pricing.serving.measured.nearby import NearPoint
from pricing.serving.work import ClassWork

MARKED = (1, 8, 64, 512)
"""Requests at once that are marked on the curve."""
ROOM = 2.0
"""How far the axis goes beyond the point chosen and the target."""
MARGIN = 1.15
MS = 1000.0


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def serving_curve(
    prediction: Prediction, of_class: ClassWork, points: tuple[NearPoint, ...], colour: str
) -> Curve:
    """The curve of one request class on one server."""
    replicas, correction = prediction.work.replicas, prediction.work.correction
    every, chosen = of_class.sweep.all, of_class.operation
    x, y = every.tpot * MS, every.output_tokens * replicas
    limit = _limit(of_class)
    right = min(
        max(float(chosen.tpot_at) * MS, float(chosen.tpot) * MS, limit.x if limit else 0.0) * ROOM,
        max(float(x[-1]) / correction.low, float(chosen.tpot_at) * MS * MARGIN),
    )
    title = _title(of_class, replicas)
    return Curve(
        title=title,
        summary=_t(
            "Output tokens per second of one server against the mean time per output token, for "
            "batches from 1 to {most} requests per replica. {title}. {n} measured points near it."
        ).format(most=number(float(every.batch[-1]), 0), title=title, n=len(points)),
        x_title=_t("time per output token, ms (curve: mean with batches always full)"),
        y_title=_t("output tokens/s of one server"),
        x=x,
        y=y,
        labels=tuple(_label(every, index, replicas) for index in range(len(x))),
        colour=colour,
        number=compact,
        x_number=full,
        chosen=Dot(float(chosen.tpot_at) * MS, _planned(of_class, replicas), _at(of_class)),
        right=right,
        steps=_steps(every.batch),
        band=Band(
            _t("80 % interval"),
            x / correction.low,
            y * correction.low,
            x / correction.high,
            y * correction.high,
        ),
        limit=limit,
        dots=tuple(_dot(point) for point in points),
        legend=(
            _t("measured on this accelerator"),
            _t("measured on one of its family"),
            _t("your own measurements"),
        ),
        headings=(
            _t("Requests at once per replica"),
            _t("Mean ms per output token"),
            _t("Output tokens/s of one server"),
            _t("Low end"),
            _t("High end"),
        ),
        rows=tuple(
            (number(b, 0), t, v, v * correction.low, v * correction.high)
            for b, t, v in zip(every.batch.tolist(), x.tolist(), y.tolist(), strict=True)
        ),
    )


def _planned(of_class: ClassWork, replicas: int) -> float:
    """Output tokens per second of one server at the load that keeps the targets."""
    chosen = of_class.operation
    return float(chosen.output_tokens * chosen.load) * replicas


def _title(of_class: ClassWork, replicas: int) -> str:
    level, done = of_class.level, compact(_planned(of_class, replicas))
    if math.isfinite(level.tpot):
        template = _t(
            "With {target} ms per token for {n} % of requests one server gives {done} output "
            "tokens/s"
        )
        return template.format(target=full(level.tpot * MS), n=level.percentile, done=done)
    if math.isfinite(level.ttft):
        template = _t(
            "With the first token in {target} s for {n} % of requests one server gives {done} "
            "output tokens/s"
        )
        return template.format(target=full(level.ttft), n=level.percentile, done=done)
    return _t("Without a target one server gives {done} output tokens/s").format(done=done)


def _at(of_class: ClassWork) -> str:
    chosen = of_class.operation
    return _t(
        "planned: {load} load, up to {n} at once,\n{tpot} ms for {share} % of requests"
    ).format(
        load=percent(float(chosen.load)),
        n=number(float(chosen.batch), 0),
        tpot=significant(float(chosen.tpot_at) * MS),
        share=of_class.level.percentile,
    )


def _limit(of_class: ClassWork) -> Limit | None:
    level = of_class.level
    if not math.isfinite(level.tpot):
        return None
    text = _t("target: {target} ms for {n} % of requests").format(
        target=full(level.tpot * MS), n=level.percentile
    )
    return Limit(level.tpot * MS, text)


def _label(every: Operation, index: int, replicas: int) -> str:
    return _t(
        "{n} requests at once per replica\n{tpot} ms per token on average\n{done} output tokens/s"
    ).format(
        n=number(float(every.batch[index]), 0),
        tpot=significant(float(every.tpot[index]) * MS),
        done=compact(float(every.output_tokens[index]) * replicas),
    )


def _steps(batch: FloatArray) -> tuple[tuple[int, str], ...]:
    """The batches nearest to round numbers."""
    found = []
    for wanted in MARKED:
        if wanted <= batch[-1]:
            index = int(np.argmin(np.abs(np.log(batch / wanted))))
            found.append((index, number(float(batch[index]), 0)))
    return tuple(dict(found).items())


def _dot(point: NearPoint) -> Dot:
    lines = [
        _t("{model} in {precision} on {n} × {accelerator}").format(
            model=point.model,
            precision=point.precision,
            n=point.accelerators,
            accelerator=point.accelerator,
        ),
        _t("{i} + {o} tokens, {held}").format(
            i=number(point.input_tokens, 0),
            o=number(point.output_length, 0),
            held=_t("as many at once as fit")
            if math.isinf(point.concurrency)
            else _t("{n} at once").format(n=number(point.concurrency, 0)),
        ),
        _t("{done} output tokens/s when scaled to one server").format(
            done=compact(point.output_tokens)
        ),
    ]
    if math.isnan(point.tpot):
        lines.append(_t("The source tells no time per token."))
    else:
        how = (
            _t("{tpot} ms per token, from requests at once over throughput")
            if point.derived
            else _t("{tpot} ms per token")
        )
        lines.append(how.format(tpot=significant(point.tpot * MS)))
    lines.append(" · ".join(part for part in (point.framework, point.source, point.date) if part))
    return Dot(point.tpot * MS, point.output_tokens, "\n".join(lines), point.own, point.same)
