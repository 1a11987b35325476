"""Workloads from real input: a usage log, or a template, becomes request classes of a plan."""

from pricing.workload.errors import WorkloadError
from pricing.workload.mapping import ColumnMapping
from pricing.workload.reading import read_log
from pricing.workload.recognition import Recognition, recognise
from pricing.workload.report import ClassStatistics, Code, LogReport, LogWarning

__all__ = [
    "ClassStatistics",
    "Code",
    "ColumnMapping",
    "LogReport",
    "LogWarning",
    "Recognition",
    "WorkloadError",
    "read_log",
    "recognise",
]
