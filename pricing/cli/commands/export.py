"""`reckoner export`: the bill as a workbook of live formulas."""

import argparse
from pathlib import Path

from pricing.cli.arguments import Commands, Parser, add_plan, command
from pricing.cli.failure import Failure
from pricing.cli.terminal import say
from pricing.cli.texts import _
from pricing.plurals import Written

EXAMPLES = """\
  reckoner export plan.reckon bill.xlsx"""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands,
        "export",
        _("write the bill as a workbook of live formulas"),
        EXAMPLES,
        run,
        _("A workbook of that name is replaced once the new one is complete."),
    )
    add_plan(parser)
    parser.add_argument("workbook", metavar="OUT.xlsx", type=Path, help=_("the file to write"))


def run(arguments: argparse.Namespace) -> int:
    """Evaluate a plan and write its workbook."""
    path: Path = arguments.workbook
    if path.suffix.lower() != ".xlsx":
        raise Failure(
            _("{path} does not end in .xlsx; a workbook is written as .xlsx only.").format(
                path=path
            )
        )
    from pricing.evaluate import evaluate
    from pricing.plan.file import load_plan
    from pricing.workbook import export_workbook

    evaluation = evaluate(load_plan(arguments.plan))
    path.parent.mkdir(parents=True, exist_ok=True)
    export_workbook(evaluation, path)
    count = len(evaluation.ledger.lines)
    text = _(
        "{path} written: {options:option|options}, {lines:line|lines} of formulas over {months} "
        "months."
    )
    say(
        text.format(
            path=path,
            options=Written(len(evaluation.bills)),
            lines=Written(count),
            months=evaluation.plan.months,
        )
    )
    return 0
