"""Make resources/serving/*.csv from the study's tables of measured serving performance.

The study gathered rows from sources of different licences, so its whole tables cannot be in the
project. This keeps the rows whose source's licence allows to pass them on, names the licence in a
column more, puts right the parallelism of some (see `corrected`), and counts the others in
left_out.json:

    .venv/bin/python packaging/serving_measurements.py measurements.csv mlperf_slo.csv

The same tables give the same bytes. A row of a source that pricing/serving/measured/sources.py
does not know stops it.
"""

import argparse
import csv
import hashlib
import io
import json
import math
from collections import Counter
from pathlib import Path

from pricing.serving.measured.sources import SOURCES, source_family

SERVING = Path(__file__).resolve().parent.parent / "resources" / "serving"
Row = dict[str, str]


def read(table: Path) -> list[Row]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corrected(row: Row) -> Row:
    """A row with the parallelism it was run with.

    The study took tensor x expert parallelism of InferenceX's vLLM rows for the ways of attention
    data parallelism: a run on 4 accelerators (tensor 4, experts 4) became 16 of them. Throughput of
    these rows is that of the rows with plain tensor parallelism and the same load (ratio 0.98 to
    1.02 for most), and a few have "tp4_ep4" in their id. Other tools' predictions were made for the
    wrong parallelism, so they go.
    """
    is_it = (
        row["source"].startswith("PyPI aiconfigurator-core ")
        and row["kind"] == "silicon_agg_ix"
        and row["stack"] == "vllm_2025"
        and row["tp"] == "1"
        and row["dp"] != "1"
    )
    if not is_it:
        return row
    tensor = 4 if "_tp4_ep4_" in row["source"] else math.isqrt(int(row["dp"]))
    peers = {name: "" for name in row if name.startswith("peer_")}
    return row | {"tp": str(tensor), "dp": "1"} | peers


def with_licence(rows: list[Row]) -> tuple[list[Row], Counter[str], Counter[str]]:
    """Rows that may be passed on, with their licence; and rows kept and left out by family."""
    kept: list[Row] = []
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for row in rows:
        family = source_family(row["source"], row["kind"])
        if family is None:
            raise SystemExit(f"the licence of {row['source']!r} is not known; add it to SOURCES")
        if family.licence:
            kept.append(corrected(row) | {"licence": family.licence})
        counts[0 if family.licence else 1][family.name] += 1
    return kept, *counts


def text_of(rows: list[Row]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def account(table: Path, kept: Counter[str], left_out: Counter[str]) -> dict[str, object]:
    """What became of the rows of a table."""
    return {
        "rows": kept.total() + left_out.total(),
        "sha256": hashlib.sha256(table.read_bytes()).hexdigest(),
        "kept": _by_family(kept),
        "left_out": _by_family(left_out),
    }


def _by_family(counts: Counter[str]) -> list[dict[str, object]]:
    return [
        {
            "source": family.name,
            "rows": counts[family.name],
            "licence": family.licence,
            "reason": family.reason,
        }
        for family in SOURCES
        if counts[family.name]
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tables", metavar="TABLE", type=Path, nargs="+")
    parser.add_argument("--to", metavar="FOLDER", type=Path, default=SERVING)
    arguments = parser.parse_args()
    accounts = {}
    for table in arguments.tables:
        kept, *counts = with_licence(read(table))
        (arguments.to / table.name).write_text(text_of(kept), encoding="utf-8", newline="")
        accounts[table.name] = account(table, *counts)
        print(f"{table.name}: {counts[0].total():,} rows kept, {counts[1].total():,} left out")
    document = json.dumps(accounts, indent=1, ensure_ascii=False) + "\n"
    (arguments.to / "left_out.json").write_text(document, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
