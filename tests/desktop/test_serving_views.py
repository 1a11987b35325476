"""What the serving page shows, as values: held against the prediction and against arithmetic."""

import numpy as np
import pytest

from desktop.viewmodels.serving_load import busiest_load
from desktop.viewmodels.serving_ranked import COST, EVIDENCE
from desktop.viewmodels.serving_ranking import as_option, ranking_view
from desktop.viewmodels.serving_setup import outcome_of
from desktop.viewmodels.serving_shown import ServingView
from desktop.viewmodels.serving_strips import step_parts
from desktop.viewmodels.serving_switch import as_predicted, as_stated
from desktop.viewmodels.serving_view import serving_view
from desktop.viewmodels.serving_words import requests_a_second
from pricing.bill.prediction import Prediction
from pricing.catalogue import load_catalogue
from pricing.plan.edit import edited
from pricing.plan.figure import PositiveAmount
from pricing.plan.option import OwnedServers, RentedGpus, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Serving, Targets

CATALOGUE = load_catalogue()
COLOUR = "#0072B2"


def serving(**changes: object) -> Serving:
    values: dict[str, object] = {
        "model": "llama-3.3-70b", "accelerator": "h100-sxm", "accelerators": 8, "precision": "fp8",
        "targets": {"ttft_seconds": 2, "tpot_milliseconds": 50},
    }  # fmt: skip
    return Serving.model_validate(values | changes)


@pytest.fixture(scope="module")
def predicted_plan(plan: Plan) -> Plan:
    return with_serving(plan, serving())


def with_serving(plan: Plan, of: Serving, option_id: str = "owned") -> Plan:
    option = next(o for o in plan.options if o.id == option_id)
    changed = option.model_copy(update={"capacity": None, "serving": of})
    return edited(plan, f"options.{option_id}", changed)


def hosted(plan: Plan, option_id: str = "owned") -> SelfHosted:
    option = next(o for o in plan.options if o.id == option_id)
    assert isinstance(option, SelfHosted)
    return option


def prediction_of(plan: Plan) -> Prediction:
    found = outcome_of(hosted(plan), plan, CATALOGUE).prediction
    assert found is not None
    return found


def view(plan: Plan, class_id: str = "chat") -> ServingView:
    return serving_view(plan, "owned", class_id, COLOUR, CATALOGUE)


def test_that_the_parts_of_a_step_add_up_to_the_time_per_token(predicted_plan: Plan) -> None:
    work = prediction_of(predicted_plan).work
    for of_class in work.classes.values():
        parts = step_parts(of_class)
        assert sum(parts.values()) == pytest.approx(float(of_class.operation.tpot) * 1000)
        assert min(parts.values()) >= 0


def test_that_the_pieces_of_memory_add_up_to_the_accelerators_memory(predicted_plan: Plan) -> None:
    """80 GB of an H100 are 80 GiB less what the driver keeps."""
    for class_id in ("chat", "docs"):
        strip = view(predicted_plan, class_id).memory
        assert strip is not None
        assert strip.total == pytest.approx(80 * 0.995)
        assert all(piece.value >= 0 for piece in strip.pieces)
        assert strip.limit is None


def test_that_the_curve_lies_inside_its_band_and_the_ring_keeps_the_target(
    predicted_plan: Plan,
) -> None:
    curve = view(predicted_plan).curve
    assert curve is not None
    assert curve.band is not None
    assert curve.limit is not None
    assert (np.diff(curve.x) > 0).all()
    assert (curve.band.low_y < curve.y).all()
    assert (curve.y < curve.band.high_y).all()
    assert curve.limit.x == pytest.approx(50)
    assert curve.chosen.x <= curve.limit.x * 1.001
    assert curve.chosen.y < np.interp(curve.chosen.x, curve.x, curve.y) * 1.2
    assert len(curve.table().rows) == len(curve.x)


def test_that_work_without_targets_has_no_limit_line(predicted_plan: Plan) -> None:
    curve = view(predicted_plan, "docs").curve
    assert curve is not None
    assert curve.limit is None


def test_that_the_finding_is_what_the_bill_counts_with(predicted_plan: Plan) -> None:
    """Requests a second = usable share / server-seconds of a request."""
    prediction = prediction_of(predicted_plan)
    rate = requests_a_second(prediction, "chat")
    work = prediction.work
    assert rate * work.seconds["chat"].value == pytest.approx(work.usable_share.value)
    assert f"{rate:.3g}" in view(predicted_plan).finding


def test_that_every_figure_has_an_interval_and_says_what_it_is(predicted_plan: Plan) -> None:
    figures = view(predicted_plan).figures
    assert len(figures) == 6
    assert all(figure.interval and figure.tip for figure in figures)


