"""A case may ask the optimiser: what it decides, and what a rule costs."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pricing.cases import Case, load_case, run_case
from pricing.cases.load import find_case
from pricing.resources import resource


def changed(tmp_path: Path, case_id: str, place: int, **changes: Any) -> Case:
    """A case with one of its scenarios, changed."""
    folder = tmp_path / case_id
    shutil.copytree(resource("cases", case_id), folder)
    document = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    document["scenarios"] = [{**document["scenarios"][place], **changes}]
    (folder / "case.json").write_text(json.dumps(document), encoding="utf-8")
    return load_case(folder)


def figure(ours: object, published: object) -> dict[str, object]:
    tolerance = {"within": 0.01, "because": "exact arithmetic"}
    return {
        "what": "asked", "unit": "", "published": published, "ours": ours, "tolerance": tolerance,
    }  # fmt: skip


def test_that_a_question_about_a_decision_is_refused_where_nothing_is_decided(
    tmp_path: Path,
) -> None:
    case = changed(tmp_path, "E6", 0, optimise=False, figures=[figure({"verdict": "fitting"}, "x")])
    with pytest.raises(ValueError, match="must be optimised"):
        run_case(case)


@pytest.mark.parametrize(
    "question", [{"rule_price": "rules.site_power_kw"}, {"answered_by": "nothing"},
                 {"verdict": "nothing"}, {"why_not": ["tags", "nothing"]}],
    ids=lambda question: next(iter(question)),
)  # fmt: skip
def test_that_a_question_about_what_the_plan_does_not_have_is_refused(
    tmp_path: Path, question: dict[str, object]
) -> None:
    case = changed(tmp_path, "E6", 0, figures=[figure(question, 0)])
    with pytest.raises(KeyError):
        run_case(case)


def test_that_a_figure_that_the_plan_left_out_counts_once_a_scenario_sets_it(
    tmp_path: Path,
) -> None:
    """The tuning of B5's open model: 50,000 on top of 12 x 2 x 7,300."""
    cost = figure({"line": "option.optimised.npv"}, 225_200)
    (row,) = run_case(changed(tmp_path, "B5", 3, figures=[cost])).rows
    assert row.ours == pytest.approx(225_200)
    assert row.verdict == "reproduced"


def test_that_another_option_than_the_expected_one_makes_a_case_fail(tmp_path: Path) -> None:
    dearer = {"options.yi.cost_per_request": 0.01}
    result = run_case(changed(tmp_path, "E6", 0, set=dearer))
    failed = {row.what: row.ours for row in result.rows if row.verdict == "not reproduced"}
    assert failed["who answers"] == "gpt4"


def test_that_two_vendors_cost_the_adaptation_of_a_second_kind_and_the_dearer_server() -> None:
    prices = [row.ours for row in run_case(find_case("B4")).rows if "over one" in row.what]
    assert prices == [pytest.approx(p) for p in (160_000, 10_000, 170_000, 31_400)]
