"""Workloads from real input: a usage log, or a template, becomes request classes of a plan.

`preview` and `recognise` say what a file is, `read_log` streams it once and returns a `LogReport`:
request classes whose figures name the log, the account of every row, and warnings (codes, facts
and a sentence) for what the log cannot tell. `with_default_hours` puts one of `default_profiles`
in place of hours that a log does not know. `templates` and `request_class_from_template` start
without a log. `with_workload` and `new_plan_from_log` make plans. Everything that cannot be done
is a `WorkloadError` of one sentence.
"""

from pricing.workload.errors import WorkloadError
from pricing.workload.hours import with_default_hours
from pricing.workload.mapping import ColumnMapping
from pricing.workload.plans import new_plan_from_log, with_workload
from pricing.workload.preview import LogPreview, preview
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
    "LogPreview",
    "LogReport",
    "LogWarning",
    "Recognition",
    "Template",
    "WorkloadError",
    "default_profile",
    "default_profiles",
    "new_plan_from_log",
    "preview",
    "read_log",
    "recognise",
    "request_class_from_template",
    "templates",
    "with_default_hours",
    "with_workload",
]
