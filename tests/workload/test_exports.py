"""Exports of products as they write them; column names from their documentation."""

import json
from pathlib import Path

import pytest

from pricing.workload import Code, ColumnMapping, WorkloadError, read_log, recognise
from tests.workload.logs import write_csv, write_lines, write_text

OPENAI_HEADER = (
    "start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,"
    "api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens"
)
DAY = 86_400
OCTOBER_5 = 1_759_622_400
"""2025-10-05 00:00 UTC."""


def openai_rows(days: int) -> str:
    rows = [OPENAI_HEADER]
    for day in range(days):
        start = OCTOBER_5 + day * DAY
        iso = "2025-10-05T00:00:00+00:00,2025-10-06T00:00:00+00:00"
        if day % 5 == 4:
            rows.append(f"{start},{start + DAY},{iso}" + "," * 10)
            continue
        for model, requests in (("gpt-5", 10), ("gpt-5-mini", 30)):
            rows.append(
                f"{start},{start + DAY},{iso},proj_1,{requests}.0,user-1,key_1,{model},FALSE,"
                f"default,{requests * 500}.0,{requests * 100}.0,{requests * 200}.0"
            )
    return "\n".join(rows) + "\n"


def test_that_the_usage_export_of_openai_is_read_day_by_day(tmp_path: Path) -> None:
    report = read_log(write_text(tmp_path / "usage.csv", openai_rows(10)), split_by="model")
    assert report.export == "OpenAI completions usage export"
    assert [item.id for item in report.classes] == ["gpt-5-mini", "gpt-5"]
    large = report.classes[1]
    # October 5 is a Sunday; days 4 and 9 of ten are idle: a Thursday and a Tuesday. Wednesday,
    # Friday, Saturday have 1 day, the others 2; the mean over weekdays is (6 x 10 - 10 - 5) / 7.
    assert large.requests.value == pytest.approx((5 * 10 + 0 + 5) / 7)
    assert large.input_tokens.value == 500
    assert large.output_tokens.value == 100
    assert large.cacheable_share.value == 0.4
    assert large.cache_hit_rate.value == 1
    assert large.input_variation is None
    codes = {item.code for item in report.warnings}
    assert {Code.HOURS_UNKNOWN, Code.VARIATION_UNKNOWN, Code.ROWS_WITHOUT_REQUEST} <= codes
    assert report.skipped_rows == {"no usage": 2}
    assert report.bad_rows == 0


def test_that_idle_days_at_the_end_of_an_export_count_as_time(tmp_path: Path) -> None:
    start = OCTOBER_5
    rows = [OPENAI_HEADER, f"{start},{start + DAY},,,p,70,u,k,m,FALSE,d,7000,700,0"]
    rows += [f"{start + n * DAY},{start + (n + 1) * DAY}" + "," * 12 for n in range(1, 7)]
    report = read_log(write_text(tmp_path / "usage.csv", "\n".join(rows)))
    assert report.classes[0].requests.value == 10


def test_that_pages_of_the_usage_api_are_unfolded(tmp_path: Path) -> None:
    page = {
        "object": "page",
        "data": [
            {
                "object": "bucket",
                "start_time": OCTOBER_5 + n * DAY,
                "end_time": OCTOBER_5 + (n + 1) * DAY,
                "results": []
                if n == 3
                else [
                    {
                        "object": "organization.usage.completions.result",
                        "input_tokens": 1000,
                        "output_tokens": 500,
                        "input_cached_tokens": 800,
                        "num_model_requests": 5,
                        "model": "gpt-5",
                    }
                ],
            }
            for n in range(7)
        ],
    }
    compact = read_log(write_lines(tmp_path / "page.jsonl", [page]))
    pretty = read_log(write_text(tmp_path / "page.json", json.dumps(page, indent=2)))
    for report in (compact, pretty):
        (only,) = report.classes
        assert report.export == "OpenAI completions usage export"
        assert only.requests.value == pytest.approx(30 / 7)
        assert only.input_tokens.value == 200
        assert only.cacheable_share.value == 0.8


def test_that_embeddings_have_no_output(tmp_path: Path) -> None:
    rows = [(OCTOBER_5 + n * DAY, 10, 5000) for n in range(7)]
    header = ("start_time", "num_model_requests", "input_tokens")
    report = read_log(write_csv(tmp_path / "usage.csv", rows, header))
    assert report.classes[0].output_tokens.value == 0
    assert Code.OUTPUT_UNKNOWN in {item.code for item in report.warnings}


