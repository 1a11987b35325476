"""`reckoner serving rightsize`: the cheapest way to serve a load with each model good enough."""

import argparse
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, command, number
from pricing.cli.failure import Failure
from pricing.cli.serving_load import add_search, asked
from pricing.cli.serving_names import meant, read_option
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.serving.measured.names import Names
    from pricing.serving.search.rightsizing import Needs

EXAMPLES = """\
  reckoner serving rightsize --rate 5 --ttft 2 --tpot 50
  reckoner serving rightsize --floor 0.75 --quality qwen3-32b=0.78 --quality llama-3.1-8b=0.61
  reckoner serving rightsize --floor 0.75 --quality qwen3-32b=0.78 --quality-change fp8=-0.01
  reckoner serving rightsize plan.reckon --rate 5 --tpot 50"""

ABOUT = """\
Searches the servers for every open model of the catalogue. Scores are yours, from your own test, on
a scale of 0 to 1: models that reach the floor come first, the cheapest at the top; then models
without a score, by size; then models whose licence, context or speed keeps them out. Where a floor
is set, a scored model is only looked at in precisions that keep the published weights or whose
--quality-change you know. A PLAN adds its scores, floors, models, accelerators and measurements;
the load and the targets are those of the options below."""


def register(parts: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        parts, "rightsize", _("find the cheapest model that is good enough"), EXAMPLES, run,
        _(ABOUT),
    )  # fmt: skip
    parser.add_argument(
        "plan",
        metavar="PLAN",
        nargs="?",
        help=_("take scores, floor, own models and own measurements of this plan"),
    )
    parser.add_argument(
        "--floor",
        metavar="SCORE",
        type=number("0.8"),
        help=_("lowest acceptable quality (default: the plan's highest; none without a plan)"),
    )
    parser.add_argument(
        "--quality",
        metavar="MODEL=SCORE",
        action="append",
        default=[],
        help=_("score of a model in its published precision; may be repeated"),
    )
    parser.add_argument(
        "--quality-change",
        metavar="PRECISION=CHANGE",
        action="append",
        default=[],
        help=_("change of the score by a precision, such as fp8=-0.01; may be repeated"),
    )
    parser.add_argument(
        "--research", action="store_true", help=_("allow licences without commercial use")
    )
    add_search(parser)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Search for every model and print them; exit code 1 where none serves."""
    from pricing.catalogue import catalogue_for, present_catalogue
    from pricing.cli import sizing_tables
    from pricing.plan.file import load_plan
    from pricing.serving.errors import ServingError
    from pricing.serving.measured.names import Names
    from pricing.serving.measured.own import names_of
    from pricing.serving.search.rightsizing import Needs, right_size
    from pricing.serving.search.rightsizing_plan import models_of, needs_of

    plan = None if arguments.plan is None else load_plan(arguments.plan)
    catalogue = present_catalogue() if plan is None else catalogue_for(plan)
    names = Names.of(catalogue) if plan is None else names_of(plan, catalogue)
    stated = Needs() if plan is None else needs_of(plan, plan.workload)
    needs = _needs(arguments, names, stated)
    wanted = asked(arguments, catalogue)
    market = wanted.market if plan is None else wanted.market.joined(plan.accelerators)
    try:
        found = right_size(
            wanted.loads,
            needs,
            software=wanted.software,
            models=None if plan is None else models_of(plan, catalogue),
            market=market,
            basis=wanted.basis,
            spares=wanted.spares,
            measurements=() if plan is None else plan.measurements,
            catalogue=catalogue,
        )
    except ServingError as error:
        raise Failure(str(error)) from None
    if arguments.json:
        content = sizing_tables.document(found, wanted.basis)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        say("\n".join(sizing_tables.lines(found, wanted.basis, width())))
    return 0 if found.good_enough or found.not_scored else 1


def _needs(arguments: argparse.Namespace, names: "Names", stated: "Needs") -> "Needs":
    """Quality and licence that are needed; the arguments go before what a plan states.

    Raises:
        Failure: a name is not known, or a score cannot be.
    """
    from pricing.serving.measured.cells import precision

    if arguments.floor is not None and not 0 <= arguments.floor <= 1:
        raise Failure(_("--floor {n:g}: write a score from 0 to 1.").format(n=arguments.floor))
    scores = dict(stated.quality or {})
    for text in arguments.quality:
        name, score = _pair("--quality", text, 0)
        scores[meant(name, names, "model")] = score
    changes = {}
    for text in arguments.quality_change:
        name, change = _pair("--quality-change", text, -1)
        changes[read_option("--quality-change", precision, name)] = change
    return replace(
        stated,
        floor=stated.floor if arguments.floor is None else arguments.floor,
        quality=scores,
        quality_change=changes,
        commercial=not arguments.research,
    )


def _pair(option: str, text: str, least: float) -> tuple[str, float]:
    """A name and a number from `least` to 1, written name=number.

    Raises:
        Failure: it is not written so.
    """
    name, _equals, number = text.rpartition("=")
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if not name or not least <= value <= 1:
        raise Failure(
            _("{option} {text}: write a name, = and a number from {least:g} to 1.").format(
                option=option, text=text, least=least
            )
        )
    return name, value
