"""`reckoner frontier`: the least cost at every level of quality, purchases or work on premises."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_force, add_plan, command, whole
from pricing.cli.failure import Failure
from pricing.cli.keys import add_keys
from pricing.cli.solving import Watch, add_hybrid, add_limits, check_limits, hybrid_called
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.optimise.questions.asked import Asked
    from pricing.optimise.questions.frontier import Frontier
    from pricing.optimise.questions.levels import Axis
    from pricing.optimise.questions.points import Point

EXAMPLES = """\
  reckoner frontier plan.reckon                          cost against quality
  reckoner frontier plan.reckon --axis capex --points 5
  reckoner frontier plan.reckon --axis on-premises --csv > frontier.csv
  reckoner frontier plan.reckon -o points/               a plan for each point"""

ABOUT = """\
Each point is the cheapest decision found at its level: a mean quality of at least so much,
purchases of at most so much a year, at least such a share of the tokens on premises. The levels go
from what the cheapest decision has to the strictest that can be reached; what lies beyond it is
said, with the rules in the way. Costs never fall towards stricter levels; the bound says what no
decision at that level can undercut. Ctrl-C keeps the points found so far."""

AXES = {"quality": "quality", "capex": "capex", "on-premises": "on_premises"}
COLUMNS = ("level", "reached", "npv", "bound", "gap", "more")


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands, "frontier", _("show what quality, capex or privacy costs"), EXAMPLES, run,
        _(ABOUT),
    )  # fmt: skip
    add_plan(parser)
    parser.add_argument(
        "--axis", choices=tuple(AXES), default="quality", help=_("what cost is held against")
    )
    parser.add_argument(
        "--points",
        metavar="N",
        type=whole("8"),
        default=8,
        help=_("levels, both ends too (default 8)"),
    )
    add_hybrid(parser)
    add_limits(parser, 5e-3, 60.0, _("all points together"))
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help=_("folder to write each point's plan to")
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help=_("print CSV"))
    form.add_argument("--json", action="store_true", help=_("print JSON with documented keys"))
    add_keys(parser, "frontier_json.md")
    add_force(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compute the points and print them; exit code 1 where there are none."""
    from pricing import today
    from pricing.catalogue import catalogue_for
    from pricing.optimise.engine.answer import Settings
    from pricing.optimise.questions.asked import Asked
    from pricing.optimise.questions.frontier import frontier
    from pricing.plan.file import load_plan

    check_limits(arguments)
    if not 2 <= arguments.points <= 50:
        raise Failure(_("--points {n}: write a number from 2 to 50.").format(n=arguments.points))
    plan = load_plan(arguments.plan)
    target = hybrid_called(plan, arguments.hybrid)
    each = Settings(gap=arguments.gap, seconds=arguments.seconds / arguments.points)
    with Watch(arguments.seconds) as watch:
        asked = Asked(
            plan, catalogue_for(plan), target, today.today(), settings=each, cancel=watch.cancelled
        )
        done: list[Point] = []

        def on_point(point: "Point") -> None:
            done.append(point)
            text = _("{n} of {points} points")
            watch.tell(text.format(n=len(done), points=arguments.points))

        axis: Axis = AXES[arguments.axis]  # type: ignore[assignment]
        found = frontier(asked, axis, arguments.points, on_point, arguments.seconds)
    if not found.points:
        raise Failure(_why_none(asked, arguments.axis))
    paths = _save(asked, found, arguments) if arguments.output is not None else []
    if arguments.json:
        content = _document(asked, found, arguments, paths, stopped=watch.stopped)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
    elif arguments.csv:
        _write_csv(found)
    else:
        _print(asked, found, arguments, stopped=watch.stopped)
    return 0


def _why_none(asked: "Asked", axis: str) -> str:
    from pricing.cli.decision_words import names_of
    from pricing.optimise.questions.asked import unscored

    choice = asked.answer().choice
    if choice is None:
        return _(
            "No decision was found in the time; give more with --seconds, or see which rules are "
            "in the way with reckoner optimise."
        )
    assert axis == "quality"
    names = names_of(asked.plan)
    listed = ", ".join(names[one] for one in unscored(asked.problem, choice))
    return _(
        "The quality of the cheapest decision is not known: no score is entered for {options}. "
        "Enter it under qualities, or take another --axis."
    ).format(options=listed)


