"""B14: templates and default profiles, each number traced to data or marked as an assumption."""

import csv
from statistics import median

import pytest

from pricing.plan.workload import HourlyProfile
from pricing.resources import resource
from pricing.workload import (
    Template,
    WorkloadError,
    default_profile,
    default_profiles,
    read_log,
    request_class_from_template,
    templates,
)
from pricing.workload.formulas import agent_loop
from tests.workload.logs import AZURE

B14 = (
    "chat",
    "retrieval",
    "agent-loop",
    "document-batch",
    "coding-assistant",
    "image-input",
    "reasoning",
)


def table(name: str) -> list[dict[str, str]]:
    with resource("workload", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured(category: str, quantity: str, column: str = "mean") -> float:
    (row,) = [
        row
        for row in table("servegen_tokens.csv")
        if (row["category"], row["quantity"]) == (category, quantity)
    ]
    return float(row[column])


def one(template_id: str) -> Template:
    return next(item for item in templates() if item.id == template_id)


def value(template_id: str, key: str) -> float:
    return next(p.figure.value for p in one(template_id).parameters if p.key == key)


def test_that_there_is_a_template_for_every_kind_of_work_of_b14() -> None:
    assert tuple(item.id for item in templates()) == B14


@pytest.mark.parametrize("template_id", B14)
def test_that_every_template_makes_a_request_class(template_id: str) -> None:
    made = request_class_from_template(template_id, "mine", "Mine", 1000, "month")
    assert (made.id, made.name, made.template, made.per) == ("mine", "Mine", template_id, "month")
    assert made.requests.value == 1000
    assert made.requests.confidence == "entered"
    for figure in (made.input_tokens, made.output_tokens, made.cacheable_share):
        assert figure.source
        assert figure.as_of is not None


@pytest.mark.parametrize("template_id", B14)
def test_that_every_number_of_a_template_says_where_it_comes_from(template_id: str) -> None:
    template = one(template_id)
    figures = [p.figure for p in template.parameters]
    figures += [f for f in (template.input_variation, template.output_variation) if f]
    for figure in figures:
        assert figure.source
        assert figure.as_of is not None
        if figure.confidence != "assumption":
            assert figure.url


def test_that_chat_is_the_azure_conversation_trace() -> None:
    (read,) = read_log(AZURE).classes
    made = request_class_from_template("chat", "c", "C", 1, "day")
    assert made.input_tokens.value == pytest.approx(read.input_tokens.value, abs=1e-4)
    assert made.output_tokens.value == pytest.approx(read.output_tokens.value, abs=1e-4)
    assert made.input_variation is not None
    assert read.input_variation is not None
    assert made.input_variation.value == pytest.approx(read.input_variation.value, abs=1e-4)
    assert made.output_variation is not None
    assert read.output_variation is not None
    assert made.output_variation.value == pytest.approx(read.output_variation.value, abs=1e-4)
    low = next(p.figure.low for p in one("chat").parameters if p.key == "input_tokens")
    assert low == measured("language/m-large", "input_tokens")


def test_that_reasoning_and_images_are_measured() -> None:
    reasoning = request_class_from_template("reasoning", "r", "R", 1, "day")
    assert reasoning.input_tokens.value == measured("reason/deepseek-r1", "input_tokens")
    assert reasoning.output_tokens.value == measured("reason/deepseek-r1", "output_tokens")
    assert reasoning.output_variation is not None
    assert reasoning.output_variation.value == measured("reason/deepseek-r1", "output_tokens", "cv")
    assert value("image-input", "text_tokens") == measured("multimodal/mm-image", "text_tokens")
    assert value("image-input", "images") == measured("multimodal/mm-image", "image_count")
    assert value("image-input", "tokens_per_image") == measured(
        "multimodal/mm-image", "image_tokens"
    )
    image = request_class_from_template("image-input", "i", "I", 1, "day")
    assert image.input_tokens.value == pytest.approx(578.7 + 1.5 * 598.4)
    assert image.output_tokens.value == measured("multimodal/mm-image", "output_tokens")


def test_that_an_agent_loop_is_the_sum_over_its_steps() -> None:
    steps, instructions, task, output, result = 10, 4000.0, 300.0, 250.0, 800.0
    contexts = [instructions + task + step * (output + result) for step in range(steps)]
    cached = [instructions, *contexts[:-1]]
    lengths = agent_loop(
        steps=steps,
        instruction_tokens=instructions,
        task_tokens=task,
        output_tokens_per_step=output,
        result_tokens_per_step=result,
    )
    assert lengths.input_tokens == pytest.approx(sum(contexts) / steps)
    assert lengths.cacheable_share == pytest.approx(sum(cached) / sum(contexts))
    assert lengths == one("agent-loop").lengths()


def test_that_an_agent_loop_mostly_reads_a_cached_prefix() -> None:
    assert one("agent-loop").lengths().cacheable_share > 0.85
    single = one("agent-loop").lengths({"steps": 1})
    assert single.cacheable_share == pytest.approx(4000 / 4300)


def test_that_long_loops_reach_the_published_ratio_of_100_to_1() -> None:
    lengths = one("agent-loop").lengths({"steps": 50})
    assert 80 < lengths.input_tokens / lengths.output_tokens < 150


def test_that_a_buyers_own_numbers_enter_and_are_marked() -> None:
    made = request_class_from_template(
        "retrieval", "r", "R", 1, "day", parameters={"passages": 20}, profile_id="flat"
    )
    assert made.input_tokens.value == 500 + 20 * 500 + 150
    assert "Passages put into a prompt: 20 (yours)" in made.input_tokens.note
    assert made.input_tokens.confidence == "assumption"
    assert made.profile == default_profile("flat").profile
    own = request_class_from_template("chat", "c", "C", 1, "day", parameters={"input_tokens": 9})
    assert own.input_tokens.value == 9
    assert own.input_tokens.confidence == "entered"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"template_id": "poem"}, "no template 'poem'; there are chat"),
        ({"parameters": {"stepz": 1}}, "no parameter 'stepz'; it has steps"),
        ({"parameters": {"steps": 0}}, "steps of template agent-loop must be 1 to"),
        ({"parameters": {"cache_hit_rate": 2}}, "cache_hit_rate .* must be 0 to 1, not 2"),
        ({"parameters": {"task_tokens": float("nan")}}, "not nan"),
        ({"profile_id": "moon"}, "no default profile 'moon'"),
        ({"parameters": {"instruction_tokens": 0, "task_tokens": 0, "steps": 1}}, "no input"),
    ],
)
def test_that_a_wrong_request_is_answered_in_a_sentence(
    arguments: dict[str, object], says: str
) -> None:
    given = {"template_id": "agent-loop", **arguments}
    with pytest.raises(WorkloadError, match=says):
        request_class_from_template(id="a", name="A", requests=1, per="day", **given)  # type: ignore[arg-type]


