"""`reckoner workload`: real logs become plans that can be evaluated."""

import csv
from pathlib import Path

import pytest

from pricing.plan.file import load_plan
from tests.cli.conftest import Run, process

AZURE = Path(__file__).parents[1] / "workload" / "data" / "azure_llm_2023_conv.csv"
HEADER = "timestamp,model,prompt_tokens,completion_tokens\n"


def log(folder: Path, name: str = "usage.csv", day: int = 4, model: str = "a") -> Path:
    """Ten days of hourly requests."""
    rows = [
        f"2027-01-{day + number // 24:02d}T{number % 24:02d}:30:00Z,{model},1000,200\n"
        for number in range(240)
    ]
    path = folder / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def test_that_a_real_log_becomes_a_plan_with_a_bill(tmp_path: Path) -> None:
    out = tmp_path / "azure.reckon"
    answer = process("workload", AZURE, "-o", out)
    assert (answer.code, answer.err) == (0, "")
    with AZURE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    mean = sum(float(row["ContextTokens"]) for row in rows) / len(rows)
    plan = load_plan(out)
    assert plan.workload[0].input_tokens.value == pytest.approx(mean)
    assert f"{len(rows):,} rows: {len(rows):,} counted" in answer.out
    assert "Azure LLM inference trace" in answer.out
    assert "cannot know the day" in answer.out
    assert process("evaluate", out).code == 0


def test_that_bad_rows_are_counted_and_told(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write("2027-01-14T00:30:00Z,a,many,200\nyesterday,a,1,1\n")
    answer = run("workload", path, "-o", tmp_path / "plan.reckon")
    assert answer.code == 0
    assert "242 rows: 240 counted, 0 without a request, 2 left out" in answer.out
    assert "line 242" in answer.out


def test_that_columns_can_be_mapped_by_hand(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    text = log(tmp_path).read_text(encoding="utf-8").replace(HEADER, "when,who,in,out\n")
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "plan.reckon"
    answer = run("workload", path, "-o", out, "--map", "timestamp=when", "--map", "input_tokens=in")
    assert answer.code == 1
    assert "Add --map output_tokens=COLUMN" in answer.err
    assert not out.exists()
    mapped = ["--map", "timestamp=when", "--map", "input_tokens=in", "--map", "output_tokens=out"]
    answer = run("workload", path, "-o", out, *mapped, "--split-by", "who")
    assert answer.code == 0, answer.err
    assert [item.id for item in load_plan(out).workload] == ["a"]


def test_that_a_mapping_replaces_only_what_it_names(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "plan.reckon"
    path = log(tmp_path)
    columns = ["--map", "input_tokens=prompt_tokens", "--map", "input_tokens=completion_tokens"]
    assert run("workload", path, "-o", out, *columns).code == 0
    item = load_plan(out).workload[0]
    assert (item.input_tokens.value, item.output_tokens.value) == (1200, 200)


@pytest.mark.parametrize("told", ["when", "=x", "time=x", "timestamp=", "timestamp=none"])
def test_that_a_mapping_that_means_nothing_is_refused(run: Run, tmp_path: Path, told: str) -> None:
    answer = run("workload", log(tmp_path), "-o", tmp_path / "p.reckon", "--map", told)
    assert (answer.code, answer.out) == (1, "")
    assert not (tmp_path / "p.reckon").exists()


def test_that_into_keeps_the_options_and_replaces_the_workload_in_place(
    run: Run, tmp_path: Path, plan: Path
) -> None:
    before = load_plan(plan)
    assert run("workload", log(tmp_path), "--into", plan).code == 0
    after = load_plan(plan)
    assert [option.id for option in after.options] == [option.id for option in before.options]
    assert [item.input_tokens.value for item in after.workload] == [1000]
    assert run("evaluate", plan, "--no-volume").code == 0


def test_that_a_plan_is_not_replaced_by_accident(run: Run, tmp_path: Path, plan: Path) -> None:
    content = plan.read_bytes()
    answer = run("workload", log(tmp_path), "-o", plan)
    assert (answer.code, answer.out) == (1, "")
    assert "exists already" in answer.err
    assert plan.read_bytes() == content
    assert run("workload", log(tmp_path), "-o", plan, "--force").code == 0
    assert plan.read_bytes() != content


def test_that_several_logs_stand_beside_each_other(run: Run, tmp_path: Path) -> None:
    logs = [log(tmp_path, name) for name in ("chat.csv", "coding.csv")]
    out = tmp_path / "both.reckon"
    answer = run("workload", *logs, "-o", out)
    assert answer.code == 0, answer.err
    plan = load_plan(out)
    assert [item.id for item in plan.workload] == ["chat", "coding"]
    assert sum(item.requests.value for item in plan.workload) == pytest.approx(48)
    assert "different periods" not in answer.out


def test_that_logs_that_follow_each_other_are_suspected_to_be_one(run: Run, tmp_path: Path) -> None:
    logs = [log(tmp_path, "part1.csv", 1), log(tmp_path, "part2.csv", 15)]
    answer = run("workload", *logs, "-o", tmp_path / "both.reckon")
    assert answer.code == 0
    assert "The logs cover different periods" in " ".join(answer.out.split())


def test_that_an_unknown_api_is_refused_before_the_log_is_read(run: Run, tmp_path: Path) -> None:
    answer = run("workload", "gone.csv", "-o", tmp_path / "p.reckon", "--api", "openai/gtp-5-mini")
    assert answer.code == 1
    assert "'openai/gpt-5-mini'" in answer.err


def test_that_what_is_no_log_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "money.csv").write_text("day,euros\n2027-01-01,5\n", encoding="utf-8")
    for name in ("gone.csv", "empty.csv", "money.csv", "."):
        answer = run("workload", tmp_path / name, "-o", tmp_path / "p.reckon")
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("reckoner: ")


def test_that_a_plan_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path)
    for place in (tmp_path / "none" / "p.reckon", path / "p.reckon", Path("/proc/p.reckon")):
        answer = run("workload", path, "-o", place)
        assert answer.code == 1
        assert "p.reckon" in answer.err


def test_that_a_name_no_plan_can_have_is_refused(run: Run, tmp_path: Path) -> None:
    answer = run("workload", log(tmp_path), "-o", tmp_path / "p.reckon", "--name", "a\nb")
    assert answer.code == 1
    assert "cannot be the name of a plan" in answer.err
