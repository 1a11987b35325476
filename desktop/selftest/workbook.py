"""A workbook is written and read back."""

from zipfile import ZipFile

from desktop.selftest.check import Place, require
from desktop.selftest.decisions import decided
from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.ledger import Input, Line
from pricing.plan.file import load_plan
from pricing.resources import resource
from pricing.version import NAME_AND_VERSION
from pricing.workbook import export_workbook
from pricing.workbook.read import read_back


def workbook(place: Place) -> str:
    """Export a sample and the small decision; every figure comes back as it was."""
    sample = evaluate(load_plan(resource("samples", "bank_private_zh.reckon")), load_catalogue())
    counts = [
        _written(place, name, evaluation)
        for name, evaluation in (("sample", sample), ("decision", decided().evaluation))
    ]
    return f"2 workbooks, {sum(counts)} figures read back"


def _written(place: Place, name: str, evaluation: Evaluation) -> int:
    path = place.folder / f"{name}.xlsx"
    export_workbook(evaluation, path)
    contents = read_back(path)
    compared = 0
    for bill in evaluation.bills:
        for metric in (bill.tco, bill.npv):
            stored = contents.constants.get(metric.key)
            require(
                isinstance(stored, float)
                and abs(stored - metric.value) <= 1e-9 * abs(metric.value),
                f"{metric.key} is {stored!r} in the workbook instead of {metric.value!r}",
            )
            compared += 1
    inputs = [e for e in evaluation.ledger.entries if isinstance(e, Input)]
    lines = [e for e in evaluation.ledger.entries if isinstance(e, Line)]
    missing = [entry.key for entry in inputs if entry.key not in contents.inputs]
    require(not missing, f"{len(missing)} inputs are not in the workbook: {missing[:1]}")
    stored_lines = contents.constants.keys() | contents.months.keys() | contents.schedules.keys()
    lost = [line.key for line in lines if line.key not in stored_lines]
    require(not lost, f"{len(lost)} lines are not in the workbook: {lost[:1]}")
    with ZipFile(path) as parts:
        told = parts.read("docProps/core.xml").decode("utf-8")
    require(NAME_AND_VERSION in told, f"the workbook does not name {NAME_AND_VERSION}")
    return compared + len(inputs) + len(lines)
