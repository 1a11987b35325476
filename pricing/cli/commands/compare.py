"""`reckoner compare`: two options of a plan against each other."""

import argparse
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_plan, command
from pricing.cli.failure import Failure
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation, OptionBill

EXAMPLES = """\
  reckoner compare plan.reckon owned-h100 api     ids as `reckoner evaluate` lists them
  reckoner compare plan.reckon "Owned H100" "GPT-5 mini"\""""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands,
        "compare",
        _("compare two options: difference, break-even month and volume"),
        EXAMPLES,
        run,
    )
    add_plan(parser)
    parser.add_argument("option", metavar="A", help=_("id or name of an option"))
    parser.add_argument("reference", metavar="B", help=_("id or name of the one to compare with"))


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison of two options."""
    from pricing.analysis import break_even_volume, compare
    from pricing.cli import versus
    from pricing.cli.overview import basis, bullet
    from pricing.cli.table import wrapped
    from pricing.evaluate import evaluate
    from pricing.plan.file import load_plan

    evaluation = evaluate(load_plan(arguments.plan))
    option = option_called(evaluation, arguments.option)
    reference = option_called(evaluation, arguments.reference)
    if option.id == reference.id:
        raise Failure(
            _("{name!r} was named twice; name two options to compare.").format(name=option.id)
        )
    found = compare(evaluation, option.id, reference.id)
    columns = width()
    say(
        _("{option} compared with {reference}").format(
            option=option.name, reference=reference.name
        ),
        strong=True,
    )
    say("\n".join(wrapped(basis(evaluation), columns)))
    say()
    said = [
        versus.difference(found, evaluation.plan.currency),
        versus.break_even_month(found.break_even, evaluation),
        versus.break_even_volume(break_even_volume(evaluation, option.id, reference.id)),
        versus.unequal_work(option, reference),
    ]
    say(option.name)
    for text in filter(None, said):
        for line in bullet("  -", text, columns):
            say(line)
    say()
    say("\n".join(_table(option, reference, found.npv_difference, columns)))
    return 0


def option_called(evaluation: "Evaluation", name: str) -> "OptionBill":
    """The option of an id, or of a name that only one option has; raises Failure."""
    bills = evaluation.bills
    found = [bill for bill in bills if bill.id == name]
    found = found or [bill for bill in bills if bill.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{bill.id} ({bill.name})" for bill in bills)
    text = _("The plan has no option {name!r}; it has {listed}.")
    if found:
        text = _("Several options are called {name!r}; name one by its id: {listed}.")
    raise Failure(text.format(name=name, listed=listed))


def _table(
    option: "OptionBill", reference: "OptionBill", npv_difference: float, columns: int
) -> list[str]:
    from pricing.bill import CATEGORIES
    from pricing.cli.numbers import amount
    from pricing.cli.table import table

    rows = []
    for code, label in CATEGORIES.items():
        mine, other = (
            float(bill.categories[code].values.sum()) if code in bill.categories else 0.0
            for bill in (option, reference)
        )
        if mine or other:
            rows.append([_(label), amount(mine), amount(other), amount(mine - other)])
    tco, other_tco = option.tco.value, reference.tco.value
    rows.append([_("Total cost (TCO)"), amount(tco), amount(other_tco), amount(tco - other_tco)])
    rows.append(
        [
            _("Net present cost"),
            amount(option.npv.value),
            amount(reference.npv.value),
            amount(npv_difference),
        ]
    )
    headings = [_("Category"), option.id, reference.id, _("Difference")]
    return table(headings, rows, columns, ruled=2)
