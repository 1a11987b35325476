"""Bills of servers whose work is predicted: from an interval to servers, money and findings."""

from typing import Any

import pytest

from pricing.bill import BillError
from pricing.bill.prediction import predict_work
from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.ledger import Input
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.serving import Requests, predict
from tests.bill.predicted import (
    CHIP,
    LOADED,
    MODEL,
    bill,
    predicted,
    predicted_plan,
    said,
    work_of,
)
from tests.bill.small import owned, rented, request_class


def number(evaluation: Evaluation, key: str) -> float:
    return float(evaluation.values.monthly(evaluation.line(f"option.rented.{key}"))[0])


def entry(evaluation: Evaluation, key: str) -> Input:
    found = evaluation.ledger.find(f"option.rented.{key}")
    assert isinstance(found, Input)
    return found


def test_that_the_predicted_server_time_is_an_input_with_range_source_and_date() -> None:
    evaluation = bill(predicted())
    figure = work_of(evaluation.plan, "rented").seconds["use"]
    found = entry(evaluation, "use.predicted")
    assert found.value == figure.value
    assert (found.provenance.low, found.provenance.high) == (figure.low, figure.high)
    assert found.provenance.low < found.value < found.provenance.high
    assert found.provenance.source == figure.source
    assert found.provenance.as_of == figure.as_of
    assert "Model in bf16 on 8 x 1 Chip" in found.note
    assert "80 % interval" in found.note
    assert "does not predict anew" in found.note
    assert number(evaluation, "use.seconds") == figure.value


def test_that_servers_and_utilisation_follow_from_the_predicted_time() -> None:
    evaluation = bill(predicted(), classes=[LOADED])
    work = work_of(evaluation.plan, "rented")
    load = 400 * work.seconds["use"].value
    units = load / work.usable_share.value
    option = evaluation.bill_of("rented")
    assert option.servers is not None
    assert option.mean_utilisation is not None
    assert number(evaluation, "units") == pytest.approx(units)
    servers = int(units) + 1
    assert option.servers.values == pytest.approx([servers] * 12)
    assert option.mean_utilisation.value == pytest.approx(load / servers)
    assert option.tco.value == pytest.approx(servers * 7300 * 12)


def test_that_the_range_of_the_input_moves_servers_when_drawn() -> None:
    evaluation = bill(predicted(), classes=[LOADED])
    found = entry(evaluation, "use.predicted")
    origin = found.provenance
    assert origin.low is not None
    assert origin.high is not None
    line = evaluation.line("option.rented.units")
    values = evaluation.ledger.evaluate({found.key: [origin.low, found.value, origin.high]})
    low, typical, high = values.array(line)[:, 0]
    assert (low / typical, high / typical) == pytest.approx(
        (origin.low / found.value, origin.high / found.value)
    )


def test_that_classes_share_a_server_in_server_seconds() -> None:
    short = request_class(id="short", name="Short", requests=730 * 3600 * 20)
    long = request_class(id="long", name="Long", requests=730 * 3600, input_tokens=20_000)
    evaluation = bill(predicted(), classes=[short, long])
    seconds = work_of(evaluation.plan, "rented").seconds
    assert number(evaluation, "mean_load") == pytest.approx(
        20 * seconds["short"].value + seconds["long"].value
    )


def test_that_requests_without_an_answer_take_server_time_too() -> None:
    """Embedding or classifying reads only; ten times the tokens take about ten times as long."""
    short = request_class(id="short", name="Short", input_tokens=500, output_tokens=0)
    long = request_class(id="long", name="Long", input_tokens=5000, output_tokens=0)
    evaluation = bill(predicted(), classes=[short, long])
    seconds = [entry(evaluation, f"{name}.predicted").value for name in ("short", "long")]
    assert seconds[0] > 0
    assert 5 < seconds[1] / seconds[0] < 20


