"""Read a CSV file of benchmark points; say all that is wrong with it at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pricing.serving.measured import cells
from pricing.serving.measured.cells import OPTIONAL, PEER, REQUIRED, Problem, WrongValueError
from pricing.serving.measured.measurement import (
    HEADING_LINE,
    Doubt,
    Measurement,
    Measurements,
)
from pricing.serving.measured.names import Names
from pricing.serving.measured.table import MeasurementError, MeasurementTable, whole_file
from pricing.serving.measured.units import doubts, unit_problems
from pricing.serving.software import stack_of

MOST_PROBLEMS: Final = 20
"""Problems that are told at once."""


def read_measurements(
    path: Path | str, names: Names, *, unknown: Literal["refuse", "keep"] = "refuse"
) -> Measurements:
    """The points of a CSV file with the columns of resources/serving/measurements.csv.

    `REQUIRED` columns must be there, `OPTIONAL` ones and other tools' predictions (`peer_...`) may,
    further ones are passed over. Columns may come in any order, headings in any case.

    Args:
        path: A CSV file in UTF-8; commas, semicolons, tabs or bars between cells.
        names: Of the models and accelerators there are.
        unknown: Whether a name that means no model or accelerator is a problem, or its point is
            kept, with the reason in `Measurement.unknown`.

    Raises:
        MeasurementError: the file has none or wrong columns, or wrong values; it names up to
            `MOST_PROBLEMS` of them, each with line, column, value and what would be right.
        OSError: the file cannot be opened.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = MeasurementTable(file, path.name)
            return _Reading(table, names, refuse=unknown == "refuse").measurements()
    except UnicodeDecodeError as error:
        problem = Problem(
            1, "", "", f"it is no text in UTF-8 ({error.reason}); save it as CSV in UTF-8."
        )
        raise MeasurementError(path.name, [problem]) from None