def test_that_batch_work_is_batch() -> None:
    assert one("document-batch").urgency == "batch"
    assert one("document-batch").profile == "flat"


def test_that_measured_profiles_are_those_of_the_table() -> None:
    rows = {row["category"]: row for row in table("servegen_profiles.csv")}
    found = 0
    for item in default_profiles():
        if item.measured_as is None:
            assert item.confidence == "assumption"
            continue
        found += 1
        row = rows[item.measured_as]
        hours = [float(row[f"h{n:02}"]) for n in range(24)]
        assert item.hours == pytest.approx([hour * 24 / sum(hours) for hour in hours], abs=1e-4)
        if row["d6"]:
            days = [float(row[f"d{n}"]) for n in range(7)]
            assert item.weekdays == pytest.approx([day * 7 / sum(days) for day in days], abs=1e-4)
        else:
            assert item.weekdays == (1.0,) * 7
        peak = max(item.hours) * max(item.weekdays) * item.within_hour_peak
        assert peak == pytest.approx(float(row["peak_10min_to_mean"]), rel=1e-3)
    assert found == 4


def test_that_office_hours_peak_at_three_times_the_daily_mean() -> None:
    office = default_profile("office-hours")
    assert max(office.hours) == 24 / 8 == 3
    assert max(office.hours) * max(office.weekdays) == pytest.approx(24 / 8 * 7 / 5)
    bursts = [
        float(row["peak_10min_to_mean"]) / float(row["peak_hour_to_mean"])
        for row in table("servegen_profiles.csv")
    ]
    assert office.within_hour_peak == pytest.approx(median(bursts), abs=1e-4)
    assert office.confidence == "assumption"


def test_that_every_default_profile_can_stand_in_a_plan() -> None:
    for item in default_profiles():
        assert isinstance(item.profile, HourlyProfile)
        assert item.note
        assert item.confidence in item.profile.source
