"""`reckoner cases`: published tables, run through the engine."""

import argparse

from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.failure import Failure
from pricing.cli.terminal import say
from pricing.cli.texts import _

EXAMPLES = """\
  reckoner cases                  all published cases, and how they come out
  reckoner cases ID               every figure of one, published and ours"""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands,
        "cases",
        _("run published cases through the engine"),
        EXAMPLES,
        run,
        _("Leaves with exit code 1 if a published figure is neither reproduced nor explained."),
    )
    parser.add_argument("case", metavar="ID", nargs="?", help=_("a case, as the list names it"))


def run(arguments: argparse.Namespace) -> int:
    """Run the cases and print how they come out."""
    from pricing.cases import CaseError
    from pricing.cases.report import detail, overview, results

    try:
        found = results(arguments.case)
    except CaseError as error:
        raise Failure(str(error)) from None
    lines = overview(found) if arguments.case is None else detail(found[0])
    for line in lines:
        say(line)
    return 0 if all(result.holds for result in found) else 1
