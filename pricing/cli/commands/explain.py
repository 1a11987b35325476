"""`reckoner explain`: where a number of the bill comes from."""

import argparse
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_plan, command
from pricing.cli.failure import Failure
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation

DEPTH = 2
"""Levels unfolded unless asked otherwise: a figure, what it is made from, and what those are."""

EXAMPLES = """\
  reckoner explain plan.reckon owned-h100                the total cost of that option
  reckoner explain plan.reckon owned-h100.energy --month 5
  reckoner explain plan.reckon owned-h100.energy --month 2027-05 --depth 9
  reckoner explain plan.reckon "Energy"                  a label, if only one line has it
  reckoner explain plan.reckon --list energy             keys that have to do with energy"""

ABOUT = """\
LINE is a key of the ledger; the word "option." in front may be left out. Without --month the
answer is the total of all months, or the last month of what does not add up (servers, say)."""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands, "explain", _("show where a number comes from"), EXAMPLES, run, _(ABOUT)
    )
    add_plan(parser)
    parser.add_argument("line", metavar="LINE", nargs="?", help=_("key or label of a figure"))
    parser.add_argument("--month", metavar="N", help=_("number of a month, 1 first, or 2027-05"))
    parser.add_argument(
        "--depth", metavar="D", type=_depth, default=DEPTH,
        help=_("levels to unfold, 0 or more (default {depth})").format(depth=DEPTH),
    )  # fmt: skip
    parser.add_argument(
        "--list", metavar="TEXT", nargs="?", const="", default=None,
        help=_("list the keys, or those with all words of a text"),
    )  # fmt: skip
    parser.set_defaults(usage=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of a figure, or the keys there are."""
    if arguments.line is None and arguments.list is None:
        arguments.usage(_("name a LINE to explain, or ask for --list"))
    from pricing.evaluate import evaluate
    from pricing.plan.file import load_plan

    evaluation = evaluate(load_plan(arguments.plan))
    if arguments.list is not None:
        _list(evaluation, arguments.list)
    else:
        _explain(evaluation, arguments.line, arguments.month, arguments.depth)
    return 0


def _depth(text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        raise argparse.ArgumentTypeError(
            _("{text!r} is no depth; give a whole number from 0 on").format(text=text)
        )
    return int(text)


def _explain(evaluation: "Evaluation", name: str, when: str | None, depth: int) -> None:
    from pricing.cli.lines import figure_meant
    from pricing.cli.tree import Tree
    from pricing.ledger import explain

    figure = figure_meant(evaluation, name)
    month = _month(evaluation, when)
    tree = Tree(evaluation, width(), depth)
    for line in tree.lines(explain(evaluation.values, figure, month, depth)):
        say(line)
    if tree.cut:
        say()
        say(_("… lies deeper; --depth {depth} unfolds more.").format(depth=depth + 2))


def _month(evaluation: "Evaluation", text: str | None) -> int | None:
    labels = evaluation.month_labels
    if text is None:
        return None
    if text in labels:
        return labels.index(text) + 1
    if text.isdecimal() and 1 <= int(text[:6]) <= len(labels):
        return int(text[:6])
    raise Failure(
        _("The plan has no month {text!r}; give 1 to {months}, or {first} to {last}.").format(
            text=text, months=len(labels), first=labels[0], last=labels[-1]
        )
    )


def _list(evaluation: "Evaluation", text: str) -> None:
    from pricing.cli.lines import listed
    from pricing.cli.table import padded, width_of

    found = list(listed(evaluation, text))
    if not found:
        raise Failure(_("No figure has {text!r} in its key, label or unit.").format(text=text))
    longest = max(width_of(item.key) for _title, items in found for item in items)
    for number, (title, items) in enumerate(found):
        if number:
            say()
        say(title, strong=True)
        for item in items:
            unit = f" ({item.unit})" if item.unit else ""
            say(f"  {padded(item.key, longest)}  {item.label}{unit}")