def test_that_what_does_not_fit_is_named_and_drawn(plan: Plan) -> None:
    """671 billion weights in 16 bit need 1,250 GiB; eight H100 have 640."""
    shown = view(with_serving(plan, serving(model="deepseek-v3", precision="bf16")))
    assert shown.problem_path == "options.owned.serving.accelerator"
    assert "DeepSeek-V3" in shown.second
    assert shown.curve is None
    assert shown.memory is not None
    assert shown.memory.limit is not None
    assert shown.memory.total > shown.memory.limit.x


def test_that_figures_nobody_verified_are_named(plan: Plan) -> None:
    shown = view(with_serving(plan, serving(accelerator="gaudi2")))
    assert "Gaudi2" in shown.caveat
    assert "memory bandwidth" in shown.caveat
    assert view(with_serving(plan, serving())).caveat == ""


def test_that_a_switch_keeps_exactly_one_way_and_the_predicted_rate(predicted_plan: Plan) -> None:
    option = hosted(predicted_plan)
    outcome = outcome_of(option, predicted_plan, CATALOGUE)
    stated = as_stated(option, predicted_plan, outcome)
    assert stated.serving is None
    assert stated.capacity is not None
    assert stated.capacity.requests_per_hour is not None
    assert stated.capacity.usable_share == prediction_of(predicted_plan).work.usable_share
    work = prediction_of(predicted_plan).work
    volumes = {"chat": 60000 * 365 / 12, "docs": 900 * 365 / 12}
    busy = sum(n * work.seconds[name].value for name, n in volumes.items())
    rate = 3600 * sum(volumes.values()) / busy
    assert stated.capacity.requests_per_hour.value == pytest.approx(rate)
    assert stated.serves_model == "Llama-3.3-70B"


def test_that_a_model_is_recognised_by_its_name_in_words(plan: Plan) -> None:
    named = hosted(plan).model_copy(update={"serves_model": "Llama 3.3 70B FP8"})
    found = as_predicted(named, CATALOGUE).serving
    assert found is not None
    assert (found.model, found.precision) == ("llama-3.3-70b", "fp8")


def test_that_a_name_that_means_no_model_leaves_it_to_be_chosen(plan: Plan) -> None:
    changed = as_predicted(hosted(plan), CATALOGUE)
    assert changed.serving is not None
    assert changed.serving.model == ""
    asked = edited(plan, "options.owned", changed)
    assert outcome_of(hosted(asked), asked, CATALOGUE).path == "options.owned.serving.model"


def test_that_the_load_is_that_of_the_busiest_month(predicted_plan: Plan) -> None:
    """60,000 a day growing by 2 % a month: after 35 months 1.02^35 of 0.694 a second."""
    load = busiest_load(hosted(predicted_plan), predicted_plan)[0]
    assert load.mean == pytest.approx(60000 / 86400 * 1.02**35)


def test_that_the_ranking_is_sorted_by_cost_and_names_the_others(predicted_plan: Plan) -> None:
    found = ranking_view(predicted_plan, "owned", CATALOGUE)
    costs = [float(row[COST].raw) for row in found.rows]
    assert costs == sorted(costs)
    assert len(found.ranked) == len(found.rows) > 3
    assert found.ranked[0].offer.name in found.title
    assert found.out_rows
    assert all(row[2].text for row in found.out_rows)


def test_that_only_the_stated_precision_is_looked_at_when_asked(predicted_plan: Plan) -> None:
    found = ranking_view(predicted_plan, "owned", CATALOGUE, any_precision=False)
    assert {row.stack.precision for row in found.ranked} == {"fp8"}


def test_that_a_ranked_server_becomes_an_option_set_up_as_ranked(predicted_plan: Plan) -> None:
    ranking = ranking_view(predicted_plan, "owned", CATALOGUE)
    kinds = {row.offer.kind: row for row in reversed(ranking.ranked)}
    for kind, model in (("rented", RentedGpus), ("owned", OwnedServers)):
        row = kinds[kind]
        option = as_option(row, hosted(predicted_plan), predicted_plan)
        assert isinstance(option, model)
        assert option.serving is not None
        assert option.serving.precision == row.stack.precision
        assert option.serving.tensor_parallel == row.stack.tensor
        assert option.serving.targets == Targets(
            ttft_seconds=PositiveAmount(value=2), tpot_milliseconds=PositiveAmount(value=50)
        )
        assert option.bridge == "api"
        with_it = predicted_plan.model_copy(update={"options": (*predicted_plan.options, option)})
        found = outcome_of(option, with_it, CATALOGUE).prediction
        assert found is not None
        assert found.work.replicas == row.replicas


def test_that_servers_resting_on_unverified_figures_are_marked(predicted_plan: Plan) -> None:
    """No source confirms the data sheet of the GH200 with 96 GB; that of the H100 is confirmed."""
    found = ranking_view(predicted_plan, "owned", CATALOGUE)
    marked = {
        row.stack.accelerator.id: cells[EVIDENCE].text.endswith("*")
        for row, cells in zip(found.ranked, found.rows, strict=True)
    }
    assert marked["gh200-96gb"]
    assert not marked["h100-sxm"]
    assert "no source confirms" in found.basis