def test_that_long_context_requests_are_sized_on_their_own() -> None:
    """A request of 64 times the length costs far more than 64 times: fewer run at once (A5)."""
    short = request_class(id="short", name="Short", input_tokens=1000, output_tokens=500)
    long = request_class(id="long", name="Long", input_tokens=64_000, output_tokens=500)
    evaluation = bill(predicted(), classes=[short, long])
    work = work_of(evaluation.plan, "rented")
    batches = {name: float(of.operation.batch) for name, of in work.classes.items()}
    assert batches["long"] < batches["short"] / 10
    assert (
        entry(evaluation, "long.predicted").value > 50 * entry(evaluation, "short.predicted").value
    )


def test_that_adaptation_to_the_hardware_takes_more_server_time_and_servers() -> None:
    """23 % more (A1): a visible input, and a line with the servers that are there for it."""
    plain = bill(predicted(), classes=[LOADED])
    adapted = bill(
        predicted({"adaptation_overhead": {"value": 0.23, "source": "Zhang 2024"}}),
        classes=[LOADED],
    )
    found = entry(adapted, "adaptation")
    assert (found.value, found.provenance.source) == (0.23, "Zhang 2024")
    assert number(adapted, "use.seconds") == pytest.approx(1.23 * number(plain, "use.seconds"))
    more = number(adapted, "needed") - number(plain, "needed")
    assert number(adapted, "adaptation_servers") == pytest.approx(more)
    assert number(adapted, "adaptation_cost") == pytest.approx(more * 7300)
    cost = adapted.bill_of("rented").tco.value - plain.bill_of("rented").tco.value
    assert cost == pytest.approx(12 * more * 7300)
    assert "option.rented.adaptation" not in {i.key for i in plain.ledger.inputs}


def test_that_faster_kernels_and_fuller_memory_are_predicted_and_named() -> None:
    """18 % faster kernels (A11) and 35 % more memory (A5) go into the prediction itself."""
    plain = bill(predicted())
    fast = bill(predicted({"efficiency": {"value": 1.18, "source": "community kernels"}}))
    full = bill(predicted({"memory_overhead": {"value": 0.35, "source": "block attention"}}))
    drafted = bill(predicted({"speculative": {"draft_tokens": 3, "acceptance": {"value": 0.7}}}))
    assert entry(fast, "use.predicted").value < entry(plain, "use.predicted").value
    assert entry(full, "use.predicted").value > entry(plain, "use.predicted").value
    assert "throughput times 1.18 (community kernels)" in entry(fast, "use.predicted").note
    assert "+35% of memory" in entry(full, "use.predicted").note
    assert "3 tokens at an acceptance of 0.7" in entry(drafted, "use.predicted").note


def test_that_the_usable_share_comes_from_the_service_level() -> None:
    strict = {"targets": {"ttft_seconds": 0.3, "tpot_milliseconds": 30, "percentile": 99}}
    tight, loose = bill(predicted(strict)), bill(predicted())
    found = entry(tight, "usable_share")
    assert found.value == work_of(tight.plan, "rented").usable_share.value
    assert found.value < entry(loose, "usable_share").value
    assert "TTFT 0.3 s and TPOT 30 ms for 99 %" in found.note
    assert found.provenance.source


@pytest.mark.parametrize("stated", [True, False])
def test_that_rolling_maintenance_takes_its_hours_off_every_server(stated: bool) -> None:
    """73 of 730 hours: a tenth of what a server can be planned with."""
    option = rented() if stated else predicted()
    busy = request_class(requests=73_000 * 10) if stated else LOADED
    plain = bill(option, classes=[busy])
    kept = bill({**option, "maintenance_hours": 73}, classes=[busy])
    assert number(kept, "maintained") == pytest.approx(0.9)
    assert number(kept, "units") == pytest.approx(number(plain, "units") / 0.9)
    if stated:
        assert number(kept, "needed") == 12
        assert number(plain, "needed") == 10


def test_that_maintenance_of_a_fixed_fleet_leaves_requests_undone() -> None:
    """One server for a load of one: what falls into its 73 hours of 730 is not served."""
    evaluation = bill(rented(servers=1, maintenance_hours=73))
    assert evaluation.bill_of("rented").unserved.values == pytest.approx([7300.0] * 12)
    assert said(evaluation, "maintenance.no_spare")
    spared = bill(rented(maintenance_hours=73, spare_servers=1))
    assert not said(spared, "maintenance.no_spare")


