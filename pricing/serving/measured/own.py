"""A buyer's own benchmark points: from a file into a plan, and held against what is predicted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from pricing.catalogue import Catalogue
from pricing.plan.edit import edited
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.plan import Plan
from pricing.plan.serving import Framework
from pricing.serving.measured.cells import Problem, shown
from pricing.serving.measured.measurement import MAXIMUM, Measurement, Measurements
from pricing.serving.measured.names import Names
from pricing.serving.measured.reading import MOST_PROBLEMS, read_measurements
from pricing.serving.measured.table import MeasurementError, whole_file
from pricing.serving.software import stack_of

MOST: Final = 1000
"""Points that a plan takes."""
NAMELESS: Final = "framework"
"""Column of the problem that rows name no software, which the buyer may name for all of them."""
AGREES: Final = 0.1
"""Share by which runs of the same configuration may differ without a remark: published repeats
differ by 8 % on average."""
_SOFTWARE: Final[Mapping[str, Framework]] = {
    "trt": "tensorrt-llm",
    "vllm": "vllm",
    "sglang": "sglang",
    "rocm": "vllm",
}
"""A plan's software by how its class begins."""
_COLUMNS: Final = {
    "tensor_parallel": "tp",
    "data_parallel": "dp",
    "pipeline_parallel": "pp",
    "input_tokens": "isl",
    "output_tokens": "osl",
    "output_tokens_per_second": "output_tokens_per_s",
    "precision": "weight_precision",
    "accelerator": "gpu",
}
"""Columns of a file by the plan's names, where they differ."""

_CAME: Final = frozenset({"output_tokens_per_second", "ttft_ms", "tpot_ms", "source", "as_of"})
"""Fields of a point that say what came out, and who says so."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a file adds to a plan."""

    name: str
    points: tuple[OwnMeasurement, ...]
    """Those that are not in the plan yet."""
    repeats: int
    """Rows left out, because the very same point is in the plan or further up in the file."""
    remarks: tuple[str, ...]
    """What a person should look at, as sentences; nothing is left out for them."""


def names_of(plan: Plan, catalogue: Catalogue) -> Names:
    """The models and accelerators that a plan's points may name: its own, and the catalogue's."""
    return Names.of(catalogue, plan.models, plan.accelerators)


def read_own(
    path: Path | str,
    names: Names,
    known: Sequence[OwnMeasurement] = (),
    framework: Framework | None = None,
) -> OwnFile:
    """The points of a CSV file, for a plan.

    Args:
        path: A file that `read_measurements` takes.
        names: Of the models and accelerators there are, see `names_of`.
        known: Points that the plan holds already.
        framework: Software of the rows that name none; without it, they are refused.

    Raises:
        MeasurementError: the file cannot be used as a whole; it names each problem with its line.
        OSError: the file cannot be opened.
    """
    rows = read_measurements(path, names)
    made = _converted(rows, names, framework)
    fresh: dict[tuple[object, ...], tuple[int, OwnMeasurement]] = {}
    there = {_result(point) for point in known}
    for line, point in made:
        if _result(point) not in there:
            fresh.setdefault(_result(point), (line, point))
    points = tuple(point for _, point in fresh.values())
    if len(known) + len(points) > MOST:
        raise whole_file(
            rows.name,
            f"its {len(points):,} points and the {len(known):,} of the plan are more than the "
            f"{MOST:,} that a plan takes; keep those of the setups you want to compare.",
        )
    remarks = [f"{rows.name}, line {doubt.line}: {doubt.sentence}" for doubt in rows.doubts]
    remarks += _old_versions(rows, names)
    remarks += _contradictions(rows.name, list(fresh.values()), known)
    return OwnFile(rows.name, points, len(made) - len(points), tuple(remarks))


def with_points(plan: Plan, points: Iterable[OwnMeasurement]) -> Plan:
    """The plan with points added; raises EditError."""
    return edited(plan, "measurements", (*plan.measurements, *points))


def without_points(plan: Plan, places: Iterable[int]) -> Plan:
    """The plan without the points at these places of its list; raises EditError."""
    gone = set(places)
    kept = tuple(point for place, point in enumerate(plan.measurements) if place not in gone)
    return edited(plan, "measurements", kept)


