"""Which column of a log means what, as told with --map."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pricing.cli.failure import Failure
from pricing.cli.texts import _
from pricing.workload import ColumnMapping, Recognition, WorkloadError, recognise
from pricing.workload.csv_rows import CsvLog
from pricing.workload.json_rows import JsonLog
from pricing.workload.mapping import Meaning
from pricing.workload.recognition import REQUIRED
from pricing.workload.source import opened

MEANINGS: tuple[str, ...] = get_args(Meaning)
ADDED_UP = ("input_tokens", "output_tokens", "cached_tokens")
"""Meanings that may be the sum of several columns."""


def mapping_for(path: Path, told: Sequence[str], time_format: str) -> ColumnMapping | None:
    """The mapping of a log: what was told, else what its header says; none if nothing was told.

    Raises:
        Failure: for something told that is no meaning=column, or if a needed meaning is missing.
        WorkloadError: for a log that cannot be read.
    """
    given = _given(told)
    if not given and not time_format:
        return None
    if time_format:
        given["time_format"] = time_format
    found = _recognition(path)
    if found.mapping is not None:
        whole = {**found.mapping.model_dump(), **given}
    else:
        whole = given
        if missing := [name for name in REQUIRED if name not in given]:
            try:
                found.needed()
            except WorkloadError as error:
                need = " ".join(f"--map {name}=COLUMN" for name in missing)
                raise Failure(_("{error} Add {need}.").format(error=error, need=need)) from None
    try:
        return ColumnMapping.model_validate(whole)
    except ValueError as error:
        raise Failure(_("The columns cannot be mapped: {error}").format(error=error)) from None


def _given(told: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for text in told:
        meaning, equals, column = text.partition("=")
        if not equals or not column or meaning not in MEANINGS:
            raise Failure(
                _("--map {text}: write meaning=column, the meaning one of {names}.").format(
                    text=text, names=", ".join(MEANINGS)
                )
            )
        if meaning in ADDED_UP:
            given[meaning] = (*given.get(meaning, ()), column)
        elif meaning in given:
            raise Failure(
                _("--map names two columns for {meaning}, {first} and {second}; name one.").format(
                    meaning=meaning, first=given[meaning], second=column
                )
            )
        else:
            given[meaning] = column
    return given


def _recognition(path: Path) -> Recognition:
    with opened(path) as log:
        rows = CsvLog(log, path.name) if log.format == "CSV" else JsonLog(log, path.name)
        return recognise(rows.header)
