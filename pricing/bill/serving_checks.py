"""What a reader must know about a prediction: how it is founded, and what it leaves open."""

from pricing.bill.book import Book
from pricing.bill.prediction import Prediction
from pricing.catalogue.licences import licence_of
from pricing.plan.option import SelfHosted
from pricing.plan.workload import RequestClass
from pricing.routing.context import NOTED_TAIL, share_beyond
from pricing.serving.extrapolation import beyond_measurements
from pricing.serving.precision import FORMATS

ALWAYS_NEEDED = {
    "memory_gb": "memory",
    "bandwidth_gb_s": "memory bandwidth",
    "bf16_tflops": "16-bit throughput",
}
"""Figures of an accelerator that every prediction rests on."""

BY_PRECISION = {
    "fp8": ("fp8_tflops", "8-bit throughput"),
    "int8": ("int8_tops", "8-bit integer throughput"),
    "nvfp4": ("fp4_tflops", "4-bit throughput"),
    "mxfp4": ("fp4_tflops", "4-bit throughput"),
}
"""Further figures, by the precision of the weights."""


def note_serving(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    """Note how well the work of an option's servers is known."""
    _note_evidence(book, option, prediction)
    _note_beyond(book, option, prediction)
    _note_idle(book, option, prediction)
    _note_risk(book, option, prediction)
    _note_unverified(book, option, prediction)
    _note_quality(book, option, prediction)
    _note_licence(book, option, prediction)
    for request_class in book.plan.workload:
        if request_class.id in prediction.work.seconds:
            _note_tail(book, option, prediction, request_class)


def _note_evidence(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    correction, setup = prediction.work.correction, prediction.setup
    path = f"options.{option.id}.serving"
    figures = list(prediction.work.seconds.values())
    less = max(100 * (1 - (of.low or of.value) / of.value) for of in figures)
    more = max(100 * ((of.high or of.value) / of.value - 1) for of in figures)
    if correction.evidence == "unseen accelerator":
        book.find(
            "serving.unseen_accelerator", f"{path}.accelerator", option=option.name,
            accelerator=setup.hardware.accelerator.name, less=round(less), more=round(more),
        )  # fmt: skip
    elif correction.evidence == "unseen stack":
        book.find(
            "serving.unseen_stack", f"{path}.framework", "note", option=option.name,
            accelerator=setup.hardware.accelerator.name, less=round(less), more=round(more),
        )  # fmt: skip
    if prediction.anchors:
        book.find(
            "serving.own_measurements", path, "note", option=option.name,
            points=len(prediction.anchors), model=setup.model.name,
            accelerator=setup.hardware.accelerator.name,
        )  # fmt: skip
    if prediction.left_out:
        book.find(
            "serving.left_out", path, option=option.name, points=len(prediction.left_out),
            model=setup.model.name, accelerator=setup.hardware.accelerator.name,
        )  # fmt: skip


def _note_beyond(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    """What the calibration has not seen, and the buyer's own points may have."""
    work = prediction.work
    requests = [of_class.requests for of_class in work.classes.values()]
    if not prediction.anchors and (what := beyond_measurements(work.stack, requests)):
        book.find(
            "serving.beyond_measurements", f"options.{option.id}.serving", "note",
            option=option.name, what=", ".join(what),
        )  # fmt: skip


def _note_idle(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    """Accelerators that are paid for and belong to no replica."""
    work, count = prediction.work, prediction.setup.hardware.accelerators
    if idle := count - work.replicas * work.stack.accelerators:
        book.find(
            "serving.idle_accelerators", f"options.{option.id}.serving.tensor_parallel",
            option=option.name, idle=idle, all=count, each=work.stack.accelerators,
        )  # fmt: skip


def _note_risk(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    """Targets that are kept as predicted, and not where everything is as slow as may be."""
    work = prediction.work.classes
    names = [c.name for c in book.plan.workload if c.id in work and not work[c.id].ends.keeps]
    if names:
        book.find(
            "serving.targets_at_risk", f"options.{option.id}.serving.targets",
            option=option.name, classes=" and ".join(names),
        )  # fmt: skip


def _note_unverified(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    sheet = prediction.setup.hardware.accelerator
    needed = dict(ALWAYS_NEEDED)
    if prediction.setup.serving.precision in BY_PRECISION:
        needed.update([BY_PRECISION[prediction.setup.serving.precision]])
    if prediction.work.stack.accelerators > 1:
        needed["interconnect_gb_s"] = "link bandwidth"
    doubtful = [words for name, words in needed.items() if name in sheet.unverified]
    if doubtful:
        book.find(
            "serving.unverified", f"options.{option.id}.serving.accelerator", "note",
            option=option.name, accelerator=sheet.name, figures=", ".join(doubtful),
        )  # fmt: skip


def _note_quality(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    """Weights below the precision they were published in answer differently (E7)."""
    serving, model = prediction.setup.serving, prediction.setup.model
    if FORMATS[serving.precision].bytes >= _native_bytes(model.native_dtype):
        return
    path, change = f"options.{option.id}.serving.quality_change", serving.quality_change
    if change.is_left_out:
        book.find(
            "precision.quality_unknown", path, option=option.name, model=model.name,
            native=model.native_dtype, precision=serving.precision,
        )  # fmt: skip
    elif change.value:
        book.find(
            "precision.quality_changed", path, "note", option=option.name, model=model.name,
            native=model.native_dtype, precision=serving.precision,
            change=f"{100 * change.value:+.3g} points", source=change.source,
        )  # fmt: skip


def _native_bytes(native: str) -> float:
    """Bytes of a published weight, from its name: bfloat16, float8_e4m3fn, mxfp4 (MoE) / bf16."""
    text = native.lower()
    if "fp4" in text or "int4" in text:
        return 0.5
    return 1 if any(name in text for name in ("fp8", "float8", "int8")) else 2


def _note_licence(book: Book, option: SelfHosted, prediction: Prediction) -> None:
    model = prediction.setup.model
    licence = licence_of(model.licence)
    if licence.use == "not allowed":
        book.find(
            "licence.not_allowed", f"options.{option.id}.serving.model", option=option.name,
            model=model.name, licence=licence.name, why=licence.conditions,
        )  # fmt: skip


def _note_tail(
    book: Book, option: SelfHosted, prediction: Prediction, request_class: RequestClass
) -> None:
    """Requests whose input, lognormal around the stated mean, overruns the context."""
    window = prediction.setup.model.max_context
    if window is None:
        return
    share = share_beyond(request_class, window)
    if share >= NOTED_TAIL:
        book.find(
            "context.tail", f"workload.{request_class.id}.input_variation", option=option.name,
            request_class=request_class.name, share=float(f"{100 * share:.2g}"),
            window=window, model=prediction.setup.model.name,
        )  # fmt: skip
