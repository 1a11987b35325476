"""A log becomes a plan, or the workload of one."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from pricing.plan.file import load_plan, save_plan
from pricing.plan.option import ClosedApi
from pricing.workload import LogReport, new_plan_from_log, read_log, with_workload
from tests.workload.logs import AZURE, MONDAY, write_csv


@pytest.fixture
def split(tmp_path: Path) -> LogReport:
    rows = [(MONDAY + timedelta(minutes=5 * n), "ab"[n % 2], 100, 20) for n in range(288 * 9)]
    header = ("timestamp", "model", "input_tokens", "output_tokens")
    return read_log(write_csv(tmp_path / "log.csv", rows, header), split_by="model")


def test_that_a_plan_from_a_real_log_survives_its_file(tmp_path: Path) -> None:
    plan = new_plan_from_log(read_log(AZURE), "Chat", "2027-01", "openai/gpt-5", "EUR")
    save_plan(plan, tmp_path / "chat.reckon")
    assert load_plan(tmp_path / "chat.reckon") == plan
    assert plan.currency == "EUR"
    (option,) = plan.options
    assert isinstance(option, ClosedApi)
    assert option.model == "openai/gpt-5"


def test_that_a_plan_needs_a_model_and_a_month(split: LogReport) -> None:
    with pytest.raises(ValidationError):
        new_plan_from_log(split, "Plan", "January", "openai/gpt-5")
    with pytest.raises(ValidationError):
        new_plan_from_log(split, "Plan", "2027-01", "")


def test_that_a_new_workload_keeps_options_and_drops_what_they_no_longer_serve(
    split: LogReport,
) -> None:
    plan = new_plan_from_log(split, "Plan", "2027-01", "openai/gpt-5")
    (first,) = plan.options
    both = first.model_copy(update={"id": "both", "serves": ("a", "b")})
    only_b = first.model_copy(update={"id": "only-b", "serves": ("b",)})
    plan = plan.model_copy(update={"options": (first, both, only_b)})
    report = read_log(AZURE)
    changed = with_workload(plan, report)
    assert changed.workload == report.classes
    assert [option.id for option in changed.options] == ["closed-api", "both", "only-b"]
    assert [option.serves for option in changed.options] == [(), (), ()]
    again = with_workload(plan, split)
    assert [option.serves for option in again.options] == [(), ("a", "b"), ("b",)]
