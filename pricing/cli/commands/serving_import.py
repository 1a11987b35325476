"""`reckoner serving import`: a buyer's own benchmark points in a plan."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pricing.cli.arguments import Commands, Parser, add_force, add_plan, command
from pricing.cli.failure import Failure
from pricing.cli.saving import refuse_to_replace
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.plan.plan import Plan
    from pricing.serving.measured.names import Names
    from pricing.serving.measured.own import OwnFile

EXAMPLES = """\
  reckoner serving import plan.reckon bench.csv                  into the plan itself
  reckoner serving import plan.reckon bench.csv -o measured.reckon --framework sglang
  reckoner serving import plan.reckon --list
  reckoner serving import plan.reckon --remove 2,5-7"""

ABOUT = """\
Takes a CSV file with the columns model, gpu, weight_precision, tp, isl, osl and output_tokens_per_s
(of the whole system), and if there kv_precision, dp, pp, replicas, concurrency (empty: maximum
throughput), ttft_ms, tpot_ms, framework and source_date. The points pull the prediction for their
model, accelerator and software towards what was measured, fully for their own precision and
parallelism, less for others. Nothing is changed when anything in the file is wrong."""


def register(parts: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        parts, "import", _("put own benchmark points into a plan"), EXAMPLES, run, _(ABOUT)
    )
    add_plan(parser)
    parser.add_argument(
        "file", metavar="FILE.csv", type=Path, nargs="?", help=_("benchmark points")
    )
    parser.add_argument(
        "-o", "--output", metavar="PLAN", type=Path, help=_("the plan to write (default: PLAN)")
    )
    parser.add_argument(
        "--framework", metavar="NAME",
        help=_("software of rows that name none: vllm, sglang, tensorrt-llm or other"),
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help=_("list the points of the plan"))
    parser.add_argument(
        "--remove", metavar="NUMBERS", help=_("take points out, by number: 2,5-7 or all")
    )
    add_force(parser)
    parser.set_defaults(usage=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Add points to a plan, list them, or take them out."""
    if sum((arguments.file is not None, arguments.list, arguments.remove is not None)) != 1:
        arguments.usage(_("say what to do: FILE.csv, --list or --remove NUMBERS"))
    from pricing.catalogue import catalogue_for
    from pricing.plan.file import load_plan
    from pricing.serving.measured.own import names_of

    plan = load_plan(arguments.plan)
    names = names_of(plan, catalogue_for(plan))
    if arguments.list:
        _list(plan, names)
        return 0
    path = arguments.output or Path(arguments.plan)
    if path != Path(arguments.plan):
        refuse_to_replace(path, force=arguments.force)
    if arguments.remove is not None:
        return _remove(arguments.remove, plan, path)
    return _import(arguments, plan, names, path)


def _import(arguments: argparse.Namespace, plan: "Plan", names: "Names", path: Path) -> int:
    from pricing.plan.file import save_plan
    from pricing.plan.serving import Framework
    from pricing.serving.measured.own import NAMELESS, read_own, with_points
    from pricing.serving.measured.table import MeasurementError

    software = arguments.framework
    if software is not None and software not in get_args(Framework):
        right = ", ".join(get_args(Framework))
        raise Failure(
            _("--framework {name}: write one of {right}.").format(name=software, right=right)
        )
    try:
        found = read_own(arguments.file, names, plan.measurements, software)
    except MeasurementError as error:
        said = str(error)
        if any(problem.column == NAMELESS for problem in error.problems):
            said += "\n" + _("To name one for the whole file, add --framework vllm or another.")
        raise Failure(said) from None
    changed = with_points(plan, found.points)
    if found.points:
        _tell(found, plan, names)
    if changed != plan or path != Path(arguments.plan):
        save_plan(changed, path)
    say()
    one = len(found.points) == 1
    text = (
        _("{path}: 1 point added, {of} in all.")
        if one
        else _("{path}: {n} points added, {of} in all.")
    )
    added = text.format(path=path, n=f"{len(found.points):,}", of=f"{len(changed.measurements):,}")
    if found.repeats:
        known = _("1 row was there already.")
        if found.repeats > 1:
            known = _("{n} rows were there already.").format(n=f"{found.repeats:,}")
        added += " " + known
    say(added)
    return 0


def _tell(found: "OwnFile", plan: "Plan", names: "Names") -> None:
    from pricing.cli import own_tables
    from pricing.serving.measured.own_check import hold, setups_of

    columns = width()
    held = hold(found.points, names, plan.measurements)
    say(_("Points of {name}").format(name=found.name), strong=True)
    say("\n".join(own_tables.points(held, names, columns)))
    say()
    say(_("What becomes of predictions"), strong=True)
    moved = setups_of(found.points, names, plan.measurements)
    say("\n".join(own_tables.setups(moved, columns)))
    if said := list(own_tables.remarks(held, names, found.remarks, columns)):
        say()
        say(_("What to look at"), strong=True)
        say("\n".join(said))


def _list(plan: "Plan", names: "Names") -> None:
    from pricing.cli import own_tables
    from pricing.serving.measured.own_check import hold

    if not plan.measurements:
        say(_("{name} has no benchmark points of its own.").format(name=plan.name))
        return
    held = hold(plan.measurements, names, after=plan.measurements)
    say("\n".join(own_tables.listed(held, names, width())))
    if said := list(own_tables.remarks(held, names, (), width())):
        say()
        say("\n".join(said))


def _remove(text: str, plan: "Plan", path: Path) -> int:
    from pricing.plan.file import save_plan
    from pricing.serving.measured.own import without_points

    there = len(plan.measurements)
    places = list(_places(text, there))
    changed = without_points(plan, places)
    save_plan(changed, path)
    gone = there - len(changed.measurements)
    text = (
        _("{path}: 1 point removed, {left} left.")
        if gone == 1
        else _("{path}: {n} points removed, {left} left.")
    )
    say(text.format(path=path, n=f"{gone:,}", left=len(changed.measurements)))
    return 0


def _places(text: str, there: int) -> Iterator[int]:
    """Places in the list that numbers from 1, with ranges, mean.

    Raises:
        Failure: one is no number of a point.
    """
    if text.strip() == "all":
        yield from range(there)
        return
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = [first, last if dash else first]
        good = all(end.isascii() and end.isdigit() and len(end) < 9 for end in ends)
        if not good or not 1 <= int(ends[0]) <= int(ends[1]) <= there:
            raise Failure(
                _("--remove {part}: the plan has {n} points; write numbers of --list.").format(
                    part=part.strip(), n=f"{there:,}"
                )
            )
        yield from range(int(ends[0]) - 1, int(ends[1]))
