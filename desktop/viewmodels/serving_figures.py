"""The key figures of a prediction, each with its 80 % interval."""

import math

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_shown import KeyFigure
from desktop.viewmodels.serving_words import faster, interval_text, slower
from desktop.viewmodels.words import compact, full, number, percent, significant
from pricing.bill.prediction import Prediction
from pricing.plan.workload import RequestClass
from pricing.serving.predict import Interval
from pricing.serving.work import ClassWork


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def key_figures(
    prediction: Prediction, of_class: ClassWork, request_class: RequestClass
) -> tuple[KeyFigure, ...]:
    """Latency, throughput, server time, usable share and energy of a class on one server."""
    work, chosen, level = prediction.work, of_class.operation, of_class.level
    correction = work.correction
    tokens = faster(float(chosen.output_tokens) * work.replicas, correction)
    tpot = slower(float(chosen.tpot_at), correction)
    ttft = slower(float(chosen.ttft_unloaded), correction)
    seconds = work.seconds[request_class.id]
    each = Interval(seconds.low or seconds.value, seconds.value, seconds.high or seconds.value)
    return (
        KeyFigure(
            _t("First token, unloaded"),
            _seconds(ttft.typical),
            _ends(ttft),
            _t("Time to first token of a request that does not wait (TTFT).")
            + _kept(level.ttft, _t("s"), 1.0, level.percentile),
        ),
        KeyFigure(
            _t("Per token, {n} % within").format(n=level.percentile),
            _t("{n} ms").format(n=significant(tpot.typical * 1e3)),
            interval_text(tpot, _t("ms"), 1e3),
            _t(
                "Time per output token after the first (TPOT) that {n} % of requests keep at the "
                "load planned; with batches always full it is {mean} ms on average."
            ).format(n=level.percentile, mean=significant(float(chosen.tpot) * 1e3))
            + _kept(level.tpot, _t("ms"), 1e3, level.percentile),
        ),
        KeyFigure(
            _t("Output tokens/s"),
            compact(tokens.typical),
            interval_text(tokens),
            _t("Output tokens per second of one server with its batches always full."),
        ),
        KeyFigure(
            _t("Server time"),
            _seconds(each.typical),
            _ends(each),
            _t("Time of one server for one request: what the bill counts with.")
            + _at_ends(of_class),
        ),
        KeyFigure(
            _t("Usable share"),
            percent(work.usable_share.value),
            _t("{n} for this class alone").format(n=percent(float(chosen.load))),
            _t("Share of a server's time that may be planned with: {note}.").format(
                note=work.usable_share.note
            ),
        ),
        _energy(prediction, tokens.typical),
    )


def _seconds(value: float) -> str:
    if value >= 1:
        return _t("{n} s").format(n=significant(value))
    return _t("{n} ms").format(n=significant(value * 1e3))


def _ends(interval: Interval) -> str:
    """Both ends of a time, in the unit in which the time itself is shown."""
    if interval.typical >= 1:
        return interval_text(interval, _t("s"))
    return interval_text(interval, _t("ms"), 1e3)


def _at_ends(of_class: ClassWork) -> str:
    """What the ends of the server time mean where there are targets."""
    level = of_class.level
    if not (math.isfinite(level.ttft) or math.isfinite(level.tpot)):
        return ""
    if of_class.ends.keeps:
        return " " + _t("The targets are kept at both ends, where that means less load too.")
    return " " + _t("At the slow end no load keeps the targets.")


def _kept(target: float, unit: str, scale: float, percentile: int) -> str:
    if not math.isfinite(target):
        return ""
    return " " + _t("Target: {n} {unit} for {percentile} % of requests.").format(
        n=full(target * scale), unit=unit, percentile=percentile
    )


def _energy(prediction: Prediction, tokens: float) -> KeyFigure:
    """Energy with all accelerators at full power."""
    sheet, work = prediction.work.stack.accelerator, prediction.work
    title = _t("Energy per token")
    power, what = 0.0, ""
    if sheet.all_in_kw is not None:
        power, what = sheet.all_in_kw.value * 1e3, _t("with their share of the server")
    elif sheet.tdp_w is not None:
        power, what = sheet.tdp_w.value, _t("accelerators alone")
    if not power or tokens <= 0:
        return KeyFigure(title, "–", _t("power not known"), _t("The data sheet states no power."))
    joules = power * work.replicas * work.stack.accelerators / tokens
    return KeyFigure(
        title,
        _t("{n} J").format(n=significant(joules)),
        interval_text(slower(joules, work.correction), _t("J")),
        _t("Per output token, all accelerators at {watt} W, {what}, batches full.").format(
            watt=number(power, 0), what=what
        ),
    )
