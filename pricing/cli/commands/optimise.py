"""`reckoner optimise`: what to buy when, and which request class goes where."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_force, add_plan, command
from pricing.cli.failure import Failure
from pricing.cli.keys import add_json
from pricing.cli.saving import refuse_missing_folder, refuse_to_replace
from pricing.cli.solving import Watch, add_hybrid, add_limits, check_limits, hybrid_called
from pricing.cli.terminal import complain, say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.optimise.errors import NothingFoundError
    from pricing.optimise.optimise import Optimised
    from pricing.optimise.questions.conflicts import Conflict
    from pricing.plan.hybrid import Hybrid
    from pricing.plan.plan import Plan

EXAMPLES = """\
  reckoner optimise plan.reckon -o decided.reckon
  reckoner optimise plan.reckon -o decided.reckon --gap 0.005 --seconds 30
  reckoner optimise plan.reckon --json | jq '.npv, .gap'
  reckoner optimise --keys          what the keys of --json mean"""

ABOUT = """\
Chooses servers, rentals and routes over the whole horizon: the lowest net present value that keeps
the plan's rules (data, quality, waiting, purchases, power, vendors). The decision goes into a
hybrid of the plan, with its bound and gap; what is printed is the plan's own bill of it. Ctrl-C
ends the search and keeps the best decision so far. Exit code 0 where every request is served that
can be in time, outages aside; 1 where rules are in the way: then it says which, and what would be
enough. What outages lose, because nobody may take over, is listed by request class."""


TOLD_BEFORE = {"caution.unserved", "caution.outages"}
"""Cautions that stand under what is not served."""
CONFLICT_SECONDS = 20.0
"""Time that looking for the rules in the way gets at least."""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands, "optimise", _("choose what to buy and who serves what"), EXAMPLES, run, _(ABOUT)
    )
    add_plan(parser)
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help=_("the plan to write, decision included")
    )
    add_hybrid(parser)
    add_limits(parser, 1e-3, 60.0, _("the search as a whole"))
    add_json(parser, "optimise_json.md")
    add_force(parser)


def run(arguments: argparse.Namespace) -> int:
    """Optimise, save, and print the decision."""
    from pricing import today
    from pricing.catalogue import catalogue_for
    from pricing.catalogue.installed import naming_its_catalogue
    from pricing.optimise.engine.answer import Settings
    from pricing.optimise.errors import NothingFoundError
    from pricing.optimise.optimise import optimise
    from pricing.optimise.questions.asked import complete
    from pricing.optimise.questions.conflicts import conflict_of
    from pricing.plan.file import load_plan, save_plan

    check_limits(arguments)
    if arguments.output is not None:
        refuse_to_replace(arguments.output, force=arguments.force)
        refuse_missing_folder(arguments.output)
    plan, day = load_plan(arguments.plan), today.today()
    catalogue = catalogue_for(plan)
    target = hybrid_called(plan, arguments.hybrid)
    with Watch() as watch:
        try:
            found = optimise(
                plan,
                target.id if target in plan.options else None,
                Settings(gap=arguments.gap, seconds=arguments.seconds),
                catalogue=catalogue,
                today=day,
                on_progress=watch.progress,
                cancel=watch.cancelled,
            )
        except NothingFoundError as error:
            return _nothing(error, arguments, watch, plan, target)
        conflict = None
        if not complete(found.problem, found.answer) and not watch.stopped:
            watch.tell(_("looking for the rules in the way"))
            watch.limit(max(arguments.seconds, CONFLICT_SECONDS))
            conflict = conflict_of(plan, catalogue, target, day, watch.cancelled)
    if arguments.output is not None:
        save_plan(naming_its_catalogue(found.plan), arguments.output)
    if arguments.json:
        print(_json(_document(found, conflict, arguments, stopped=watch.stopped)))
    else:
        _print(found, conflict, arguments)
    return 0 if complete(found.problem, found.answer) else 1


def _nothing(
    error: "NothingFoundError", arguments: argparse.Namespace, watch: Watch, plan: "Plan",
    target: "Hybrid",
) -> int:  # fmt: skip
    """Say why there is no decision at all."""
    from pricing import today
    from pricing.catalogue import catalogue_for
    from pricing.cli import decision_document as documents
    from pricing.cli.decision_tables import left_to_nobody
    from pricing.optimise.questions.conflicts import conflict_of
    from pricing.optimise.questions.sentences import conflict_statements, sentence

    conflict, answer = None, error.answer
    if answer.status == "infeasible" and not watch.stopped:
        watch.limit(max(arguments.seconds, CONFLICT_SECONDS))
        conflict = conflict_of(plan, catalogue_for(plan), target, today.today(), watch.cancelled)
    if arguments.json:
        print(
            _json(
                documents.head(plan)
                | {"hybrid": None, "output": None, "stopped": watch.stopped, "complete": False}
                | documents.proof(answer, None)
                | {"unserved": documents.unserved(error.problem, answer)}
                | {"conflict": documents.conflict(conflict, plan)}
            )
        )
        return 1
    nobody = list(left_to_nobody(error.problem))
    if conflict is not None:
        for text in (*(sentence(one, _) for one in conflict_statements(conflict, plan)), *nobody):
            complain(text)
        return 1
    if watch.stopped:
        raise Failure(_("Stopped before a decision was found; nothing was saved."))
    if answer.status == "infeasible":
        raise Failure(_("No decision keeps all rules of the plan."))
    text = _("No decision was found in {seconds:.2g} s; give more time with --seconds.")
    raise Failure(text.format(seconds=answer.seconds))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)


def _document(
    found: "Optimised", conflict: "Conflict | None", arguments: argparse.Namespace, *, stopped: bool
) -> dict[str, object]:
    from pricing.cli import decision_document as documents
    from pricing.optimise.advice.advise import advise
    from pricing.optimise.lost import lost_in_outages
    from pricing.optimise.questions.asked import complete

    lost = lost_in_outages(found.evaluation, found.hybrid)
    return {
        **documents.head(found.plan),
        "hybrid": found.hybrid,
        "output": None if arguments.output is None else str(arguments.output),
        "stopped": stopped,
        "complete": complete(found.problem, found.answer) and not lost,
        "months": list(found.evaluation.month_labels),
        **documents.proof(found.answer, found.npv),
        **documents.decision(found.evaluation, found.hybrid),
        "unserved": documents.unserved(found.problem, found.answer, lost),
        "conflict": documents.conflict(conflict, found.plan),
        "advice": documents.advice(advise(found.evaluation, found.hybrid)),
    }


def _print(found: "Optimised", conflict: "Conflict | None", arguments: argparse.Namespace) -> None:
    from pricing.cli import advice_lines, decision_tables
    from pricing.cli.overview import basis, bullet
    from pricing.cli.table import wrapped
    from pricing.optimise.advice.advise import advise
    from pricing.optimise.advice.sentences import sentence
    from pricing.optimise.questions.sentences import conflict_statements
    from pricing.optimise.questions.sentences import sentence as said

    columns, evaluation = width(), found.evaluation
    advice = advise(evaluation, found.hybrid)
    say(f"{found.plan.name}: {evaluation.bill_of(found.hybrid).name}", strong=True)
    say("\n".join(wrapped(basis(evaluation), columns)))
    say()
    advice_lines.say_recommendation(advice, columns)
    say()
    lines = decision_tables.costs(evaluation, found.hybrid, found.answer, columns)
    say("\n".join(lines))
    say()
    say("\n".join(wrapped(" ".join(decision_tables.proof(found.answer)), columns)))
    say()
    for lines in (
        decision_tables.routes(evaluation, found.hybrid, columns),
        decision_tables.servers(evaluation, found.hybrid, columns),
    ):
        if lines:
            say("\n".join(lines))
            say()
    missing = list(decision_tables.unserved(found.problem, found.answer, evaluation.month_labels))
    if conflict is not None:
        missing += [said(one, _) for one in conflict_statements(conflict, found.plan)]
    missing += decision_tables.outages(evaluation, found.hybrid)
    if missing:
        say(_("Not served"), strong=True)
        for text in missing:
            say("\n".join(bullet("  -", text, columns)))
        say()
    lines = decision_tables.rules(evaluation, found.hybrid, columns)
    if lines:
        say("\n".join(lines))
        say()
    advice_lines.say_beside(advice, columns)
    mind = [one for one in advice.cautions if one.code not in TOLD_BEFORE]
    if mind:
        say()
        say(_("What to know"), strong=True)
        for one in mind:
            say("\n".join(bullet("  -", sentence(one, _), columns)))
    say()
    advice_lines.say_rules_of_thumb(advice, columns)
    say()
    if arguments.output is None:
        say(_("Nothing was saved; -o OUT writes the plan with this decision."))
    else:
        text = _("{path} written; next: reckoner evaluate {path}")
        say(text.format(path=arguments.output))