class _Reading:
    """One pass over a table that gathers points and problems."""

    def __init__(self, table: MeasurementTable, names: Names, *, refuse: bool) -> None:
        self._table = table
        self._names = names
        self._refuse = refuse
        self._problems: list[Problem] = []
        self._check_headings()
        self._place = {name: table.headings.index(name) for name in self._used()}

    def _used(self) -> list[str]:
        wanted = (*REQUIRED, *OPTIONAL)
        return [name for name in self._table.headings if name in wanted or name.startswith(PEER)]

    def _check_headings(self) -> None:
        headings = self._table.headings
        twice = [name for name in self._used() if headings.count(name) > 1]
        problems = [
            Problem(1, name, name, "the column is there twice; leave one out.")
            for name in dict.fromkeys(twice)
        ]
        for name in REQUIRED:
            if name in headings:
                continue
            near = cells.likely_meant(name, headings)
            meant = " or ".join(cells.shown(heading) for heading in near)
            hint = f"; rename {meant} if that is what it holds" if near else ""
            problems.append(Problem(1, name, "", f"the column is missing{hint}."))
        if problems:
            raise MeasurementError(self._table.name, problems)

    def measurements(self) -> Measurements:
        rows = [
            point
            for line, row in self._table.rows()
            if (point := self._point(line, row)) is not None
        ]
        if not rows and not self._problems:
            raise whole_file(
                self._table.name, "it has a heading but no rows; add a measured point."
            )
        if not self._problems:
            self._problems = unit_problems(rows)
        if self._problems:
            told, rest = self._problems[:MOST_PROBLEMS], self._problems[MOST_PROBLEMS:]
            raise MeasurementError(self._table.name, told, len(rest))
        return Measurements(self._table.name, tuple(rows), (*self._unused(), *doubts(rows)))

    def _unused(self) -> Iterator[Doubt]:
        """Columns that are passed over but look much like one that would be used."""
        headings = [name for name in self._table.headings if name not in self._place]
        for name in OPTIONAL:
            near = cells.much_alike(name, headings) if name not in self._place else []
            for heading in near[:1]:
                yield Doubt(
                    HEADING_LINE,
                    f"the column {cells.shown(heading)} is not used; rename it to {name} if that "
                    "is what it holds, in the same unit.",
                )

    def _point(self, line: int, row: list[str]) -> Measurement | None:
        """A point, or none and a problem more."""
        if len(row) != len(self._table.headings):
            self._problem(
                line, "", "", f"it has {len(row)} cells where the heading has "
                f"{len(self._table.headings)}; quote cells that hold {self._table.delimiter!r}."
            )  # fmt: skip
            return None
        before = len(self._problems)
        value = {name: self._value(line, name, row[index]) for name, index in self._place.items()}
        names = {name: row[self._place[name]].strip() for name in ("model", "gpu")}
        if len(self._problems) > before:
            return None
        model, accelerator = (
            self._names.model(names["model"]),
            self._names.accelerator(names["gpu"]),
        )
        unknown = self._unknown(line, names, model, accelerator)
        if model:
            self._check_parallelism(line, model, value)
        if len(self._problems) > before:
            return None
        told = {
            **cells.LEFT_OUT,
            **{name: cell for name, cell in value.items() if cell is not None},
        }
        sheet = self._names.accelerators.get(accelerator or "")
        framework = told.get("framework", "")
        return Measurement(
            line=line,
            model=model or "",
            accelerator=accelerator or "",
            precision=told["weight_precision"],
            kv_precision=told["kv_precision"],
            tensor=told["tp"],
            data=told["dp"],
            pipeline=told["pp"],
            replicas=told["replicas"],
            input_tokens=told["isl"],
            output_tokens=told["osl"],
            concurrency=told["concurrency"],
            output_tokens_per_s=told["output_tokens_per_s"],
            ttft_ms=told["ttft_ms"],
            tpot_ms=told["tpot_ms"],
            repeats=told["n_repeats"],
            source=told.get("source", ""),
            source_date=told.get("source_date", ""),
            kind=told.get("kind", ""),
            framework=framework,
            stack=told.get("stack") or stack_of(framework, sheet.vendor if sheet else ""),
            model_name=names["model"],
            accelerator_name=names["gpu"],
            unknown=unknown,
            peers={
                name.removeprefix(PEER): cell
                for name, cell in value.items()
                if name.startswith(PEER) and cell is not None
            },
        )

    def _value(self, line: int, name: str, cell: str) -> Any:  # noqa: ANN401
        """What a cell says; none if it is empty or wrong."""
        text = cell.strip()
        if not text:
            if name in REQUIRED:
                self._problem(line, name, cell, "the cell is empty, but every point needs one.")
            return None
        try:
            return cells.reader_of(name)(text)
        except WrongValueError as error:
            self._problem(line, name, text, str(error))
            return None

    def _unknown(
        self, line: int, names: Mapping[str, str], model: str | None, accelerator: str | None
    ) -> str:
        said = []
        if model is None:
            near = ", ".join(self._names.close_models(names["model"]))
            said.append(
                ("model", f"{cells.shown(names['model'])} is no model of the catalogue", near)
            )
        if accelerator is None:
            near = ", ".join(self._names.close_accelerators(names["gpu"]))
            said.append(
                ("gpu", f"{cells.shown(names['gpu'])} is no accelerator of the catalogue", near)
            )
        sentences = [f"{text}; the closest are {near}." for _column, text, near in said]
        if self._refuse:
            for (column, _text, _near), sentence in zip(said, sentences, strict=True):
                self._problem(line, column, names[column], sentence)
        return " ".join(sentences)

    def _check_parallelism(self, line: int, identifier: str, value: Mapping[str, Any]) -> None:
        model = self._names.models[identifier]
        if model.n_heads % value["tp"]:
            ways = [n for n in range(1, 65) if model.n_heads % n == 0]
            self._problem(
                line, "tp", str(value["tp"]),
                f"{value['tp']} accelerators cannot share the {model.n_heads} attention heads of "
                f"{model.name}; write one of {', '.join(map(str, ways))}.",
            )  # fmt: skip
        if (value.get("pp") or 1) > model.layers:
            self._problem(
                line, "pp", str(value["pp"]),
                f"{value['pp']} stages are more than the {model.layers} layers of {model.name}; "
                f"write at most {model.layers}.",
            )  # fmt: skip

    def _problem(self, line: int, column: str, value: str, reason: str) -> None:
        self._problems.append(Problem(line, column, value, reason))
