"""Rules that hold for every log."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.plan.workload import HourlyProfile
from pricing.workload import LogReport, WorkloadError, read_log
from tests.workload.logs import MONDAY, write_csv

HEADER = ("timestamp", "label", "input_tokens", "output_tokens", "cached_tokens")

Row = tuple[datetime, str, int, int, int]


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Requests over some days, in any order."""
    days = draw(st.integers(1, 80))
    request = st.tuples(
        st.integers(0, days * 86_400 - 1),
        st.sampled_from("abc"),
        st.integers(1, 1_000_000),
        st.integers(0, 100_000),
        st.floats(0, 1),
    )
    drawn = draw(st.lists(request, min_size=1, max_size=60))
    return [
        (MONDAY + timedelta(seconds=second), label, tokens, output, int(share * tokens))
        for second, label, tokens, output, share in drawn
    ]


def read(log: list[Row], *extra: tuple[object, ...], split: bool = False) -> LogReport:
    with TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "log.csv", [*log, *extra], HEADER)
        return read_log(path, split_by="label" if split else None)


def sentence_of(path: Path) -> str:
    """The sentence with which a file is refused; "read" where it is a log."""
    try:
        read_log(path)
    except WorkloadError as error:
        return str(error)
    return "read"


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(rows(), st.randoms(use_true_random=False))
def test_that_the_order_of_rows_does_not_matter(log: list[Row], random: object) -> None:
    shuffled = log.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = read(log, split=True), read(shuffled, split=True)
    assert one.classes == other.classes
    assert one.statistics == other.statistics


@quick
@given(rows())
def test_that_the_parts_of_a_split_add_up_to_the_whole(log: list[Row]) -> None:
    whole, parts = read(log), read(log, split=True)
    (one,) = whole.statistics
    for field in ("rows", "requests", "input_tokens", "output_tokens", "cached_tokens"):
        assert sum(getattr(part, field) for part in parts.statistics) == getattr(one, field)
    if not any(item.code == "class-outside-days" for item in parts.warnings):
        rate = sum(part.requests_per_day for part in parts.statistics)
        assert rate == pytest.approx(one.requests_per_day, rel=1e-9)


@quick
@given(rows())
def test_that_every_request_twice_is_twice_the_rate_and_the_same_shape(log: list[Row]) -> None:
    once, twice = read(log), read(log + log)
    (one,), (two,) = once.classes, twice.classes
    assert two.requests.value == pytest.approx(2 * one.requests.value, abs=2e-6)
    assert two.input_tokens.value == one.input_tokens.value
    assert two.output_tokens.value == one.output_tokens.value
    assert two.cacheable_share.value == one.cacheable_share.value
    assert two.input_variation is not None
    assert one.input_variation is not None
    assert two.input_variation.value == pytest.approx(one.input_variation.value, abs=2e-6)
    if isinstance(one.profile, HourlyProfile):
        assert isinstance(two.profile, HourlyProfile)
        assert two.profile.hours == one.profile.hours
        assert two.profile.weekdays == one.profile.weekdays


@quick
@given(rows(), st.lists(st.tuples(*[st.text(max_size=8)] * 5), max_size=10))
def test_that_bad_rows_change_nothing_but_the_account(
    log: list[Row], junk: list[tuple[str, ...]]
) -> None:
    bad = [(time, label, f"x{a}", b, c) for time, label, a, b, c in junk]
    clean, mixed = read(log), read(log, *bad)
    assert mixed.classes == clean.classes
    assert mixed.statistics == clean.statistics
    assert mixed.good_rows == clean.good_rows


@quick
@given(rows(), st.integers(-14, 14))
def test_that_a_shift_of_the_clock_moves_hours_but_keeps_lengths(log: list[Row], by: int) -> None:
    with TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "log.csv", log, HEADER)
        plain, moved = read_log(path), read_log(path, utc_offset_hours=by)
    assert moved.classes[0].input_tokens.value == plain.classes[0].input_tokens.value
    assert moved.statistics[0].requests == plain.statistics[0].requests


@quick
@given(rows())
def test_that_profiles_have_a_mean_of_one_and_a_peak_above_it(log: list[Row]) -> None:
    for item in read(log, split=True).classes:
        if isinstance(item.profile, HourlyProfile):
            assert sum(item.profile.hours) == pytest.approx(24, abs=0.01)
            assert sum(item.profile.weekdays) == pytest.approx(7, abs=0.01)
            assert item.profile.within_hour_peak >= 1
        else:
            assert item.profile.ratio >= 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_that_any_bytes_are_a_log_or_a_sentence(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        path.write_bytes(content)
        assert sentence_of(path).endswith((".", "read"))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["timestamp", "input_tokens", "output_tokens", "usage", "data"]),
            st.recursive(
                st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
                lambda inner: (
                    st.lists(inner, max_size=2)
                    | st.dictionaries(
                        st.sampled_from(["input_tokens", "results"]), inner, max_size=2
                    )
                ),
                max_leaves=4,
            ),
        ),
        max_size=5,
    )
)
def test_that_any_json_is_a_log_or_a_sentence(records: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
        assert sentence_of(path).endswith((".", "read"))
