"""A split by a label loses nothing and makes up nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from pricing.workload import Code, ColumnMapping, WorkloadError, read_log, reading
from tests.workload.logs import MONDAY, write_csv, write_lines

HEADER = ("timestamp", "model", "input_tokens", "output_tokens")


def labelled(labels: list[str], count: int = 2000) -> list[tuple[object, ...]]:
    """Requests over ten days; label n is used 1 / (n + 1) as often as the first."""
    weights = [label for n, label in enumerate(labels) for _ in range(60 // (n + 1) or 1)]
    return [
        (
            MONDAY + timedelta(days=10 * n / count),
            weights[n * 7919 % len(weights)],
            100 + n % 50,
            n % 7,
        )
        for n in range(count)
    ]


def test_that_the_largest_classes_stay_and_the_rest_is_gathered(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "log.csv", labelled([f"model-{n}" for n in range(12)]), HEADER)
    report = read_log(path, split_by="model", max_classes=3)
    assert [item.id for item in report.classes] == ["model-0", "model-1", "model-2", "other"]
    (warning,) = [item for item in report.warnings if item.code == Code.CLASSES_GATHERED]
    assert warning.facts["labels"] == 12
    assert warning.facts["share"] == report.statistics[-1].share
    assert sum(item.share for item in report.statistics) == pytest.approx(1)
    assert sum(item.rows for item in report.statistics) == report.good_rows


def test_that_no_split_is_made_unless_asked_for(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "log.csv", labelled(["a", "b"]), HEADER)
    assert len(read_log(path).classes) == 1
    assert len(read_log(path, split_by="MODEL").classes) == 2
    mapping = ColumnMapping(
        timestamp="timestamp",
        input_tokens=("input_tokens",),
        output_tokens=("output_tokens",),
        label="model",
    )
    assert len(read_log(path, mapping).classes) == 2


def test_that_a_split_by_an_unknown_column_names_those_there_are(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "log.csv", labelled(["a"]), HEADER)
    with pytest.raises(WorkloadError, match=r"'team'.*timestamp, model, input_tokens"):
        read_log(path, split_by="team")


def test_that_names_become_ids_that_are_unique_and_valid(tmp_path: Path) -> None:
    labels = ["GPT 5", "gpt-5", "客服", "", "  ", "x" * 200, "other", "-._", "tab\there"]
    path = write_csv(tmp_path / "log.csv", labelled(labels), HEADER)
    report = read_log(path, split_by="model", max_classes=7)
    ids = [item.id for item in report.classes]
    assert len(set(ids)) == len(ids) == 8
    assert ids[:2] == ["gpt-5", "gpt-5-2"]
    assert "客服" in [item.name for item in report.classes]
    assert "unlabelled" in ids
    assert max(len(item.name) for item in report.classes) <= 120


def test_that_a_column_of_request_ids_is_no_label(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "log.csv", labelled([f"r{n}" for n in range(1500)]), HEADER)
    report = read_log(path, split_by="model", max_classes=2)
    assert Code.LABELS_TOO_MANY in {item.code for item in report.warnings}
    assert report.classes[-1].id == "other"
    assert sum(item.rows for item in report.statistics) == 2000


def test_that_labels_of_json_may_be_lists_or_missing(tmp_path: Path) -> None:
    records = [
        {
            "timestamp": (MONDAY + timedelta(minutes=n)).isoformat(),
            "input_tokens": 10,
            "output_tokens": 1,
            **({"request_tags": ["a", "b"]} if n % 2 else {}),
        }
        for n in range(100)
    ]
    path = write_lines(tmp_path / "log.jsonl", records)
    report = read_log(path, split_by="request_tags")
    assert {item.id: item.rows for item in report.statistics} == {
        "a-b": 50,
        "unlabelled": 50,
    }


def test_that_a_class_seen_only_outside_whole_days_keeps_its_requests(tmp_path: Path) -> None:
    steady = [(MONDAY + timedelta(hours=6 + n / 4), "main", 10, 1) for n in range(4 * 24 * 8)]
    early = [(MONDAY + timedelta(hours=7, minutes=n), "trial", 10, 1) for n in range(5)]
    report = read_log(write_csv(tmp_path / "log.csv", [*steady, *early], HEADER), split_by="model")
    trial = report.classes[1]
    assert trial.requests.value == pytest.approx(5 / 8, rel=0.02)
    assert Code.CLASS_OUTSIDE_DAYS in {item.code for item in report.warnings}


def test_that_a_log_too_long_for_minutes_borrows_the_bursts_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady = [(MONDAY + timedelta(minutes=n), "ab"[n % 2], 10, 1) for n in range(1440 * 8)]
    burst = [(MONDAY + timedelta(days=3, hours=5, seconds=n), "a", 10, 1) for n in range(300)]
    path = write_csv(tmp_path / "log.csv", [*steady, *burst], HEADER)
    exact = read_log(path, split_by="model")
    whole = read_log(path)
    monkeypatch.setattr(reading, "MOST_DAYS_BY_MINUTE", 10)
    rough = read_log(path, split_by="model")
    assert Code.PEAK_OF_WHOLE not in {item.code for item in exact.warnings}
    assert Code.PEAK_OF_WHOLE in {item.code for item in rough.warnings}
    (all_together,), (first, second) = whole.statistics, rough.statistics
    assert all_together.peak_hour_to_mean is not None
    burstiness = all_together.peak_to_mean / all_together.peak_hour_to_mean
    assert burstiness > 1.5
    for item in (first, second):
        assert item.peak_hour_to_mean is not None
        assert item.peak_to_mean == pytest.approx(item.peak_hour_to_mean * burstiness)
    assert [c.requests for c in rough.classes] == [c.requests for c in exact.classes]