def test_that_the_old_usage_export_of_openai_is_read(tmp_path: Path) -> None:
    header = (
        "organization_id",
        "aggregation_timestamp",
        "n_requests",
        "operation",
        "snapshot_id",
        "n_context_tokens_total",
        "n_generated_tokens_total",
    )
    rows = [("o", OCTOBER_5 + 300 * n, 2, "completion", "gpt-4", 300, 40) for n in range(600)]
    report = read_log(write_csv(tmp_path / "usage.csv", rows, header), split_by="model")
    assert report.export == "OpenAI usage export of 2023-2024"
    assert report.classes[0].input_tokens.value == 150
    assert report.statistics[0].interval_minutes == 60


def test_that_costs_without_tokens_are_refused_with_the_way_out(tmp_path: Path) -> None:
    header = ("start_time", "end_time", "amount_value", "amount_currency", "line_item")
    path = write_csv(tmp_path / "costs.csv", [(OCTOBER_5, OCTOBER_5 + DAY, 1.5, "usd", "")], header)
    with pytest.raises(WorkloadError, match="export the usage of completions instead"):
        read_log(path)


def test_that_a_report_without_request_counts_is_refused() -> None:
    found = recognise(
        ("starting_at", "uncached_input_tokens", "cache_read_input_tokens", "output_tokens")
    )
    with pytest.raises(WorkloadError, match="no number of requests"):
        found.needed()


def litellm(n: int, **more: object) -> dict[str, object]:
    return {
        "request_id": f"r{n}",
        "call_type": "acompletion",
        "spend": 0.01,
        "total_tokens": 1200,
        "prompt_tokens": 1000,
        "completion_tokens": 200,
        "startTime": f"2026-03-0{1 + n // 1440}T{n // 60 % 24:02}:{n % 60:02}:00.123Z",
        "endTime": "2026-03-01T00:00:02Z",
        "model": "gpt-5",
        "model_group": "main",
        "metadata": {"additional_usage_values": {"cache_read_input_tokens": 250}},
        **more,
    }


def test_that_spend_logs_of_litellm_are_read_from_json_and_csv(tmp_path: Path) -> None:
    records = [litellm(n) for n in range(2880)]
    records[7] |= {"status": "failure", "prompt_tokens": 0, "completion_tokens": 0}
    as_lines = read_log(write_lines(tmp_path / "log.jsonl", records))
    cells = [
        [json.dumps(v) if isinstance(v, dict) else v for k, v in record.items() if k != "status"]
        for record in records
    ]
    as_csv = read_log(write_csv(tmp_path / "log.csv", cells, tuple(litellm(0))))
    for report in (as_lines, as_csv):
        assert report.export == "LiteLLM spend logs"
        assert report.skipped_rows == {"no tokens": 1}
        assert report.classes[0].cacheable_share.value == 0.25
        assert report.classes[0].requests.value == pytest.approx(1439.5)
        assert Code.HOURS_IN_UTC in {item.code for item in report.warnings}


def test_that_cached_tokens_counted_apart_are_explained(tmp_path: Path) -> None:
    records = [litellm(n, prompt_tokens=30) for n in range(100)]
    with pytest.raises(WorkloadError, match="map input_tokens to both columns"):
        read_log(write_lines(tmp_path / "log.jsonl", records))
    cached = "metadata.additional_usage_values.cache_read_input_tokens"
    mapping = ColumnMapping(
        timestamp="startTime",
        input_tokens=("prompt_tokens", cached),
        output_tokens=("completion_tokens",),
        cached_tokens=(cached,),
    )
    only = read_log(tmp_path / "log.jsonl", mapping).classes[0]
    assert only.input_tokens.value == 280
    assert only.cacheable_share.value == pytest.approx(250 / 280)


def langfuse(n: int) -> dict[str, object]:
    usage = {"input": 40, "output": 30, "total": 100}
    usage |= {"input_cached_tokens": 60, "output_reasoning_tokens": 20} if n % 2 else {}
    return {
        "id": f"o{n}",
        "trace_id": "t",
        "type": "GENERATION" if n % 3 else "SPAN",
        "start_time": f"2026-03-0{1 + n // 1440} {n // 60 % 24:02}:{n % 60:02}:00.963000",
        "provided_model_name": "gpt-5",
        "usage_details": usage if n % 3 else {},
        "cost_details": {"input": 0.1, "output": 0.2},
    }


