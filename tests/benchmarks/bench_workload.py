"""Reading a usage log of 5 million rows: under a minute and 300 MB, CSV and JSON lines alike.

Each log is written to a temporary folder (about 0.3 and 0.9 GB) and read in a process of its own,
so that the peak memory is that of one reading. Run: python -m tests.benchmarks.bench_workload
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROWS = 5_000_000
MOST_SECONDS = 60.0
MOST_MEGABYTES = 300.0

SPAN = timedelta(days=365)
MODELS = ("gpt-5", "gpt-5-mini", "claude-sonnet-5", "qwen-3-32b", "deepseek-r1", "llama-4-scout")
BLOCK = 50_000


def write_log(path: Path, rows: int, line: Callable[[str, str, int, int, int], str]) -> None:
    """Requests of a year, evenly spread with random lengths; half a percent of rows is broken."""
    chance = random.Random(20_261_122)
    start, step = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None), SPAN / rows
    with path.open("w", encoding="utf-8") as file:
        if path.suffix == ".csv":
            file.write("timestamp,model,input_tokens,output_tokens,cached_tokens\n")
        for first in range(0, rows, BLOCK):
            lines = []
            for number in range(first, min(first + BLOCK, rows)):
                moment = (start + number * step).isoformat()
                size = int(chance.expovariate(1 / 900)) + 1
                if number % 200 == 0:
                    moment = "unknown"
                model = MODELS[int(chance.random() ** 2 * len(MODELS))]
                lines.append(line(moment, model, size, size // 5, size // 3))
            file.write("".join(lines))


def csv_line(moment: str, model: str, size: int, out: int, cached: int) -> str:
    return f"{moment},{model},{size},{out},{cached}\n"


def json_line(moment: str, model: str, size: int, out: int, cached: int) -> str:
    return (
        f'{{"created_at": "{moment}Z", "model": "{model}", "usage": {{"prompt_tokens": {size}, '
        f'"completion_tokens": {out}, "prompt_tokens_details": {{"cached_tokens": {cached}}}}}}}\n'
    )


def read_alone(path: Path) -> dict[str, float]:
    """Seconds (by the clock and of the processor), peak megabytes and rows of one reading."""
    code = (
        "import json, resource, sys, time\n"
        "from pathlib import Path\n"
        "from pricing.workload import read_log\n"
        "started = time.perf_counter()\n"
        "report = read_log(Path(sys.argv[1]), split_by='model')\n"
        "print(json.dumps({'seconds': time.perf_counter() - started,\n"
        "    'processor': time.process_time(),\n"
        "    'megabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,\n"
        "    'good': report.good_rows, 'bad': report.bad_rows}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main(rows: int = ROWS) -> bool:
    """Prints seconds and peak memory with their ratio to the limit; whether all limits hold."""
    fine = True
    with TemporaryDirectory() as folder:
        for name, line in (("log.csv", csv_line), ("log.jsonl", json_line)):
            path = Path(folder) / name
            started = time.perf_counter()
            write_log(path, rows, line)
            written = time.perf_counter() - started
            size = path.stat().st_size / 1e6
            result = read_alone(path)
            path.unlink()
            seconds, megabytes = result["seconds"], result["megabytes"]
            assert result["good"] + result["bad"] == rows
            limit = MOST_SECONDS * rows / ROWS
            fine = fine and seconds <= limit and megabytes <= MOST_MEGABYTES
            print(
                f"usage log, {rows:,} rows, {path.suffix[1:]:5} ({size:,.0f} MB, written in "
                f"{written:.0f} s): {seconds:6.1f} s ({seconds / limit:.2f} of {limit:g} s; "
                f"processor {result['processor']:.1f} s), "
                f"{megabytes:5.0f} MB ({megabytes / MOST_MEGABYTES:.2f} of {MOST_MEGABYTES:g} MB)"
            )
    return fine


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS) else 1)
