"""`reckoner routing`: who could serve which request class, and who does in a hybrid."""

import argparse
import json
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_plan, command
from pricing.cli.keys import add_json
from pricing.cli.solving import add_hybrid, hybrid_called
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation

EXAMPLES = """\
  reckoner routing plan.reckon
  reckoner routing decided.reckon --hybrid optimised
  reckoner routing plan.reckon --json | jq '.choices[] | select(.allowed | not)'"""

ABOUT = """\
Every option for every request class: what a request costs, how good and how fast the answer is, and
why an option may not serve the class. Cost is the mean over the plan: tokens, or the part of the
machines that the request's busy time takes, without people and setup. Then the routes of the
plan's hybrids, what they cost, and advice on each."""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands, "routing", _("show who may serve which class, and who does"), EXAMPLES, run,
        _(ABOUT),
    )  # fmt: skip
    add_plan(parser)
    add_hybrid(parser)
    add_json(parser, "routing_json.md")


def run(arguments: argparse.Namespace) -> int:
    """Print choices, and the flows of the hybrids."""
    from pricing.catalogue import catalogue_for
    from pricing.cli import routing_tables
    from pricing.evaluate import evaluate
    from pricing.plan.file import load_plan
    from pricing.plan.hybrid import Hybrid

    plan = load_plan(arguments.plan)
    catalogue = catalogue_for(plan)
    if arguments.hybrid is None:
        hybrids = [option.id for option in plan.options if isinstance(option, Hybrid)]
    else:
        hybrids = [hybrid_called(plan, arguments.hybrid).id]
    evaluation = evaluate(plan, catalogue)
    if arguments.json:
        content = routing_tables.document(evaluation, catalogue, hybrids)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    columns = width()
    say(plan.name, strong=True)
    say()
    say("\n".join(routing_tables.choice_lines(evaluation, catalogue, columns)))
    for hybrid in hybrids:
        _print_hybrid(evaluation, hybrid, columns)
    return 0


def _print_hybrid(evaluation: "Evaluation", hybrid: str, columns: int) -> None:
    from pricing.cli import advice_lines, decision_tables, routing_tables
    from pricing.cli.overview import bullet
    from pricing.optimise.advice.advise import advise
    from pricing.optimise.advice.sentences import sentence

    advice = advise(evaluation, hybrid)
    say()
    say(evaluation.bill_of(hybrid).name, strong=True)
    say()
    for lines in (
        decision_tables.routes(evaluation, hybrid, columns),
        decision_tables.servers(evaluation, hybrid, columns),
        routing_tables.flow_lines(evaluation, hybrid, columns),
        decision_tables.rules(evaluation, hybrid, columns),
    ):
        if lines:
            say("\n".join(lines))
            say()
    advice_lines.say_recommendation(advice, columns)
    say()
    advice_lines.say_beside(advice, columns)
    if advice.cautions:
        say()
        say(_("What to know"), strong=True)
        for one in advice.cautions:
            say("\n".join(bullet("  -", sentence(one, _), columns)))
    say()
    advice_lines.say_rules_of_thumb(advice, columns)
