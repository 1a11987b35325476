"""The recommendation in sentences, and the rules of thumb held against the computed answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.routing_words import capital
from desktop.viewmodels.words import percent

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

    recommendation: str
    """What to do."""
    portions: Table | None
    """Who then answers how much; none where one option is enough."""
    reasons: tuple[str, ...]
    """What decides, or which rules are broken."""
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


def advice_view(advice: "Advice", colours: OptionColours) -> AdviceView:
    """Advice in the window's language; options are coloured as everywhere."""
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
    recommendation, *reasons = said(advice.recommendation)
    return AdviceView(
        recommendation, _portions(advice, colours), tuple(reasons), said(advice.singles),
        said(advice.cautions), thumbs, heading,
    )  # fmt: skip


def _portions(advice: "Advice", colours: OptionColours) -> Table | None:
    """Who answers how much of all requests, and most of which classes."""
    from pricing.optimise.advice.portions import classes_statement
    from pricing.optimise.advice.sentences import sentence

    if not advice.portions:
        return None
    columns = (
        EditColumn(_t("Who answers"), width=-1),
        EditColumn(_t("Which classes"), width=-1),
        EditColumn(
            _t("Of all requests"), right=True, width=120,
            tip=_t("Every request of the plan counts, those that a result cache answers too"),
        ),
    )  # fmt: skip
    rows = []
    for one in advice.portions:
        classes = classes_statement(one)
        rows.append(
            (
                EditCell(
                    capital(sentence(one.who, _optimiser)),
                    colour=colours.of(one.options[0]) if one.options else "",
                ),
                EditCell(
                    "" if classes is None else capital(sentence(classes, _optimiser)),
                    tone="plain" if one.whole or one.most else "quiet",
                ),
                EditCell(percent(one.share), right=True),
            )
        )  # fmt: skip
    return Table(columns, tuple(rows))
