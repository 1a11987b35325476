"""Advice as paragraphs of a terminal."""

from collections.abc import Iterator

from pricing.cli.overview import bullet
from pricing.cli.table import wrapped
from pricing.cli.terminal import say
from pricing.cli.texts import _
from pricing.optimise.advice.advise import Advice
from pricing.optimise.advice.portions import portion_statement
from pricing.optimise.advice.sentences import VERDICTS, sentence


def say_recommendation(advice: Advice, width: int) -> None:
    """Print what to do, who then answers how much, and why."""
    first, *why = (sentence(one, _) for one in advice.recommendation)
    say("\n".join(wrapped(first, width)), strong=True)
    if advice.portions:
        say(_("Who answers, in shares of all requests:"))
        for one in advice.portions:
            say("\n".join(bullet("  -", sentence(portion_statement(one), _), width)))
    if why:
        say("\n".join(wrapped(" ".join(why), width)), strong=True)


def say_beside(advice: Advice, width: int) -> None:
    """Print the plain choices beside the decision."""
    say(_("Beside it"), strong=True)
    for one in advice.singles:
        say("\n".join(bullet("  -", sentence(one, _), width)))


def say_rules_of_thumb(advice: Advice, width: int) -> None:
    """Print the rules of thumb with their verdicts."""
    if not advice.rules_of_thumb:
        return
    say(_("Rules of thumb, held against this decision"), strong=True)
    for line in _rules_of_thumb(advice, width):
        say(line)


def _rules_of_thumb(advice: Advice, width: int) -> Iterator[str]:
    for rule in advice.rules_of_thumb:
        reasons = " ".join(sentence(one, _) for one in rule.reasons)
        text = _('"{claim}" {verdict} {reasons}').format(
            claim=sentence(rule.claim, _), verdict=_(VERDICTS[rule.verdict]), reasons=reasons
        )
        yield from bullet("  -", text, width)
