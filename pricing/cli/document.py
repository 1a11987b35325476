"""An evaluation as the JSON document of `reckoner evaluate --json`.

Its keys are described in resources/help/evaluate_json.md, and a test holds the two together.
"""

from typing import Any

from pricing.analysis import break_even_volume, compare
from pricing.evaluation import (
    BreakEvenMonth,
    BreakEvenVolume,
    Evaluation,
    OptionBill,
    Series,
)
from pricing.finding import Finding
from pricing.messages import sentence

SCHEMA = 1
"""Number of the form of the document; it rises when a key changes its meaning or goes."""

Document = dict[str, Any]


def document(evaluation: Evaluation, *, volume: bool = True) -> Document:
    """The document; `volume` says whether to search for break-even volumes, which takes a while."""
    baseline = evaluation.baseline.id
    others = [bill.id for bill in evaluation.bills if bill.id != baseline]
    return {
        "schema": SCHEMA,
        "plan": evaluation.plan.name,
        "currency": evaluation.plan.currency,
        "months": list(evaluation.month_labels),
        "baseline": baseline,
        "options": [_option(bill) for bill in evaluation.bills],
        "comparisons": [_comparison(evaluation, option, baseline, volume) for option in others],
        "findings": [_finding(finding) for finding in evaluation.findings],
        "catalogue": evaluation.catalogue.id,
        "catalogue_date": evaluation.catalogue.data_date.isoformat(),
    }


def _option(bill: OptionBill) -> Document:
    use, servers = bill.mean_utilisation, bill.servers
    return {
        "id": bill.id,
        "name": bill.name,
        "kind": bill.kind,
        "tco": bill.tco.value,
        "npv": bill.npv.value,
        "per_request": bill.per_request.value,
        "per_million_tokens": bill.per_million_tokens.value,
        "peak_cash": bill.peak_cash.value,
        "mean_utilisation": None if use is None else use.value,
        "servers_at_end": None if servers is None else float(servers.values[-1]),
        "unserved": float(bill.unserved.values.sum()),
        "categories": {
            code: float(series.values.sum()) for code, series in bill.categories.items()
        },
        "monthly": {
            "cash": _months(bill.cash),
            "one_off": _months(bill.one_off),
            "cumulative": _months(bill.cumulative),
            "unserved": _months(bill.unserved),
            "utilisation": None if bill.utilisation is None else _months(bill.utilisation),
            "servers": None if servers is None else _months(servers),
            "categories": {code: _months(series) for code, series in bill.categories.items()},
        },
    }


def _months(series: Series) -> list[float]:
    numbers: list[float] = series.values.tolist()
    return numbers


def _comparison(evaluation: Evaluation, option: str, reference: str, volume: bool) -> Document:
    found = compare(evaluation, option, reference)
    at = break_even_volume(evaluation, option, reference) if volume else None
    return {
        "option": option,
        "reference": reference,
        "tco_difference": found.tco_difference,
        "tco_ratio": found.tco_ratio,
        "npv_difference": found.npv_difference,
        "break_even": _month(found.break_even, evaluation),
        "break_even_volume": None if at is None else _volume(at),
    }


def _month(found: BreakEvenMonth, evaluation: Evaluation) -> Document:
    label = None if found.month is None else evaluation.month_labels[found.month - 1]
    return {
        "answer": found.answer,
        "month": found.month,
        "calendar_month": label,
        "time": found.time,
        "cheaper_at_first": found.cheaper_at_first,
    }


def _volume(found: BreakEvenVolume) -> Document:
    return {
        "answer": found.answer,
        "multiple": found.multiple,
        "requests_per_month": found.requests_per_month,
        "lasting_from": found.lasting_from,
        "searched_to": found.searched_to,
    }


def _finding(finding: Finding) -> Document:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "facts": dict(finding.facts),
        "sentence": sentence(finding),
    }
