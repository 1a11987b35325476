"""What keeps the results from being those of the entries on screen, as a banner says it."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class Judgement(NamedTuple):
    """A sentence, what can be done about it, and whether a rule is broken."""

    sentence: str
    action: str = ""
    broken: bool = False


def _t(text: str) -> str:
    return QCoreApplication.translate("Banner", text)


def judgement(wrong_entries: int, problem: str, *, has_field: bool, has_results: bool) -> Judgement:
    """The banner's words; an empty sentence where the results are those of the entries.

    Args:
        wrong_entries: Fields that hold a wrong entry.
        problem: Why the plan cannot be evaluated, as a sentence; empty where it can.
        has_field: Whether the problem names a field to go to.
        has_results: Whether there are results of an earlier plan.
    """
    if wrong_entries:
        sentence = (
            _t("1 entry needs correction.")
            if wrong_entries == 1
            else _t("{n} entries need correction.").format(n=wrong_entries)
        )
        if has_results:
            sentence += " " + _t("The results are those of the last valid plan.")
        return Judgement(sentence, _t("Go to the entry"))
    if problem:
        tail = _t("The results are those of the last plan that could be evaluated.")
        sentence = f"{problem} {tail}" if has_results else problem
        return Judgement(sentence, _t("Go to the field") if has_field else "", True)
    return Judgement("")
