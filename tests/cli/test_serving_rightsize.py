"""`reckoner serving rightsize`: the cheapest model that is good enough."""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.plan.file import save_plan
from pricing.serving import Requests
from pricing.serving.capacity import Level
from pricing.serving.search.assess import Load
from pricing.serving.search.rightsizing import Needs, right_size
from tests.bill.predicted import predicted, predicted_plan
from tests.bill.small import request_class
from tests.cli.conftest import Run

SCORED = (
    "--quality", "qwen3-32b=0.8", "--quality", "llama-3.1-8b=0.6", "--quality", "gpt-oss-120b=0.83",
)  # fmt: skip
ASKED = ("--floor", "0.75", *SCORED, "--rate", "5", "--tpot", "50", "--variation", "1")
SCORES = {"qwen3-32b": 0.8, "llama-3.1-8b": 0.6, "gpt-oss-120b": 0.83}


def told(run: Run, *arguments: str) -> Any:
    answer = run("serving", "rightsize", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def test_that_models_and_costs_are_those_of_the_right_sizing(run: Run) -> None:
    load = Load("chat", Requests(1000, 500, 1, 1), Level(tpot=0.05), (5.0,))
    found = right_size([load], Needs(floor=0.75, quality=SCORES))
    said = told(run, *ASKED)
    for name in ("good_enough", "not_scored", "left_out"):
        models = getattr(found, name)
        assert [item["model"] for item in said[name]] == [item.model.id for item in models]
    first = found.good_enough[0]
    assert first.row is not None
    cheapest = said["good_enough"][0]["cheapest"]
    assert cheapest["cost_per_month"]["typical"] == first.row.cost.typical
    assert cheapest["offer"] == first.row.offer.id


def test_that_the_table_has_every_model_and_every_reason(run: Run) -> None:
    answer = run("serving", "rightsize", *ASKED)
    plain = " ".join(answer.out.split())
    assert answer.code == 0
    assert plain.startswith("Good enough, cheapest first")
    assert "Quality not entered, smallest first" in plain
    for line in load_catalogue().open_models():
        assert line.name in plain
    assert "Llama-3.1-8B scores 60 %, below the floor of 75 %." in plain
    assert "does not allow commercial use" in plain


def test_that_research_admits_licences_without_commercial_use(run: Run) -> None:
    strict, open_ = told(run, *ASKED), told(run, *ASKED, "--research")
    barred = {item["model"] for item in strict["left_out"] if item["obstacle"] == "licence"}
    assert barred
    assert barred <= {item["model"] for item in open_["not_scored"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--floor", "75"), "--floor 75"),
        (("--quality", "qwen3-32b"), "--quality qwen3-32b"),
        (("--quality", "qwen3-32b=78"), "from 0 to 1"),
        (("--quality", "qwen9=0.5"), "the closest are"),
        (("--quality-change", "fp3=-0.1"), "--quality-change"),
        (("--rate", "nan"), "nan requests per second"),
        (("--spares", "-1"), "--spares -1"),
        (("--electricity", "-1"), "--electricity -1"),
    ],
)
def test_that_what_cannot_be_is_refused_in_a_sentence(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    answer = run("serving", "rightsize", *arguments)
    assert answer.code == 1
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_that_a_plan_adds_scores_floors_and_own_models(run: Run, tmp_path: Path) -> None:
    made = predicted_plan(
        predicted({"model": "qwen3-32b", "precision": "fp8", "quality_change": -0.1}),
        classes=[request_class(quality_floor=0.75)],
        qualities=[{"model": name, "score": score} for name, score in SCORES.items()]
        + [{"model": "model", "score": 0.99}],
    )
    path = tmp_path / "plan.reckon"
    save_plan(made, path)
    load = ("--rate", "5", "--tpot", "50", "--variation", "1")
    said = told(run, str(path), *load)
    good = {item["model"]: item for item in said["good_enough"]}
    assert set(good) == {"model", "qwen3-32b", "gpt-oss-120b"}
    assert good["qwen3-32b"]["cheapest"]["precision"] != "fp8"
    higher = told(run, str(path), "--floor", "0.9", "--quality", "llama-3.1-8b=0.95", *load)
    assert {item["model"] for item in higher["good_enough"]} == {"model", "llama-3.1-8b"}


def test_that_a_plan_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    answer = run("serving", "rightsize", str(tmp_path / "none.reckon"))
    assert answer.code == 1
    assert "there is no such file" in answer.err
