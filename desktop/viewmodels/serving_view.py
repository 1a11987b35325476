"""What the serving page shows of one option and one request class."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.charts.spec import Strip
from desktop.viewmodels.serving_curve import serving_curve
from desktop.viewmodels.serving_figures import key_figures
from desktop.viewmodels.serving_setup import classes_of, outcome_of
from desktop.viewmodels.serving_shown import ServingView
from desktop.viewmodels.serving_strips import memory_strip, overfull_strip, step_strip
from desktop.viewmodels.serving_words import (
    doubtful_figures,
    evidence_sentence,
    layout_words,
    requests_a_second,
)
from desktop.viewmodels.words import full, number, percent, significant
from pricing.bill.errors import BillError
from pricing.bill.prediction import Prediction
from pricing.bill.setup import setup_of
from pricing.catalogue import Catalogue
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from pricing.serving.errors import ServingError
from pricing.serving.measured.nearby import NearPoint, nearby
from pricing.serving.measured.sources import source_labels
from pricing.serving.memory import memory_of
from pricing.serving.software import stack_of
from pricing.serving.stack import Stack, point_of
from pricing.serving.work import ClassWork, requests_of


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def serving_view(
    plan: Plan, option_id: str, class_id: str, colour: str, catalogue: Catalogue
) -> ServingView:
    """Predict an option and put it in words, figures and charts.

    Args:
        plan: The plan.
        option_id: An option of it with predicted work.
        class_id: A class that it serves.
        colour: Of the option.
        catalogue: Where the plan's references are looked up.
    """
    option = next(o for o in plan.options if o.id == option_id)
    assert isinstance(option, SelfHosted)
    request_class = next(c for c in classes_of(option, plan) if c.id == class_id)
    outcome = outcome_of(option, plan, catalogue)
    prediction = outcome.prediction
    if prediction is None:
        return ServingView(
            finding=_t("{option} cannot be predicted as it is").format(option=option.name),
            second=outcome.problem,
            problem_path=outcome.path,
            memory=_overfull(option, request_class, plan, catalogue),
        )
    of_class = prediction.work.classes[class_id]
    points = nearby(
        prediction.work.stack,
        of_class.requests,
        prediction.work.replicas * prediction.work.stack.accelerators,
        catalogue,
        plan.measurements,
        plan.accelerators,
    )
    return ServingView(
        finding=_finding(prediction, request_class),
        second=_second(prediction, of_class),
        caveat=doubtful_figures(prediction),
        figures=key_figures(prediction, of_class, request_class),
        curve=serving_curve(prediction, of_class, points, colour),
        reading=_reading(of_class, points),
        step=step_strip(of_class),
        memory=memory_strip(prediction, of_class),
        evidence=evidence_sentence(prediction.work.correction),
        sources=_sources(prediction, request_class, points),
    )


def _finding(prediction: Prediction, request_class: RequestClass) -> str:
    hardware = prediction.setup.hardware
    return _t(
        "One server of {n} × {accelerator} answers {rate} requests of {name} a second"
    ).format(
        n=hardware.accelerators,
        accelerator=hardware.accelerator.name,
        rate=significant(requests_a_second(prediction, request_class.id)),
        name=request_class.name,
    )


def _second(prediction: Prediction, of_class: ClassWork) -> str:
    setup, chosen = prediction.setup, of_class.operation
    said = _t("{model} in {precision}, {layout}, up to {n} requests at once on each.").format(
        model=setup.model.name,
        precision=setup.serving.precision.upper(),
        layout=layout_words(prediction),
        n=number(float(chosen.batch), 0),
    )
    share, alone = prediction.work.usable_share.value, float(chosen.load)
    if share < alone - 0.005:
        planned = _t(
            "{share} of its time is planned, as another class of this option bears no more."
        )
    else:
        planned = _t("{share} of its time is planned.")
    return f"{said} {_what_sets_it(of_class)} {planned.format(share=percent(share))}"


def _what_sets_it(of_class: ClassWork) -> str:
    """Why the batch is as large as it is."""
    level, chosen, every = of_class.level, of_class.operation, of_class.sweep.all
    if float(chosen.batch) >= float(every.batch[-1]) * 0.999:
        held = float(np.ravel(of_class.sweep.run.memory.sequences)[0])
        if held <= float(every.batch[-1]) * 1.001:
            return _t("More do not fit into memory.")
        return _t("Serving software schedules no more at once.")
    if float(chosen.tpot_at) >= level.tpot * 0.97:
        return _t("More would miss the target of {n} ms per token.").format(
            n=full(level.tpot * 1000)
        )
    return _t("More would make the first token wait too long to carry as much load.")


def _reading(of_class: ClassWork, points: tuple[NearPoint, ...]) -> str:
    """What the curve says, in words."""
    chosen, every = of_class.operation, of_class.sweep.all
    half = float(chosen.tpot) / 2
    said = [
        _t(
            "To the right, larger batches do more work but answer each request more slowly; the "
            "ring lies below the curve, since a server whose batches are always full keeps no "
            "target for long."
        )
    ]
    if half >= float(every.tpot[0]):
        batch = float(_interpolated(half, every.tpot.tolist(), every.output_tokens.tolist()))
        said.append(
            _t("Batches with half the time per token would do {share} of the work.").format(
                share=percent(batch / float(chosen.output_tokens))
            )
        )
    else:
        fastest = float(every.output_tokens[0]) / float(chosen.output_tokens)
        said.append(
            _t("The fastest answers, {n} ms per token, would leave {share} of the work.").format(
                n=significant(float(every.tpot[0]) * 1e3), share=percent(fastest)
            )
        )
    if points:
        silent = sum(1 for point in points if math.isnan(point.tpot))
        said.append(
            _t("{n} measured points are near, whatever their precision and software.").format(
                n=number(len(points), 0)
            )
        )
        if silent:
            said.append(
                _t("{n} of them, at the right edge, tell no time per token.").format(
                    n=number(silent, 0)
                )
            )
    else:
        said.append(_t("Nothing was measured near it."))
    return " ".join(said)


def _interpolated(at: float, x: list[float], y: list[float]) -> float:
    for left, right, low, high in zip(x, x[1:], y, y[1:], strict=False):
        if left <= at <= right:
            return low + (high - low) * (at - left) / ((right - left) or 1.0)
    return y[-1]


def _sources(
    prediction: Prediction, request_class: RequestClass, points: tuple[NearPoint, ...]
) -> tuple[str, ...]:
    """The calibration, what it rests on here, and where the points drawn come from."""
    figure = prediction.work.seconds[request_class.id]
    model = f"{figure.source}, {figure.as_of.isoformat()}" if figure.as_of else figure.source
    published = [point.source for point in points if not point.own]
    drawn = [
        *source_labels(published, [""] * len(published)),
        *(", ".join(part for part in (p.source, p.date) if part) for p in points if p.own),
    ]
    sheet, correction = prediction.setup.hardware.accelerator, prediction.work.correction
    return tuple(
        dict.fromkeys(
            source
            for source in (
                model,
                *correction.own_sources,
                *correction.sources,
                *drawn,
                sheet.source,
            )
            if source
        )
    )


def _overfull(
    option: SelfHosted, request_class: RequestClass, plan: Plan, catalogue: Catalogue
) -> Strip | None:
    """The memory of one accelerator where even the widest layout does not fit."""
    try:
        setup = setup_of(option, plan, catalogue)
        serving, hardware = setup.serving, setup.hardware
        across = serving.pipeline_parallel * serving.data_parallel
        most = min(hardware.accelerators // across, hardware.accelerator.max_scale_up or 1)
        widest = max(
            (2**n for n in range(11) if 2**n <= most and setup.model.n_heads % 2**n == 0), default=1
        )
        stack = Stack(
            model=setup.model,
            accelerator=hardware.accelerator,
            framework=stack_of(serving.framework, hardware.accelerator.vendor),
            precision=serving.precision,
            kv_precision=serving.kv_precision,
            tensor=serving.tensor_parallel or widest,
            data=serving.data_parallel,
            pipeline=serving.pipeline_parallel,
            memory_overhead=serving.memory_overhead.value,
        )
        memory = memory_of(point_of(stack, requests_of(request_class, serving).traffic()))
    except (BillError, ServingError):
        return None
    return None if bool(memory.fits.all()) else overfull_strip(stack, memory)
