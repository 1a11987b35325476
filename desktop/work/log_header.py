"""What the header of a usage log says, before the log is read."""

from dataclasses import dataclass
from pathlib import Path

from pricing.workload import Recognition, recognise
from pricing.workload.csv_rows import CsvLog
from pricing.workload.json_rows import JsonLog
from pricing.workload.source import opened


@dataclass(frozen=True, slots=True)
class LogHeader:
    """The columns of a log and what they are recognised as."""

    path: Path
    recognition: Recognition


def read_header(path: Path) -> LogHeader:
    """Look at the columns of a log; raises WorkloadError when it is none."""
    with opened(path) as log:
        rows = CsvLog(log, path.name) if log.format == "CSV" else JsonLog(log, path.name)
        return LogHeader(path, recognise(rows.header))