def test_that_maintenance_in_fixed_hours_counts_against_those_hours() -> None:
    """10 hours on 5 of 7 days are 217.3 of 730 hours; 21.73 of maintenance are a tenth."""
    terms = {"kind": "scheduled", "from_hour": 8, "to_hour": 18, "days_per_week": 5}
    hours = 365 / 12 * 10 * 5 / 7
    evaluation = bill(rented(terms=terms, maintenance_hours=hours / 10))
    assert number(evaluation, "maintained") == pytest.approx(0.9)


def test_that_maintenance_that_leaves_nothing_is_refused() -> None:
    terms = {"kind": "scheduled", "from_hour": 8, "to_hour": 10, "days_per_week": 1}
    with pytest.raises(BillError) as refused:
        evaluate(predicted_plan(rented(terms=terms, maintenance_hours=9)))
    assert refused.value.path == "options.rented.maintenance_hours"
    assert "9 hours of maintenance leave nothing" in refused.value.message


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (predicted({"model": "llama-3.1-9b"}), "options.rented.serving.model", "llama-3.1-8b"),
    (predicted({"accelerator": "h100"}), "options.rented.serving.accelerator", "h100-sxm"),
    (predicted({"accelerator": ""}), "options.rented.serving.accelerator", "names no server"),
    (
        predicted({"accelerators": None}),
        "options.rented.serving.accelerators",
        "how many Chip one server has",
    ),
    (
        predicted({"accelerator": ""}, instance="lambda/9x-h100"),
        "options.rented.instance",
        "lambda/9x-h100",
    ),
    (
        owned(capacity=None, server="kunlunxin-8x-tender", serving={"model": "model"}),
        "options.owned.serving.accelerator",
        "kunlunxin-8x-tender",
    ),
    (predicted({"tensor_parallel": 3}), "options.rented.serving.tensor_parallel", "32"),
    (
        predicted({"targets": {"tpot_milliseconds": 0.1}}),
        "options.rented.serving.targets.tpot_milliseconds",
        "ms",
    ),
    (
        predicted({"model": "llama-3.1-405b"}),
        "options.rented.serving.accelerator",
        "GiB",
    ),
]


@pytest.mark.parametrize(("option", "path", "words"), REFUSED, ids=lambda value: str(value)[:48])
def test_that_what_cannot_be_served_names_the_field_and_what_would_work(
    option: dict[str, Any], path: str, words: str
) -> None:
    with pytest.raises(BillError) as refused:
        bill(option)
    assert refused.value.path == path
    assert words in refused.value.message
    assert refused.value.message.startswith(option["name"])
    assert refused.value.message.endswith(".")


def test_that_a_mean_request_beyond_the_context_is_refused_at_the_class() -> None:
    with pytest.raises(BillError) as refused:
        bill(predicted(), classes=[request_class(input_tokens=200_000)])
    assert refused.value.path == "workload.use.input_tokens"
    assert "131,072" in refused.value.message


def test_that_requests_beyond_the_context_are_pointed_out_when_lengths_vary() -> None:
    varied = request_class(input_tokens=60_000, input_variation=1)
    (text,) = said(bill(predicted(), classes=[varied]), "context.tail")
    # lognormal: spread sqrt(ln 2), median 60,000 / sqrt 2, P(X > 130,872) = 1 - Phi(1.3538)
    assert "about 8.8 %" in text
    short = request_class(input_tokens=1000, input_variation=1)
    assert not said(bill(predicted(), classes=[short]), "context.tail")


def setup(option: dict[str, Any], **changes: Any) -> tuple[str, int, str]:
    plan = predicted_plan(option, **changes)
    first = plan.options[0]
    assert isinstance(first, SelfHosted)
    found = predict_work(first, plan, load_catalogue()).setup
    return found.hardware.accelerator.name, found.hardware.accelerators, found.model.name


