"""What a rule of a hybrid asks for beside what is reached, in the month nearest to it or beyond."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, money, number
from pricing.bill.hybrid import Check
from pricing.evaluation import Evaluation

NEAR = 1e-9
"""Relative difference below which two figures are one."""
MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """A limit and what is held against it."""

    asked: str
    """"at most USD 800 k"."""
    reached: str
    """"USD 1.20 m"."""
    month: int | None
    """Number of the month in which that is reached; none for what holds once."""
    key: str
    """Ledger key of what is reached."""

    @property
    def phrase(self) -> str:
        """Both in a few words."""
        return _t("{asked} asked for, {reached} reached").format(
            asked=self.asked, reached=self.reached
        )


def _t(text: str) -> str:
    return QCoreApplication.translate("RuleFigures", text)


def rule_figures(check: Check, evaluation: Evaluation) -> RuleFigures | None:
    """The figures of a rule; none for one that is no matter of a single figure."""
    if check.held is None:
        return None
    values = evaluation.values.monthly(check.held)
    place = int(values.argmin() if check.least else values.argmax())
    month = place + 1 if check.held.timed else None
    held = float(values[place])
    if check.limit is None:
        most = _t("every request")
        return RuleFigures(most, _t("{n} not served").format(n=compact(held)) if held > 0
                           else _t("all served"), month, check.held.key)  # fmt: skip
    limits = evaluation.values.monthly(check.limit)
    limit = float(limits[place])
    written = _written(check.held.unit, evaluation.plan.currency)
    asked, reached = _apart(limit, held, written)
    template = _t("at least {limit}") if check.least else _t("at most {limit}")
    return RuleFigures(template.format(limit=asked), reached, month, check.held.key)


def _apart(limit: float, held: float, written: Callable[[float, int], str]) -> tuple[str, str]:
    """Two figures with so many digits that a difference can be seen."""
    asked, reached = written(limit, 3), written(held, 3)
    if abs(limit - held) <= NEAR * max(abs(limit), abs(held)):
        return asked, asked
    for digits in range(4, MOST_DIGITS + 1):
        if asked != reached:
            break
        reached = written(held, digits)
    return asked, reached


def _written(unit: str, currency: str) -> Callable[[float, int], str]:
    """How figures of a unit are written with so many digits."""
    if unit == currency:
        return lambda value, digits: money(value, currency, digits)
    if unit == "share":
        return _share
    if not unit:
        return lambda value, _digits: number(value, 0)
    return lambda value, digits: f"{_plain(value, digits - 2)}\u00a0{unit}"


def _share(value: float, digits: int) -> str:
    """A share as per cent."""
    return f"{_plain(value * 100, digits - 2)}\u00a0%"


def _plain(value: float, decimals: int) -> str:
    """A number with at most so many decimals, none that say nothing."""
    text = f"{round(value, decimals):.12g}"
    return number(value, len(text.partition(".")[2]))
