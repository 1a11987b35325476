"""Predictions in words: how well they are founded, how far off they may be, what they amount to."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_setup import Outcome, classes_of
from desktop.viewmodels.words import compact, number, percent, significant
from pricing.bill.prediction import Prediction
from pricing.bill.serving_checks import ALWAYS_NEEDED, BY_PRECISION
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plurals import Written
from pricing.serving.evidence import Correction, Evidence
from pricing.serving.predict import Interval
from pricing.serving.stack import Stack


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def evidence_word(evidence: Evidence) -> str:
    """What a prediction rests on, in a few words."""
    return {
        "measured": _t("measured near here"),
        "interpolated": _t("interpolated"),
        "unseen stack": _t("unseen stack"),
        "unseen accelerator": _t("unseen accelerator"),
    }[evidence]


def evidence_sentence(correction: Correction) -> str:
    """What a prediction rests on, and how wide its 80 % interval is for that."""
    why = {
        "measured": _t(
            "Measured near here: {rows} points of this model on this accelerator with such "
            "software."
        ),
        "interpolated": _t(
            "Interpolated: this accelerator family was measured with such software, but not with "
            "this model."
        ),
        "unseen stack": _t(
            "Unseen stack: the accelerator family was measured, but not with such software."
        ),
        "unseen accelerator": _t(
            "Unseen accelerator: nothing of its family was measured, so all rests on data sheets."
        ),
    }[correction.evidence].format(rows=number(correction.rows, 0))
    if correction.own:
        why += " " + _t("{n:point|points} of your own {n:~anchors|anchor} it.").format(
            n=Written(number(correction.own, 0))
        )
    return (
        why
        + " "
        + _t(
            "In 8 of 10 cases throughput lies between {low} and {high} of what is predicted."
        ).format(low=percent(correction.low), high=percent(correction.high))
    )


def interval_text(interval: Interval, unit: str = "", scale: float = 1.0) -> str:
    """Both ends of an interval: 28.9 – 64.1 ms."""
    ends = " – ".join(
        significant(end * scale) if end * scale < 1e4 else compact(end * scale)
        for end in (interval.low, interval.high)
    )
    return f"{ends} {unit}".rstrip()


def faster(typical: float, correction: Correction) -> Interval:
    """A throughput with its 80 % interval."""
    return Interval(typical * correction.low, typical, typical * correction.high)


def slower(typical: float, correction: Correction) -> Interval:
    """A time or an energy with its 80 % interval; low is the fast end."""
    return Interval(typical / correction.high, typical, typical / correction.low)


def requests_a_second(prediction: Prediction, class_id: str) -> float:
    """Requests of one class per second that one server may be planned with."""
    work = prediction.work
    return work.usable_share.value / work.seconds[class_id].value


def in_one_line(outcome: Outcome, option: SelfHosted, plan: Plan) -> str:
    """What one server does, class by class; empty where nothing is predicted."""
    if outcome.prediction is None:
        return ""
    template = _t("{n} requests/s of {name}")
    each = [
        template.format(n=significant(requests_a_second(outcome.prediction, c.id)), name=c.name)
        for c in classes_of(option, plan)
    ]
    word = evidence_word(outcome.prediction.work.correction.evidence)
    shown = _t(" or ").join(each[:3]) + (" …" if len(each) > 3 else "")
    return _t("One server: {each} · {evidence}").format(each=shown, evidence=word)


def layout_words(prediction: Prediction) -> str:
    """How many replicas one server holds, and how each is spread."""
    stack, replicas = prediction.work.stack, prediction.work.replicas
    ways = [
        _t("{name} {n}").format(name=name, n=n)
        for name, n in (
            (_t("tensor parallel"), stack.tensor),
            (_t("pipeline parallel"), stack.pipeline),
            (_t("data parallel"), stack.data),
        )
        if n > 1
    ]
    held = (
        _t("1 replica on {n} × {accelerator}")
        if replicas == 1
        else _t("{replicas} replicas on {n} × {accelerator} each")
    ).format(replicas=replicas, n=stack.accelerators, accelerator=stack.accelerator.name)
    return f"{held} ({', '.join(ways)})" if ways else held


def doubtful_figures(prediction: Prediction) -> str:
    """Figures of the data sheets that nobody could check and that the prediction rests on."""
    return not_verified(prediction.work.stack)


def not_verified(stack: Stack) -> str:
    """The same for a stack, as a sentence; empty where all was checked."""
    needed = dict(ALWAYS_NEEDED)
    if stack.precision in BY_PRECISION:
        needed.update([BY_PRECISION[stack.precision]])
    if stack.accelerators > 1:
        needed["interconnect_gb_s"] = "link bandwidth"
    sheet = stack.accelerator
    doubtful = [_t(words) for name, words in needed.items() if name in sheet.unverified]
    if not doubtful:
        return ""
    return _t("Not verified by any source: {figures} of {accelerator}.").format(
        figures=", ".join(doubtful), accelerator=sheet.name
    )
