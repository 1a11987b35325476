"""Rows made from the models."""

import pytest

from desktop.forms.assumptions_form import assumptions_form
from desktop.forms.describe import describe
from desktop.forms.option_form import option_form
from desktop.forms.row import REQUIRED, Row
from desktop.forms.workload_form import workload_form
from pricing.plan.capacity import Capacity
from pricing.plan.edit import edited, value_at
from pricing.plan.figure import Amount, PositiveAmount, Share
from pricing.plan.option import (
    Appliance,
    Committed,
    HostedOpen,
    OwnedServers,
    RentedGpus,
    Scheduled,
    SelfHosted,
)
from pricing.plan.plan import Finance, Plan
from pricing.plan.serving import Serving, Speculative
from pricing.plan.workload import RequestClass

SERVING = Serving(
    model="llama-3.3-70b",
    accelerator="h100-sxm",
    accelerators=8,
    precision="fp8",
    speculative=Speculative(draft_tokens=3, acceptance=Share(value=0.6)),
)


def rows(plan: Plan) -> list[Row]:
    groups = [*assumptions_form(plan)]
    for item in plan.workload:
        groups += workload_form(item, plan)
    for option in plan.options:
        groups += option_form(option, plan)
    return [row for group in groups for row in group.rows]


def full_plan(plan: Plan) -> Plan:
    """The plan with every kind of option and of terms in it."""
    capacity = Capacity(requests_per_hour=PositiveAmount(value=900))
    api, *others = plan.options
    options = (
        api.model_copy(update={"model": "openai/gpt-4o"}),
        *others,
        HostedOpen(id="hosted", name="Hosted", model="openai/gpt-4o", prices=api.prices),
        RentedGpus(
            id="office", name="Office hours", capacity=capacity,
            terms=Scheduled(from_hour=8, to_hour=18, days_per_week=5),
        ),
        RentedGpus(id="three", name="Three years", capacity=capacity, terms=Committed(years=3)),
        Appliance(id="box", name="Box", capacity=capacity),
    )  # fmt: skip
    return Plan.model_validate(plan.model_dump() | {"options": [o.model_dump() for o in options]})


def with_predicted_work(plan: Plan, *only: str) -> Plan:
    """The plan with the work of all servers predicted, or of some options."""
    for option in plan.options:
        if isinstance(option, SelfHosted) and (not only or option.id in only):
            predicted = option.model_copy(update={"capacity": None, "serving": SERVING})
            plan = edited(plan, f"options.{option.id}", predicted)
    return plan


def test_that_every_row_stands_at_a_path_of_the_plan(plan: Plan) -> None:
    for way in (full_plan(plan), with_predicted_work(full_plan(plan))):
        for row in rows(way):
            assert value_at(way, row.path) == row.value


def test_that_every_field_of_the_plan_has_a_row(plan: Plan) -> None:
    """But identifiers, kinds, templates and the parts of figures, which show elsewhere."""
    plan = full_plan(plan)
    shown = {row.path for way in (plan, with_predicted_work(plan)) for row in rows(way)}
    for name, entries in (("workload", plan.workload), ("options", plan.options)):
        for entry in entries:
            for field in type(entry).model_fields:
                path = f"{name}.{entry.id}.{field}"
                if field not in {"id", "kind", "template"}:
                    assert any(p == path or p.startswith(path + ".") for p in shown), path


def test_that_every_choice_of_every_row_is_possible(plan: Plan) -> None:
    stated = full_plan(plan)
    for way in (stated, with_predicted_work(stated, "owned")):
        for row in rows(way):
            if row.editor == "choice":
                assert row.chosen >= 0, row.path
                for choice in row.choices:
                    changed = edited(way, row.path, choice.value)
                    again = next(r for r in rows(changed) if r.path == row.path)
                    assert again.choices[again.chosen].label == choice.label


def test_that_rows_have_help_from_the_docstrings(plan: Plan) -> None:
    assert "Requests per day or per month" in next(
        row.help for row in rows(plan) if row.path == "workload.chat.requests"
    )


@pytest.mark.parametrize(
    ("model", "name", "low", "high", "excluded", "percent"),
    [
        (RequestClass, "requests", 0, 1e15, False, False),
        (RequestClass, "input_tokens", 0, 1e15, True, False),
        (RequestClass, "cacheable_share", 0, 1, False, True),
        (Finance, "discount_rate", -0.95, 10, False, True),
        (OwnedServers, "useful_life_months", 12, 120, False, False),
        (Plan, "months", 12, 84, False, False),
    ],
)
def test_that_limits_come_from_the_model(
    model: type, name: str, low: float, high: float, excluded: bool, percent: bool
) -> None:
    limits = describe(model, name).limits
    assert (limits.low, limits.high, limits.low_excluded, limits.percent) == (
        low, high, excluded, percent,
    )  # fmt: skip


def test_that_a_whole_number_and_an_optional_one_are_told_apart() -> None:
    assert describe(OwnedServers, "servers").limits.whole
    assert describe(OwnedServers, "servers").limits.optional
    assert not describe(RequestClass, "requests").limits.whole
    assert describe(RequestClass, "requests").default is REQUIRED


def test_that_a_default_has_no_mark_and_an_entry_has(plan: Plan) -> None:
    by_path = {row.path: row for row in rows(plan)}
    assert by_path["workload.chat.cacheable_share"].is_default
    assert not by_path["options.owned.power_kw"].is_default
    assert by_path["workload.chat.growth"].is_default


def test_that_a_source_stands_as_a_quiet_line_and_a_typed_number_has_none(plan: Plan) -> None:
    quoted = edited(
        plan,
        "workload.chat.requests",
        Amount(value=5, source="Log of October", as_of="2026-10-31"),  # type: ignore[arg-type]
    )
    hints = {row.path: row.hint for row in rows(quoted)}
    assert hints["workload.chat.requests"] == "Log of October, 2026-10-31"
    assert hints["workload.chat.input_tokens"] == ""


def test_that_capacity_is_converted_when_it_is_stated_another_way(plan: Plan) -> None:
    row = next(r for r in rows(plan) if r.path == "options.owned.capacity")
    converted = row.choices[1].value
    per_day = {"chat": 60000, "docs": 900}
    mean = (per_day["chat"] * 350 + per_day["docs"] * 600) / sum(per_day.values())
    assert converted.requests_per_hour.value == pytest.approx(2400 * 3600 / mean)
    assert "converted" in converted.requests_per_hour.source