def test_that_langfuse_adds_up_kinds_of_tokens_and_skips_spans(tmp_path: Path) -> None:
    records = [langfuse(n) for n in range(2880)]
    as_lines = read_log(write_lines(tmp_path / "log.jsonl", records), split_by="model")
    cells = [
        [json.dumps(v) if isinstance(v, dict) else v for v in record.values()] for record in records
    ]
    as_csv = read_log(write_csv(tmp_path / "log.csv", cells, tuple(langfuse(0))))
    for report in (as_lines, as_csv):
        assert report.export == "Langfuse observations export"
        assert report.skipped_rows == {"no usage": 960}
        assert report.bad_rows == 0
        only = report.classes[0]
        assert only.requests.value == 960
        assert only.input_tokens.value == 70
        assert only.output_tokens.value == 40
        assert only.cacheable_share.value == pytest.approx(30 / 70, abs=1e-6)


def test_that_the_helicone_export_is_read(tmp_path: Path) -> None:
    header = ("response_id", "request_created_at", "model", "prompt_tokens", "completion_tokens")
    rows = [("r", f"2026-03-01T{n // 60:02}:{n % 60:02}:00+00:00", "m", 10, 5) for n in range(1440)]
    report = read_log(write_csv(tmp_path / "log.csv", rows, header))
    assert report.export == "Helicone requests export"
    assert report.classes[0].requests.value == 1440


@pytest.mark.parametrize(
    ("record", "share"),
    [
        (
            {
                "created": 1_767_600_000,
                "usage": {
                    "prompt_tokens": 100,
                    "completion_tokens": 20,
                    "prompt_tokens_details": {"cached_tokens": 50},
                },
            },
            0.5,
        ),
        (
            {
                "created_at": 1_767_600_000.5,
                "usage": {
                    "input_tokens": 100,
                    "output_tokens": 20,
                    "input_tokens_details": {"cached_tokens": 25},
                },
            },
            0.25,
        ),
        (
            {
                "timestamp": "2026-01-05T08:00:00Z",
                "usage": {
                    "input_tokens": 10,
                    "cache_read_input_tokens": 80,
                    "cache_creation_input_tokens": 10,
                    "output_tokens": 20,
                },
            },
            0.8,
        ),
        (
            {
                "timestamp": 1_767_600_000_123,
                "gen_ai.usage.input_tokens": 100,
                "gen_ai.usage.output_tokens": 20,
            },
            0.0,
        ),
    ],
)
def test_that_logged_responses_are_recognised_by_their_usage_object(
    tmp_path: Path, record: dict[str, object], share: float
) -> None:
    report = read_log(write_lines(tmp_path / "log.jsonl", [record] * 3))
    only = report.classes[0]
    assert report.good_rows == 3
    assert only.input_tokens.value == 100
    assert only.output_tokens.value == 20
    assert only.cacheable_share.value == share


def test_that_a_cache_key_that_appears_late_is_not_taken_for_missing(tmp_path: Path) -> None:
    plain = {"ts": "2026-01-05T08:00:00", "usage": {"prompt_tokens": 10, "completion_tokens": 2}}
    rich = {
        "ts": "2026-01-05T09:00:00",
        "usage": {
            "prompt_tokens": 10,
            "completion_tokens": 2,
            "prompt_tokens_details": {"cached_tokens": 10},
        },
    }
    report = read_log(write_lines(tmp_path / "log.jsonl", [rich, *[plain] * 3]))
    assert report.classes[0].cacheable_share.value == 0.25


def test_that_two_good_columns_are_an_open_question() -> None:
    found = recognise(("timestamp", "prompt_tokens", "input_tokens", "output_tokens"))
    assert found.ambiguous == {"input_tokens": ("prompt_tokens", "input_tokens")}
    with pytest.raises(WorkloadError, match="prompt_tokens, input_tokens could each be"):
        found.needed()


def test_that_missing_columns_come_with_suggestions() -> None:
    found = recognise(("timestmp", "input_tokens", "outputtoken"))
    assert found.missing == ("timestamp", "output_tokens")
    assert found.suggestions["timestamp"] == ("timestmp",)
    assert found.suggestions["output_tokens"] == ("outputtoken",)
