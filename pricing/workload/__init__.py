"""Workloads from real input: a usage log, or a template, becomes request classes of a plan."""

from pricing.workload.errors import WorkloadError
from pricing.workload.mapping import ColumnMapping
from pricing.workload.plans import new_plan_from_log, with_workload
from pricing.workload.profiles import DefaultProfile, default_profile, default_profiles
from pricing.workload.reading import read_log
from pricing.workload.recognition import Recognition, recognise
from pricing.workload.report import ClassStatistics, Code, LogReport, LogWarning
from pricing.workload.templates import Template, request_class_from_template, templates

__all__ = [
    "ClassStatistics",
    "Code",
    "ColumnMapping",
    "DefaultProfile",
    "LogReport",
    "LogWarning",
    "Recognition",
    "Template",
    "WorkloadError",
    "default_profile",
    "default_profiles",
    "new_plan_from_log",
    "read_log",
    "recognise",
    "request_class_from_template",
    "templates",
    "with_workload",
]
