"""The recommendation in sentences, and the rules of thumb held against the computed answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from pricing.optimise.advice.advise import Advice
    from pricing.optimise.statement import Statement

MARKS = {"agrees": "✓", "disagrees": "✗", "cannot tell": "?"}


@dataclass(frozen=True, slots=True)
class Thumb:
    """A rule of thumb, and what the computed answer says of it."""

    mark: str
    claim: str
    verdict: str
    reasons: str


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What the panel says."""

    recommendation: tuple[str, ...]
    beside: tuple[str, ...]
    """The plain choices."""
    cautions: tuple[str, ...]
    thumbs: tuple[Thumb, ...]
    heading: str
    """How many rules of thumb agree."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Advice", text)


def _optimiser(text: str) -> str:
    return QCoreApplication.translate("Optimiser", text)


def advice_view(advice: "Advice") -> AdviceView:
    """Advice in the window's language."""
    from pricing.optimise.advice.sentences import VERDICTS, sentence

    def said(statements: "tuple[Statement, ...]") -> tuple[str, ...]:
        return tuple(sentence(one, _optimiser) for one in statements)

    thumbs = tuple(
        Thumb(
            MARKS[one.verdict], sentence(one.claim, _optimiser), _optimiser(VERDICTS[one.verdict]),
            " ".join(said(one.reasons)),
        )
        for one in advice.rules_of_thumb
    )  # fmt: skip
    agree = sum(1 for one in advice.rules_of_thumb if one.verdict == "agrees")
    heading = _t("Rules of thumb: {n} of {of} agree with the computed answer").format(
        n=agree, of=len(thumbs)
    )
    return AdviceView(
        said(advice.recommendation), said(advice.singles), said(advice.cautions), thumbs, heading
    )
