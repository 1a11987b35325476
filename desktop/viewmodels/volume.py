"""From which volume one option costs no more than another, as a sentence."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, significant
from pricing.evaluation import BreakEvenVolume

SAME = 1e-6
"""Relative difference below which two volumes are one."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Volume", text)


def volume_sentence(answer: BreakEvenVolume, name: str, base: str) -> str:
    """The break-even volume in words; volumes are multiples of the plan's."""
    multiple, lasting = answer.multiple, answer.lasting_from
    if answer.answer == "never" or multiple is None:
        text = _t("At every volume up to {far} times this one, {name} costs more than {base}.")
    elif lasting is None:
        text = _t("{name} costs no more than {base} at {first} times this volume, but not beyond.")
    elif lasting <= multiple * (1 + SAME):
        text = (
            _t("{name} costs no more than {base} at any volume.")
            if multiple == 0
            else _t(
                "{name} costs no more than {base} from {first} times this volume on "
                "({requests} requests a month)."
            )
        )
    else:
        text = _t(
            "{name} first costs no more than {base} at {first} times this volume "
            "({requests} requests a month), and always from {lasting} times on."
        )
    return text.format(
        name=name,
        base=base,
        far=significant(answer.searched_to, 2),
        first=significant(multiple or 0.0),
        lasting=significant(lasting or 0.0),
        requests=compact(answer.requests_per_month or 0.0),
    )
