"""`reckoner evaluate`: the bill of a plan, for people or as JSON."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_plan, command
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation

EXAMPLES = """\
  reckoner evaluate plan.reckon
  reckoner evaluate plan.reckon --json > bill.json
  reckoner evaluate plan.reckon --json | jq '.options[] | {id, tco}'
  reckoner evaluate --keys          what the keys of --json mean"""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(commands, "evaluate", _("print the bill of a plan"), EXAMPLES, run)
    add_plan(parser)
    parser.add_argument("--json", action="store_true", help=_("print JSON with documented keys"))
    parser.add_argument("--keys", action=_Keys, help=_("explain the keys of --json and leave"))
    parser.add_argument(
        "--no-volume",
        action="store_true",
        help=_("do not search for break-even volumes, which takes longest"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Evaluate a plan and print its bill."""
    from pricing.evaluate import evaluate
    from pricing.plan.file import load_plan

    evaluation = evaluate(load_plan(arguments.plan))
    volume = not arguments.no_volume
    if arguments.json:
        from pricing.cli.document import document

        content = document(evaluation, volume=volume)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        _print(evaluation, volume=volume)
    return 0


def _print(evaluation: "Evaluation", *, volume: bool) -> None:
    from pricing.cli import overview, versus
    from pricing.cli.table import wrapped

    columns = width()
    say(evaluation.plan.name, strong=True)
    say("\n".join(wrapped(overview.basis(evaluation), columns)))
    say()
    say("\n".join(wrapped(versus.answer(evaluation), columns)), strong=True)
    say()
    say("\n".join(overview.key_figures(evaluation.bills, columns)))
    say()
    say(_("Where the money goes"), strong=True)
    say("\n".join(overview.categories(evaluation.bills, columns)))
    if len(evaluation.bills) > 1:
        say()
        heading = _("Compared with {name}").format(name=evaluation.baseline.name)
        say(heading, strong=True)
        for line in overview.comparisons(evaluation, columns, volume=volume):
            say(line)
    if evaluation.findings:
        say()
        say(_("What to know"), strong=True)
        for line in overview.findings(evaluation.findings, columns):
            say(line)
    say()
    say("\n".join(wrapped(overview.dates(evaluation.catalogue.reference), columns)))


class _Keys(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        from pricing.resources import resource

        print(resource("help", "evaluate_json.md").read_text(encoding="utf-8").strip())
        parser.exit()
