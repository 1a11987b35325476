"""The same log in every dialect gives the same classes."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Literal

import pytest

from pricing.workload import Code, ColumnMapping, WorkloadError, read_log
from tests.workload.logs import every, packed, write_csv, write_lines, write_text

ROWS = [*every(7, 2, tokens=(100, 20)), *every(11, 2, tokens=(300, 50))]


Numbers = tuple[object, ...]


def numbers(path: Path) -> Numbers:
    report = read_log(path)
    (only,) = report.classes
    return (
        report.good_rows,
        only.requests.value,
        only.input_tokens.value,
        only.output_tokens.value,
        only.input_variation.value,
        only.profile.model_dump(exclude={"source"}),
    )


@pytest.fixture
def expected(tmp_path: Path) -> Numbers:
    return numbers(write_csv(tmp_path / "plain.csv", ROWS))


def as_text(
    delimiter: str = ",", quoting: Literal[0, 1] = csv.QUOTE_MINIMAL, end: str = "\n"
) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerow(("timestamp", "input_tokens", "output_tokens"))
    writer.writerows(ROWS)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_that_any_delimiter_is_found(tmp_path: Path, expected: Numbers, delimiter: str) -> None:
    assert numbers(write_text(tmp_path / "log.csv", as_text(delimiter))) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_that_byte_order_marks_are_understood(
    tmp_path: Path, expected: Numbers, encoding: str
) -> None:
    assert numbers(write_text(tmp_path / "log.csv", as_text(), encoding)) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_that_any_line_end_will_do(tmp_path: Path, expected: Numbers, end: str) -> None:
    assert numbers(write_text(tmp_path / "log.csv", as_text(end=end))) == expected


def test_that_quotes_blank_lines_and_the_hint_of_excel_do_no_harm(
    tmp_path: Path, expected: Numbers
) -> None:
    text = as_text(";", csv.QUOTE_ALL).replace("\n", "\n\n")
    assert numbers(write_text(tmp_path / "log.csv", "sep=;\n" + text)) == expected


def test_that_gzip_is_unpacked_whatever_the_name(tmp_path: Path, expected: Numbers) -> None:
    path = write_csv(tmp_path / "log.csv", ROWS)
    assert numbers(packed(path)) == expected
    unnamed = tmp_path / "log.txt"
    unnamed.write_bytes(gzip.compress(path.read_bytes()))
    assert numbers(unnamed) == expected


def records() -> list[dict[str, object]]:
    return [{"timestamp": t, "input_tokens": i, "output_tokens": o} for t, i, o in ROWS]


def test_that_json_lines_arrays_and_pretty_json_are_read(tmp_path: Path, expected: Numbers) -> None:
    assert numbers(write_lines(tmp_path / "log.jsonl", records())) == expected
    assert numbers(write_text(tmp_path / "a.json", json.dumps(records()))) == expected
    assert numbers(write_text(tmp_path / "b.json", json.dumps(records(), indent=2))) == expected


def test_that_a_json_array_larger_than_one_read_is_streamed(tmp_path: Path) -> None:
    many = [{**record, "text": "x" * 2000} for record in records() * 3]
    path = write_text(tmp_path / "log.json", json.dumps(many))
    assert path.stat().st_size > 3 << 20
    assert read_log(path).good_rows == len(many)


def test_that_column_order_and_further_columns_do_not_matter(
    tmp_path: Path, expected: Numbers
) -> None:
    rows = [(o, 'a, "quoted"\nprompt', t, i) for t, i, o in ROWS]
    header = ("completion_tokens", "prompt", "time", "prompt_tokens")
    assert numbers(write_csv(tmp_path / "log.csv", rows, header)) == expected


def test_that_chinese_labels_of_a_gb18030_file_are_kept(tmp_path: Path) -> None:
    rows = "\n".join(f"{t},{i},{o},客服" for t, i, o in ROWS)
    text = "timestamp,input_tokens,output_tokens,feature\n" + rows
    report = read_log(write_text(tmp_path / "log.csv", text, "gb18030"), split_by="feature")
    assert [item.name for item in report.classes] == ["客服"]
    assert report.classes[0].id == "class-1"
    assert Code.ENCODING_GUESSED in {item.code for item in report.warnings}


def test_that_a_cell_may_be_larger_than_the_csv_module_allows_by_default(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    rows = [(t, i, o, "x" * 200_000) for t, i, o in ROWS[:5]]
    report = read_log(
        write_csv(tmp_path / "log.csv", rows, ("timestamp", "input_tokens", "output_tokens", "p"))
    )
    assert report.good_rows == 5
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"timestamp,input_tokens,output_tokens\n", "header but no rows"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
        (b"PK\x03\x04rest of a workbook", "save the table as CSV"),
        (b"PAR1abc", "Parquet"),
        (b"\x1f\x8b\x08\x00broken", "damaged gzip"),
        (b"[]", "columns could not be recognised"),
        (b"[1, 2, 3]", "columns could not be recognised"),
        (b'{"a": 1', "columns could not be recognised"),
        (b"a,b,c\n1,2,3\n", "Found: a, b, c"),
    ],
)
def test_that_what_is_no_log_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(WorkloadError, match=says) as refusal:
        read_log(path)
    assert "\n" not in str(refusal.value)


def test_that_a_truncated_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    random_rows = [
        (t, (n * 7919) % 10_007 + 1, (n * 104_729) % 997) for n, (t, _, _) in enumerate(ROWS * 20)
    ]
    whole = gzip.compress(write_csv(tmp_path / "log.csv", random_rows).read_bytes())
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WorkloadError, match="damaged gzip"):
        read_log(path)


def test_that_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(WorkloadError, match="is a folder"):
        read_log(tmp_path)
    with pytest.raises(WorkloadError, match="No such file"):
        read_log(tmp_path / "none.csv")


def test_that_options_out_of_range_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "log.csv", ROWS)
    with pytest.raises(WorkloadError, match="utc_offset_hours must be -14 to 14, not 30"):
        read_log(path, utc_offset_hours=30)
    with pytest.raises(WorkloadError, match="max_classes must be at least 1"):
        read_log(path, max_classes=0)


def test_that_columns_can_be_mapped_by_hand(tmp_path: Path, expected: Numbers) -> None:
    path = write_csv(tmp_path / "log.csv", ROWS, ("when", "in", "out"))
    with pytest.raises(WorkloadError, match="no column for timestamp"):
        read_log(path)
    mapping = ColumnMapping(timestamp="when", input_tokens="in", output_tokens="out")
    report = read_log(path, mapping)
    assert report.export is None
    assert report.classes[0].requests.value == expected[1]
    with pytest.raises(WorkloadError, match="no column 'out2'"):
        read_log(path, ColumnMapping(timestamp="when", input_tokens="in", output_tokens="out2"))


def test_that_a_time_format_of_ones_own_is_read(tmp_path: Path, expected: Numbers) -> None:
    rows = [(f"{t[8:10]}.{t[5:7]}.{t[:4]} {t[11:]}", i, o) for t, i, o in ROWS]
    path = write_csv(tmp_path / "log.csv", rows)
    mapping = ColumnMapping(
        timestamp="timestamp",
        input_tokens="input_tokens",
        output_tokens="output_tokens",
        time_format="%d.%m.%Y %H:%M:%S",
    )
    assert read_log(path, mapping).classes[0].requests.value == expected[1]
