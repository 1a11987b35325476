"""`reckoner new`: a plan to start from."""

import argparse
import math
from pathlib import Path

from pricing.cli.arguments import Commands, Parser, add_force, command
from pricing.cli.saving import refuse_to_replace
from pricing.cli.terminal import say, width
from pricing.cli.texts import _
from pricing.plurals import Written

EXAMPLES = """\
  reckoner new                                     a copy of the first sample: plan.reckon
  reckoner new --list                              the samples and templates there are
  reckoner new --from coding-assistant --requests 20000 -o coding.reckon"""

ABOUT = """\
A sample is a whole plan of a real situation; its figures are to be replaced by yours. A template
is one typical request class: its plan has that class and one API, to which you add options."""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(commands, "new", _("write a plan to start from"), EXAMPLES, run, _(ABOUT))
    parser.add_argument(
        "-o", "--output", metavar="PLAN", type=Path, default=Path("plan.reckon"),
        help=_("the file to write (default plan.reckon)"),
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="start", metavar="NAME", help=_("a sample or a template, see --list")
    )
    parser.add_argument(
        "--requests", metavar="N", type=_requests, help=_("requests per day, for a template")
    )
    parser.add_argument(
        "--api", metavar="MODEL", help=_("catalogue id of the API of a template's plan")
    )
    parser.add_argument("--list", action="store_true", help=_("list samples and templates"))
    add_force(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write a plan, or list what to start from."""
    if arguments.list:
        _list()
        return 0
    from pricing.cli.starting import FIRST_API, plan_from
    from pricing.plan.file import save_plan

    path: Path = arguments.output
    refuse_to_replace(path, force=arguments.force)
    plan = plan_from(arguments.start, arguments.requests, arguments.api or FIRST_API)
    save_plan(plan, path)
    text = _(
        "{path} written: {name}, {classes:request class|request classes}, {options:option|options}."
    )
    say(
        text.format(
            path=path,
            name=plan.name,
            classes=Written(len(plan.workload)),
            options=Written(len(plan.options)),
        )
    )
    say(
        _("Next: change it in an editor or in Reckoner, then reckoner evaluate {path}").format(
            path=path
        )
    )
    return 0


def _requests(text: str) -> float:
    try:
        number = float(text.replace(",", "").replace("_", ""))
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1e15:
        raise argparse.ArgumentTypeError(
            _("{text!r} is no number of requests per day; give one like 20000").format(text=text)
        )
    return number


def _list() -> None:
    from pricing.cli.overview import bullet
    from pricing.cli.starting import sample_files
    from pricing.plan.file import load_plan
    from pricing.workload import templates

    say(_("Samples: whole plans"), strong=True)
    for name, path in sample_files().items():
        plan = load_plan(path)
        text = f"{plan.name}. {plan.note}" if plan.note else plan.name
        for line in bullet(f"  {name}:", text, width()):
            say(line)
    say()
    say(
        _("Templates: one request class, its number of requests stated with --requests"),
        strong=True,
    )
    for item in templates():
        for line in bullet(f"  {item.id}:", f"{item.name}. {item.description}", width()):
            say(line)