def _converted(
    rows: Measurements, names: Names, framework: Framework | None
) -> list[tuple[int, OwnMeasurement]]:
    """Each row's line and point."""
    problems: list[Problem] = []
    nameless: list[int] = []
    made: list[tuple[int, OwnMeasurement]] = []
    for row in rows:
        software = _software(row) or framework
        if software is None:
            nameless.append(row.line)
            continue
        try:
            made.append((row.line, own_point(row, software, rows.name)))
        except ValidationError as error:
            problems += [_refused(row, dict(fault)) for fault in error.errors()]
    if nameless:
        reason = (
            f"{len(nameless):,} of {len(rows):,} rows name no serving software; write vllm, "
            "sglang, tensorrt-llm or other there, or name one for the whole file."
        )
        problems.insert(0, Problem(nameless[0], NAMELESS, "", reason))
    if problems:
        told, rest = problems[:MOST_PROBLEMS], problems[MOST_PROBLEMS:]
        raise MeasurementError(rows.name, told, len(rest))
    return made


def _software(row: Measurement) -> Framework | None:
    """The serving software of a row in a plan's words; none where the row names none."""
    if not (row.framework or row.stack):
        return None
    if "sglang" in row.framework.lower():  # its class on ROCm is that of vLLM too
        return "sglang"
    of = stack_of(row.framework) or row.stack
    return _SOFTWARE.get(of.partition("_")[0], "other")


def own_point(row: Measurement, software: Framework, source: str) -> OwnMeasurement:
    """A measured row as a buyer would enter it."""
    return OwnMeasurement(
        model=row.model,
        accelerator=row.accelerator,
        framework=software,
        precision=row.precision,
        kv_precision=row.kv_precision,
        tensor_parallel=row.tensor,
        pipeline_parallel=row.pipeline,
        data_parallel=row.data,
        replicas=row.replicas,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        concurrency=None if row.concurrency == MAXIMUM else row.concurrency,
        output_tokens_per_second=row.output_tokens_per_s,
        ttft_ms=None if isnan(row.ttft_ms) else row.ttft_ms,
        tpot_ms=None if isnan(row.tpot_ms) else row.tpot_ms,
        source=source,
        as_of=_day(row.source_date),
    )


def _day(text: str) -> date | None:
    """The day of a row; none where it states only a month, or nothing."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _refused(row: Measurement, fault: dict[str, Any]) -> Problem:
    """Why a plan does not take a row that can be read."""
    field = str(fault["loc"][0])
    value = str(fault["input"])
    most = fault.get("ctx", {}).get("le")
    right = f"a plan takes at most {most:,.0f}" if most is not None else str(fault["msg"])
    return Problem(row.line, _COLUMNS.get(field, field), value, f"{shown(value)}: {right}.")


def _setup(point: OwnMeasurement) -> tuple[object, ...]:
    """Everything that was run."""
    return tuple(getattr(point, name) for name in OwnMeasurement.model_fields if name not in _CAME)


def _result(point: OwnMeasurement) -> tuple[object, ...]:
    """Everything that was run, and what came out; the same twice is one point told twice."""
    return (*_setup(point), point.output_tokens_per_second, point.ttft_ms, point.tpot_ms)


def _old_versions(rows: Measurements, names: Names) -> list[str]:
    """Software of older versions, which is compared with predictions for the newest."""
    found: dict[str, int] = {}
    for row in rows:
        software = _software(row)
        vendor = names.accelerators[row.accelerator].vendor
        if software and row.stack and stack_of(software, vendor) != row.stack:
            found.setdefault(row.framework or row.stack, row.line)
    return [
        f"{rows.name}, line {line}: {software} is not the version that predictions are made for; "
        "its points pull the prediction to what that version did."
        for software, line in found.items()
    ]


def _contradictions(
    file: str, fresh: Sequence[tuple[int, OwnMeasurement]], known: Sequence[OwnMeasurement]
) -> list[str]:
    """Runs of the same configuration with different results; the median of them counts."""
    first = {_setup(point): (f"the plan ({point.source})", point) for point in reversed(known)}
    said = []
    for line, point in fresh:
        where, other = first.setdefault(_setup(point), (f"line {line}", point))
        here, there = point.output_tokens_per_second, other.output_tokens_per_second
        if abs(here / there - 1) > AGREES:
            said.append(
                f"{file}, line {line}: {here:,.5g} tokens/s, and {there:,.5g} for the same "
                f"configuration in {where}; both are kept and their median counts."
            )
    return said
