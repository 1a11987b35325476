"""An explanation as the dock says it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, full, percent
from pricing.evaluation import Evaluation
from pricing.ledger import DECISION, Explanation
from pricing.plan.figure import LEFT_OUT


@dataclass(frozen=True, slots=True)
class Told:
    """One figure in words."""

    label: str
    figure: str
    whose: str
    """Name of the option it belongs to; empty for figures of the whole plan."""
    when: str
    formula: str
    numbers: str
    origin: str
    path: str
    """Where in the plan the input was entered; empty for formulas and catalogue figures."""


WITHOUT_NAME: Final = frozenset({"ratio", "1", "month number"})
"""Units that say nothing a reader would miss."""
LONG: Final = 1e7
"""From here on a list shows four digits; a click shows all."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Explanation", text)


def value_text(value: float, unit: str) -> str:
    """A value in full with its unit."""
    if unit == "share":
        return percent(value)
    if unit == "flag":
        return _t("yes") if value else _t("no")
    return full(value) if unit in WITHOUT_NAME else f"{full(value)} {unit}".strip()


def brief_text(value: float, unit: str) -> str:
    """A value with its unit, short enough for a list."""
    if unit in {"share", "flag"}:
        return value_text(value, unit)
    if abs(value) >= LONG:
        text = compact(value, 4)
    else:
        text = full(round(value, 2) if abs(value) >= 100 else float(f"{value:.4g}"))
    return text if unit in WITHOUT_NAME else f"{text} {unit}".strip()


def month_text(month: int | None, evaluation: Evaluation | None) -> str:
    """A month of the plan by its number and its name."""
    if month is None or evaluation is None:
        return ""
    name = evaluation.month_labels[month - 1] if 1 <= month <= evaluation.plan.months else ""
    return _t("month {n} ({name})").format(n=month, name=name)


def tell(explanation: Explanation, evaluation: Evaluation) -> Told:
    """The explanation of one figure in words."""
    when = month_text(explanation.month, evaluation)
    formula = f"= {explanation.formula}" if explanation.formula else ""
    numbers = f"= {explanation.numbers}" if explanation.numbers else ""
    return Told(
        explanation.label,
        value_text(explanation.value, explanation.unit),
        option_name(explanation.key, evaluation),
        when,
        formula,
        numbers if numbers != formula else "",
        _origin(explanation),
        explanation.path,
    )


def option_name(key: str, evaluation: Evaluation) -> str:
    """Name of the option whose line a ledger key names; empty for any other line."""
    room, _, rest = key.partition(".")
    if room != "option":
        return ""
    fitting = [bill for bill in evaluation.bills if rest.startswith(f"{bill.id}.")]
    return max(fitting, key=lambda bill: len(bill.id)).name if fitting else ""


def looked_through(explanation: Explanation) -> Explanation:
    """The figure that says something: a line that only repeats another one is passed over."""
    shown = explanation
    while len(shown.operands) == 1 and shown.formula == shown.operands[0].label:
        shown = shown.operands[0]
    return shown


def _origin(explanation: Explanation) -> str:
    if explanation.confidence == DECISION:
        return _choice(explanation)
    lines = []
    if explanation.source == LEFT_OUT:
        lines.append(_t("Nothing was entered; the default holds."))
    elif explanation.source:
        lines.append(_t("Source: {source}").format(source=explanation.source))
    if explanation.as_of is not None:
        lines.append(_t("As of {day}").format(day=explanation.as_of.isoformat()))
    if explanation.region:
        lines.append(_t("Holds for {region}").format(region=explanation.region))
    if explanation.confidence and explanation.confidence != "entered":
        lines.append(_t("Confidence: {level}").format(level=explanation.confidence))
    if explanation.url:
        lines.append(explanation.url)
    if explanation.note:
        lines.append(explanation.note)
    return "\n".join(lines)


def _choice(explanation: Explanation) -> str:
    """Who chose a number and when, in place of how far it can be trusted."""
    said = _t("Decision: {source}").format(source=explanation.source)
    if explanation.as_of is not None:
        said = _t("Decision: {source} on {day}").format(
            source=explanation.source, day=explanation.as_of.isoformat()
        )
    return "\n".join(filter(None, [said, explanation.note]))


def path_of(path: str, _evaluation: Evaluation) -> str:
    """The path of the form field an input was entered in (the figure, not its value)."""
    return path.removesuffix(".value")
