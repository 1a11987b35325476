"""Bad rows are counted, explained with their line, and change nothing else."""

from pathlib import Path

import pytest

from pricing.workload import Code, WorkloadError, read_log
from tests.workload.logs import HEADER, every, write_csv, write_text

GOOD = every(10, 2)
TIME = "2026-01-05 12:00:00"

FAULTS = [
    (("", 10, 5), "timestamp is empty", ""),
    (("yesterday", 10, 5), "timestamp is not a time that can be read", "yesterday"),
    (("2026-13-45 00:00", 10, 5), "timestamp is not a time that can be read", "2026-13-45 00:00"),
    (("12", 10, 5), "timestamp is not between the years 2000 and 2100", "12"),
    (("1875-01-01", 10, 5), "timestamp is not between the years 2000 and 2100", "1875-01-01"),
    ((TIME, "", 5), "input_tokens is empty", ""),
    ((TIME, "many", 5), "input_tokens is not a number", "many"),
    ((TIME, "NaN", 5), "input_tokens is not a number", "NaN"),
    ((TIME, -3, 5), "input_tokens is negative", "-3"),
    ((TIME, "1e12", 5), "input_tokens is absurdly large", "1e12"),
    ((TIME, "inf", 5), "input_tokens is absurdly large", "inf"),
    ((TIME, 10.5, 5), "input_tokens is not a whole number", "10.5"),
    ((TIME, 0, 5), "input_tokens is zero", "0"),
    ((TIME, 10, ""), "output_tokens is empty", ""),
    ((TIME, 10, "x" * 60), "output_tokens is not a number", "x" * 37 + "..."),
    ((TIME, 10, -1), "output_tokens is negative", "-1"),
    ((TIME, 10, "9" * 30), "output_tokens is absurdly large", "9" * 30),
    ((TIME,), "it has too few columns", TIME),
]


@pytest.mark.parametrize(("row", "reason", "text"), FAULTS)
def test_that_a_bad_row_is_reported_with_reason_line_and_value(
    tmp_path: Path, row: tuple[object, ...], reason: str, text: str
) -> None:
    rows = [*GOOD[:3], row, *GOOD[3:]]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert report.rows == len(GOOD) + 1
    assert report.good_rows == len(GOOD)
    (group,) = report.bad
    assert group.reason.startswith(reason)
    assert group.count == 1
    assert group.examples[0].line == 5
    assert group.examples[0].text == text
    (warning,) = [item for item in report.warnings if item.code == Code.ROWS_LEFT_OUT]
    assert warning.sentence == group.sentence
    assert "line 5" in warning.sentence


def test_that_bad_rows_do_not_change_what_the_good_ones_say(tmp_path: Path) -> None:
    good = read_log(write_csv(tmp_path / "log.csv", GOOD))
    mixed = [row for pair in zip(GOOD, [f[0] for f in FAULTS] * 20, strict=False) for row in pair]
    bad = read_log(write_csv(tmp_path / "log.csv", mixed))
    assert bad.bad_rows == len(mixed) - len(GOOD)
    assert bad.classes == good.classes
    assert bad.statistics == good.statistics


def test_that_only_the_first_examples_are_kept_and_the_most_frequent_reason_comes_first(
    tmp_path: Path,
) -> None:
    rows = [*GOOD, *[(TIME, -1, 1)] * 3, *[(TIME, "x", 1)] * 8]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    first, second = report.bad
    assert (first.count, len(first.examples), second.count) == (8, 5, 3)
    assert first.sentence.endswith(", ....")


def test_that_lines_are_right_after_cells_with_line_breaks(tmp_path: Path) -> None:
    rows = [(*GOOD[0], "one\ntwo\nthree"), (TIME, "x", 1, "text")]
    path = write_csv(tmp_path / "log.csv", rows, (*HEADER, "prompt"))
    report = read_log(path)
    assert path.read_text(encoding="utf-8").splitlines()[4].startswith(TIME)
    assert report.bad[0].examples[0].line == 5


