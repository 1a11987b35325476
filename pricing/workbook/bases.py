"""What predictions of a plan rest on: the calibration, measured stacks and the buyer's points."""

from collections.abc import Iterator, Mapping

from pricing.bill import Prediction
from pricing.evaluation import Evaluation
from pricing.plan.measurement import OwnMeasurement
from pricing.serving.parameters import load_parameters
from pricing.workbook.contents import Basis

CALIBRATION = "Calibration of Reckoner's serving model (resources/serving/parameters.json)"


def bases_of(evaluation: Evaluation) -> tuple[Basis, ...]:
    """One row for the calibration, one per measured stack, one per own point that was used."""
    predictions = evaluation.bill.predictions
    if not predictions:
        return ()
    names = {option.id: option.name for option in evaluation.plan.options}
    known = load_parameters()
    own = dict.fromkeys(point for of in predictions.values() for point in of.anchors)
    every = ", ".join(names[option_id] for option_id in predictions)
    return (
        Basis(CALIBRATION, known.data_date, known.rows, every),
        *_measured(predictions, names),
        *(_own(point) for point in own),
    )


def _measured(predictions: Mapping[str, Prediction], names: Mapping[str, str]) -> Iterator[Basis]:
    """Public measurements of the very model, accelerator and software of an option."""
    users: dict[tuple[str, int], list[str]] = {}
    for option_id, prediction in predictions.items():
        correction = prediction.work.correction
        public = correction.rows - correction.own
        if public > 0:
            what = f"{_stack(prediction)} by {', '.join(correction.sources)}"
            users.setdefault((what, public), []).append(names[option_id])
    for (what, rows), options in users.items():
        yield Basis(f"Measurements of {what}", None, rows, ", ".join(options))


def _stack(prediction: Prediction) -> str:
    model, hardware = prediction.setup.model, prediction.setup.hardware
    return f"{model.name} on {hardware.accelerator.name}"


def _own(point: OwnMeasurement) -> Basis:
    ways = point.tensor_parallel * point.pipeline_parallel * point.data_parallel
    setup = f"{point.replicas} x {ways}" if point.replicas > 1 else f"{ways}"
    flight = (
        "as many requests as fit"
        if point.concurrency is None
        else (f"{point.concurrency:,.6g} requests in flight")
    )
    return Basis(
        f"Own measurement: {point.source}",
        point.as_of,
        1,
        f"{point.model} in {point.precision} on {setup} {point.accelerator} with "
        f"{point.framework}, {point.input_tokens:,.6g} + {point.output_tokens:,.6g} tokens, "
        f"{flight}: {point.output_tokens_per_second:,.6g} output tokens/s",
    )