def _save(asked: "Asked", found: "Frontier", arguments: argparse.Namespace) -> list[str]:
    """Write the plan of each point; names tell axis and number."""
    from pricing.catalogue.installed import naming_its_catalogue
    from pricing.cli.saving import refuse_to_replace
    from pricing.optimise.optimise import finished
    from pricing.optimise.questions.points import answer_of, question_of
    from pricing.plan.file import save_plan

    folder: Path = arguments.output
    paths = [
        folder / f"{arguments.axis}-{number}.reckon" for number in range(1, len(found.points) + 1)
    ]
    for path in paths:
        refuse_to_replace(path, force=arguments.force)
    folder.mkdir(parents=True, exist_ok=True)
    for path, point in zip(paths, found.points, strict=True):
        decided = finished(
            asked.problem, answer_of(point), asked.catalogue, asked.today,
            question=question_of(found.axis, point), simple=True,
        )  # fmt: skip
        save_plan(naming_its_catalogue(decided.plan), path)
    return [str(path) for path in paths]


def _values(found: "Frontier") -> Iterator[tuple[float, float, float, float, float, float]]:
    """The columns of each point."""
    unit = 1000.0 if found.axis == "capex" else 1.0
    cheapest = found.points[0].npv
    for point in found.points:
        more = point.npv / cheapest - 1 if cheapest > 0 else 0.0
        yield point.level * unit, point.reached * unit, point.npv, point.bound, point.gap, more


def _write_csv(found: "Frontier") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_values(found))


def _document(
    asked: "Asked", found: "Frontier", arguments: argparse.Namespace, paths: list[str], *,
    stopped: bool,
) -> dict[str, object]:  # fmt: skip
    from pricing.cli import decision_document as documents
    from pricing.optimise.questions.sentences import work_shares

    unit = 1000.0 if found.axis == "capex" else 1.0
    rows = []
    for number, (point, values) in enumerate(zip(found.points, _values(found), strict=True)):
        assert point.answer.choice is not None
        rows.append(
            {
                **dict(zip(COLUMNS, map(documents.finite, values), strict=True)),
                "work": work_shares(asked.problem.instance, point.answer.choice),
                "plan": paths[number] if paths else None,
            }
        )
    return {
        **documents.head(asked.plan),
        "axis": arguments.axis,
        "stopped": stopped,
        "points": rows,
        "alike": found.alike,
        "unreached": [level * unit for level in found.unreached],
        "end": None if found.end is None else _end(found, unit),
        "sentences": _sentences(asked, found, arguments.points),
    }


def _end(found: "Frontier", unit: float) -> dict[str, object]:
    """Where the axis ends, and what is in the way of more."""
    assert found.end is not None
    stop = found.stop
    return {
        "level": found.end.level * unit,
        "beyond": found.end.beyond * unit,
        "natural": stop is None,
        "rules": [] if stop is None else [rule.path for rule in stop.rules],
    }


def _sentences(asked: "Asked", found: "Frontier", points: int) -> list[str]:
    """What must be said beside the points."""
    from pricing.optimise.questions.frontier_sentences import frontier_statements, sentence

    stated = frontier_statements(found, asked.plan, points)
    return [sentence(one, _) for one in stated]


HEADINGS = {
    "quality": ("Quality asked for", "Quality reached"),
    "capex": ("Purchases a year, at most", "Purchases, all years"),
    "on-premises": ("On premises, at least", "On premises"),
}


def _print(
    asked: "Asked", found: "Frontier", arguments: argparse.Namespace, *, stopped: bool
) -> None:
    from pricing.cli.decision_words import names_of
    from pricing.cli.numbers import amount, percent
    from pricing.cli.table import table, wrapped
    from pricing.optimise.questions.sentences import work_shares

    names, columns = names_of(asked.plan), width()
    level = _number(arguments.axis)
    rows = []
    for point, (asked_for, reached, npv, bound, _gap, more) in zip(
        found.points, _values(found), strict=True
    ):
        assert point.answer.choice is not None
        shares = work_shares(asked.problem.instance, point.answer.choice)
        work = ", ".join(f"{names[key]} {percent(s)}" for key, s in shares.items() if s >= 0.005)
        rows.append(
            [work, level(asked_for), level(reached), amount(npv), amount(bound),
             percent(more, signed=True)]
        )  # fmt: skip
    say(asked.plan.name, strong=True)
    say()
    headings = [
        _("Who serves the tokens"), *(_(text) for text in HEADINGS[arguments.axis]),
        _("Net present cost, {currency}").format(currency=asked.plan.currency),
        _("No less than"), _("Dearer by"),
    ]  # fmt: skip
    say("\n".join(table(headings, rows, columns)))
    said = _sentences(asked, found, arguments.points)
    if stopped:
        said.append(_("Stopped; these are the points found until then."))
    if arguments.output is not None:
        said.append(_("The plans are in {folder}.").format(folder=arguments.output))
    if said:
        say()
        say("\n".join(wrapped(" ".join(said), columns)))


def _number(axis: str) -> Callable[[float], str]:
    from pricing.cli.numbers import amount, percent, significant

    written: dict[str, Callable[[float], str]] = {
        "quality": significant, "capex": amount, "on-premises": percent,
    }  # fmt: skip
    return written[axis]
