"""A running search in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import gap_text, money, number

if TYPE_CHECKING:
    from desktop.work.optimiser import State

THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class ProgressText:
    """What a strip says."""

    step: str
    seconds: str
    gap: str
    proven: str
    best: str
    stop: str
    share: float | None
    """Part of the steps that is done; none where only the gap tells how far it is."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Progress", text)


def progress_text(state: "State", currency: str) -> ProgressText:
    """A look at a running search in words."""
    gap = proven = best = ""
    progress = state.progress
    _, at, of = state.step
    if progress is not None:
        if np.isfinite(progress.bound):
            amount = money(float(progress.bound) * THOUSAND, currency)
            proven = _t("nothing can cost less than {amount}").format(amount=amount)
        if np.isfinite(progress.objective):
            amount = money(float(progress.objective) * THOUSAND, currency)
            best = _t("best so far {amount}").format(amount=amount)
        if np.isfinite(progress.gap):
            gap = _t("gap {share}").format(share=gap_text(float(progress.gap)))
    return ProgressText(
        step=_step(state),
        seconds=_t("{n} s").format(n=number(state.seconds, 0)),
        gap=gap,
        proven=proven,
        best=best,
        stop=_stop(state),
        share=(at - 1) / of if of else None,
    )


def _stop(state: "State") -> str:
    if state.stopping:
        return _t("Stopping…")
    if state.kind != "optimise" or state.step[0] == "conflict":
        return _t("Stop")
    return _t("Stop and keep the best")


def _step(state: "State") -> str:
    code, at, of = state.step
    progress = state.progress
    if code == "best" or not code:
        if progress is None:
            return _t("Reading the plan…")
        return {
            "bounding": _t("Proving what no decision can undercut…"),
            "rounding": _t("Trying whole servers…"),
            "searching": _t("Searching for a cheaper decision…"),
            "polishing": _t("Polishing the best decision…"),
        }[progress.stage]
    texts = {
        "conflict": _t("Looking for the rules that stand in the way…"),
        "point": _t("Cheapest decision at level {n} of {of}…"),
        "rule": _t("Deciding without rule {n} of {of}…"),
        "vendor": _t("Deciding without vendor {n} of {of}…"),
        "alternative": _t("Looking for other decisions that cost little more…"),
        "volume": _t("Deciding at other volumes…"),
        "single": _t("Working the decision out…"),
    }
    return texts[code].format(n=min(at, of), of=of)