def test_that_accelerators_left_open_are_those_of_the_catalogue_s_entry() -> None:
    open_ = {"accelerator": "", "accelerators": None}
    assert setup(predicted(open_, instance="lambda/8x-h100-sxm@us"))[:2] == ("H100-SXM", 8)
    served = {"model": "model", "tensor_parallel": 1}
    assert setup(owned(capacity=None, server="l40s-4x", serving=served))[:2] == ("L40S", 4)
    stated = owned(capacity=None, server="l40s-4x", gpus_per_server=2, serving=served)
    assert setup(stated)[:2] == ("L40S", 2)
    box = {
        "kind": "appliance", "id": "box", "name": "Box", "appliance": "atlas-800i-a2",
        "serving": served,
    }  # fmt: skip
    assert setup(box)[:2] == ("Ascend-910B", 8)


def test_that_the_plan_s_own_sheets_go_before_the_catalogue_s() -> None:
    own = {**MODEL, "id": "llama-3.1-8b", "name": "Ours"}
    chip = {**CHIP, "id": "h100-sxm", "name": "Our chip"}
    option = predicted({"model": "llama-3.1-8b", "accelerator": "h100-sxm"})
    found = setup(option, models=[own], accelerators=[chip])
    assert found == ("Our chip", 8, "Ours")
    assert setup(option)[0] == "H100-SXM"


def seconds_of(plan: Plan) -> float:
    return entry(evaluate(plan), "use.predicted").value


def test_that_a_kept_prediction_is_never_that_of_another_plan() -> None:
    """Every field a prediction depends on changes it, in whatever order plans come."""
    changes: list[Plan] = [
        predicted_plan(predicted(), classes=[LOADED]),
        predicted_plan(predicted({"precision": "fp8"}), classes=[LOADED]),
        predicted_plan(predicted(), classes=[{**LOADED, "input_tokens": 3000}]),
        predicted_plan(predicted(), classes=[{**LOADED, "cacheable_share": 0.8}]),
        predicted_plan(
            predicted(), classes=[LOADED], accelerators=[{**CHIP, "bandwidth_gb_s": 1500}]
        ),
        predicted_plan(predicted(), classes=[LOADED], models=[{**MODEL, "layers": 64}]),
    ]
    first = [seconds_of(plan) for plan in changes]
    again = [seconds_of(plan) for plan in reversed(changes)][::-1]
    assert first == again
    assert len(set(first)) == len(first)


def measured(plan: Plan, faster: float, **changes: Any) -> dict[str, Any]:
    """A benchmark run of the model on one chip at a multiple of what is predicted."""
    option = plan.options[0]
    assert isinstance(option, SelfHosted)
    stack = work_of(plan, "rented").stack
    expected = predict(stack, Requests(1000, 200)).throughput.typical
    return {
        "model": "model", "accelerator": "chip", "input_tokens": 1000, "output_tokens": 200,
        "output_tokens_per_second": expected * faster, "source": "bench.csv", **changes,
    }  # fmt: skip


def test_that_own_measurements_move_the_bill_and_are_named() -> None:
    plain = bill(predicted())
    points = [measured(plain.plan, 1.3, concurrency=n) for n in (None, 4096)]
    points += [measured(plain.plan, 1.3, input_tokens=1001)]
    anchored = bill(predicted(), measurements=points)
    before, after = entry(plain, "use.predicted"), entry(anchored, "use.predicted")
    assert before.value / 1.35 < after.value < before.value / 1.1
    (text,) = said(anchored, "serving.own_measurements")
    assert "3 of your own measurements of Model on Chip" in text
    other = bill(predicted(), measurements=[{**p, "model": "llama-3.1-8b"} for p in points])
    assert entry(other, "use.predicted").value == before.value
    assert not said(other, "serving.own_measurements")


def test_that_an_own_measurement_far_from_the_others_does_not_count_and_is_pointed_out() -> None:
    plain = bill(predicted())
    points = [measured(plain.plan, 1.0, input_tokens=1000 + n) for n in range(4)]
    wild = measured(plain.plan, 60.0, input_tokens=900)
    evaluation = bill(predicted(), measurements=[*points, wild])
    (text,) = said(evaluation, "serving.left_out")
    assert "1 of your own measurements" in text
    assert entry(evaluation, "use.predicted").value == pytest.approx(
        entry(bill(predicted(), measurements=points), "use.predicted").value
    )