def test_that_broken_json_lines_are_bad_rows(tmp_path: Path) -> None:
    good = '{"timestamp": "2026-01-05T00:00:00", "input_tokens": 5, "output_tokens": 1}\n'
    text = good + '{"timestamp": "2026-0\n' + "\n" + "[1, 2]\n" + "{} trailing\n" + good
    report = read_log(write_text(tmp_path / "log.jsonl", text))
    assert report.good_rows == 2
    reasons = {group.reason: [e.line for e in group.examples] for group in report.bad}
    assert reasons["it is not valid JSON"] == [2, 5]
    assert reasons["it is not a JSON object"] == [4, 4]


def test_that_json_of_the_wrong_kind_is_a_bad_row(tmp_path: Path) -> None:
    good = '{"timestamp": "2026-01-05T00:00:00", "input_tokens": 5, "output_tokens": 1}\n'
    bad = '{"timestamp": %s, "input_tokens": %s, "output_tokens": 1}\n'
    cases = [
        ("null", "5"),
        ("true", "5"),
        ("{}", "5"),
        ('"2026-01-05"', "{}"),
        ("1e300", "5"),
        ('"2026-01-05"', "true"),
    ]
    text = good + "".join(bad % case for case in cases)
    report = read_log(write_text(tmp_path / "log.jsonl", text))
    assert report.good_rows == 1
    assert report.bad_rows == len(cases)


def test_that_requests_without_tokens_are_told_apart_from_bad_rows(tmp_path: Path) -> None:
    report = read_log(write_csv(tmp_path / "log.csv", [*GOOD, (TIME, 0, 0)]))
    assert report.bad_rows == 0
    assert report.skipped_rows == {"no tokens": 1}
    assert report.good_rows == len(GOOD)


def test_that_a_log_of_bad_rows_only_is_refused_with_the_main_reason(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "log.csv", [("soon", 1, 1)] * 4)
    with pytest.raises(WorkloadError, match=r"None of the 4 rows .* not a time .* line 2, 3, 4, 5"):
        read_log(path)


@pytest.mark.parametrize(
    ("requests", "reason"),
    [
        ("301", "input_tokens is less than one token per request"),
        ("", "requests is empty"),
        ("-2", "requests is negative"),
        ("2.5", "requests is not a whole number"),
        ("1e12", "requests is absurdly large"),
        ("0", "requests is zero"),
    ],
)
def test_that_the_number_of_requests_is_checked_too(
    tmp_path: Path, requests: str, reason: str
) -> None:
    header = ("timestamp", "requests", "input_tokens", "output_tokens")
    rows = [(TIME, 3, 300, 30), (TIME, requests, 300, 30)]
    report = read_log(write_csv(tmp_path / "log.csv", rows, header))
    assert [group.reason for group in report.bad] == [reason]


def test_that_sums_over_several_requests_may_be_larger_than_one_request(tmp_path: Path) -> None:
    header = ("timestamp", "requests", "input_tokens", "output_tokens")
    rows = [(TIME, 1000, 5_000_000_000, 10), (TIME, 1, 5_000_000_000, 10)]
    report = read_log(write_csv(tmp_path / "log.csv", rows, header))
    assert report.good_rows == 1
    assert report.classes[0].input_tokens.value == 5_000_000


def test_that_lines_swallowed_by_an_open_quote_are_all_counted(tmp_path: Path) -> None:
    lines = [",".join(map(str, row)) + ",text" for row in GOOD]
    lines[100] = lines[100].replace("text", '"never closed')
    text = ",".join((*HEADER, "prompt")) + "\n" + "\n".join(lines) + "\n"
    report = read_log(write_text(tmp_path / "log.csv", text))
    assert report.good_rows == 100
    assert report.bad_rows == len(GOOD) - 100
    assert report.rows == len(GOOD)
    assert report.bad[0].examples[0].line == 102


def test_that_one_wrong_quote_costs_one_row(tmp_path: Path) -> None:
    lines = [",".join(map(str, row)) + ",text" for row in GOOD]
    lines[100] = lines[100].replace("text", '"said "so""')
    text = ",".join((*HEADER, "prompt")) + "\n" + "\n".join(lines) + "\n"
    report = read_log(write_text(tmp_path / "log.csv", text))
    assert report.good_rows == len(GOOD) - 1
    (group,) = report.bad
    assert (group.count, group.examples[0].line) == (1, 102)
    assert "quotes are wrong" in group.reason
