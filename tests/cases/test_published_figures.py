"""Every published figure is met, or its difference is explained to the number."""

import pytest

from pricing.cases import Case, CaseResult, all_cases, run_case
from pricing.cases.case import CaseFile, Column

ASKED_FOR = {
    *("A4", "A10", "A12", "A13", "B4", "B5", "B14", "D1", "D2", "D8"),
    *("E1", "E2", "E3", "E5", "E6", "E8", "E9", "E14"),
    *("configiq", "pan2025", "petrenko2026", "lenovo-lp2225", "lenovo-lp2368", "nvidia-tco"),
    *("induwara", "manning-router", "peakinfer", "mithril", "buzzi", "sunkcost", "routellm"),
    *("routellm-counted", "routerbench", "frugalgpt", "prefix-cache"),
}


def case_of(case_id: str) -> Case:
    return next(case for case in all_cases() if case.id == case_id)


@pytest.fixture(scope="module")
def results() -> dict[str, CaseResult]:
    return {case.id: run_case(case) for case in all_cases()}


def test_that_every_case_is_there_once() -> None:
    ids = [case.id for case in all_cases()]
    assert set(ids) == ASKED_FOR
    assert len(ids) == len(ASKED_FOR)


def test_that_whole_tables_are_run_and_not_a_choice_of_rows(
    results: dict[str, CaseResult],
) -> None:
    def rows(case_id: str, what: str) -> int:
        return sum(what in row.what for row in results[case_id].rows)

    assert rows("configiq", "rented, paid for") == 5
    assert rows("petrenko2026", "cloud bill per hour") == 16
    assert rows("pan2025", "API bill") == 25
    assert rows("A12", "answered rightly") == 9
    assert rows("routellm", "gap recovered") == 6
    assert rows("routellm", "routing a million requests") == 4
    assert rows("routellm-counted", "calls of a router by chance") == 6
    assert sum(row.published == "never" for row in results["petrenko2026"].rows) >= 2


@pytest.mark.parametrize("case_id", sorted(ASKED_FOR))
def test_that_a_figure_called_reproduced_lies_within_its_tolerance(
    case_id: str, results: dict[str, CaseResult]
) -> None:
    for row in results[case_id].rows:
        if row.verdict == "reproduced":
            if isinstance(row.published, str) or isinstance(row.ours, str):
                assert row.ours == row.published
            else:
                assert abs(row.ours - row.published) <= row.tolerance
            assert row.tolerance_reason


@pytest.mark.parametrize("case_id", sorted(ASKED_FOR))
def test_that_nothing_is_left_unexplained(case_id: str, results: dict[str, CaseResult]) -> None:
    wrong = [row for row in results[case_id].rows if row.verdict == "not reproduced"]
    assert wrong == []
    assert results[case_id].holds


def test_that_an_explained_difference_says_why(results: dict[str, CaseResult]) -> None:
    explained = [
        row
        for result in results.values()
        for row in result.rows
        if row.verdict == "explained difference"
    ]
    assert len(explained) >= 20
    for row in explained:
        assert len(row.explanation) > 20
        assert "{" not in row.explanation
        if row.difference is not None:
            assert abs(row.difference) > row.tolerance


@pytest.mark.parametrize(
    "case_id", ["configiq", "peakinfer", "nvidia-tco", "E3", "E9", "E14", "A10", "A12"]
)
def test_that_an_explanation_holds_only_for_the_number_it_states(case_id: str) -> None:
    case = case_of(case_id)
    document = case.file.model_dump()
    for scenario in document["scenarios"]:
        for figure in scenario["figures"]:
            if figure["explained"]:
                figure["explained"]["value"] *= 1.02
    moved = case.model_copy(update={"file": CaseFile.model_validate(document)})
    before = run_case(case).count("explained difference")
    assert before > 0
    assert run_case(moved).count("not reproduced") == before


def test_that_an_explanation_is_removed_when_the_difference_is_gone(
    results: dict[str, CaseResult],
) -> None:
    for case in all_cases():
        rows = iter(results[case.id].rows)
        for scenario in case.file.scenarios:
            for entry in case.tables[scenario.each] if scenario.each else ({},):
                for figure in scenario.figures:
                    published = figure.published
                    if isinstance(published, Column) and entry[published.column] is None:
                        continue
                    row = next(rows)
                    if figure.explained and not isinstance(figure.explained.value, Column):
                        assert row.verdict != "reproduced", (case.id, row.what)


def test_that_what_the_sources_get_wrong_is_recorded() -> None:
    wrong = ("pan2025", "peakinfer", "nvidia-tco", "A10", "E3", "E9", "E14", "lenovo-lp2368")
    for case_id in (*wrong, "routellm"):
        assert case_of(case_id).file.slips
    assert all(case.file.source.licence and case.file.source.date for case in all_cases())
