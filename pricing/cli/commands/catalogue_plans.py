"""`reckoner catalogue list`, `use` and `take`: which catalogue new plans and a plan go by."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.catalogue import Catalogue
    from pricing.evaluation import Evaluation
    from pricing.plan.plan import Plan

USE_EXAMPLES = """\
  reckoner catalogue use 2026-12-20
  reckoner catalogue use shipped"""
TAKE_EXAMPLES = """\
  reckoner catalogue take plan.reckon --dry-run            what would change in its bill
  reckoner catalogue take plan.reckon                      the one in use
  reckoner catalogue take plan.reckon --catalogue shipped -o other.reckon"""


def register(parts: "Commands[Parser]") -> None:
    """Add the commands."""
    command(
        parts, "list", _("list the catalogues installed here"),
        "  reckoner catalogue list", run_list,
    )  # fmt: skip
    used = command(
        parts, "use", _("choose the catalogue of new plans"), USE_EXAMPLES, run_use,
        _("Plans written before keep the catalogue they name."),
    )  # fmt: skip
    used.add_argument("id", metavar="ID", help=_("how its id begins, its day, or shipped"))
    take = command(
        parts, "take", _("let a plan go by another catalogue"), TAKE_EXAMPLES, run_take,
        _(
            "Prints the prices and figures of its bill that change and what its options then cost. "
            "Figures that the plan states itself stay."
        ),
    )  # fmt: skip
    take.add_argument("plan", metavar="PLAN", type=Path, help=_("a plan file (.reckon)"))
    take.add_argument(
        "--catalogue", metavar="ID",
        help=_("which one: how its id begins, its day, or shipped (default: the one in use)"),
    )  # fmt: skip
    take.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=_("write there instead of into PLAN")
    )
    take.add_argument("--dry-run", action="store_true", help=_("only say what would change"))


def run_list(arguments: argparse.Namespace) -> int:
    """Print the catalogues installed, the newest first."""
    from pricing.catalogue import load_catalogue, present_catalogue
    from pricing.catalogue.installed import damaged, installed, store
    from pricing.cli.table import table, wrapped

    shipped, present = load_catalogue().id, present_catalogue().id
    rows = [
        [
            one.data_date.isoformat(), one.id[:12],
            _origin(one, shipped),
            f"{sum(len(shelf.identifiers()) for shelf in one.shelves):,}",
            _("yes") if one.id == present else "",
        ]
        for one in installed()
    ]  # fmt: skip
    headings = [_("Day"), _("Id"), _("Where from"), _("Entries"), _("In use")]
    say("\n".join(table(headings, rows, width(), labels=3)))
    for path in damaged():
        text = _("{path} is damaged and not used; import that catalogue again.").format(path=path)
        say("\n".join(wrapped(text, width())))
    say(_("Imported ones are kept in {folder}").format(folder=store()))
    return 0


def _origin(one: "Catalogue", shipped: str) -> str:
    from pricing.catalogue.installed import stored_as

    if one.id == shipped:
        return _("came with Reckoner")
    return _("imported") if stored_as(one.id).is_file() else _("came with an earlier version")


def run_use(arguments: argparse.Namespace) -> int:
    """Put an installed catalogue in use."""
    from pricing.catalogue.installed import find_installed, use
    from pricing.cli.catalogue_tables import titled

    catalogue = find_installed(arguments.id)
    use(catalogue)
    say(_("New plans use the catalogue of {title}.").format(title=titled(catalogue)))
    return 0


def run_take(arguments: argparse.Namespace) -> int:
    """Write a plan with another catalogue, and print what that changes."""
    from pricing.catalogue import catalogue_for, load_catalogue, present_catalogue
    from pricing.catalogue.installed import find_installed
    from pricing.cli.catalogue_tables import titled
    from pricing.evaluate import evaluate
    from pricing.plan.file import load_plan, save_plan
    from pricing.plan.written_with import written_with

    plan = load_plan(arguments.plan)
    before = catalogue_for(plan)
    named = arguments.catalogue
    after = present_catalogue() if named is None else find_installed(named)
    same = before.id == after.id
    changed = written_with(plan, after.reference, same_facts=same)
    if same:
        say(_("The plan goes by the catalogue of {title} already.").format(title=titled(after)))
        if plan.catalogue == after.reference and arguments.output is None:
            return 0
    else:
        _print(before, after, evaluate(plan), evaluate(changed))
    if arguments.dry_run:
        say(_("The plan was not changed (--dry-run)."))
        return 0
    path: Path = arguments.output or arguments.plan
    save_plan(changed, path)
    say(_("{path} written.").format(path=path))
    if not same and arguments.output is None:
        back = plan.catalogue.id if plan.catalogue is not None else load_catalogue().id
        say(
            _("To go back: reckoner catalogue take {path} --catalogue {id}").format(
                path=path, id=back[:12]
            )
        )
    return 0


def _print(before: "Catalogue", after: "Catalogue", old: "Evaluation", new: "Evaluation") -> None:
    from pricing.cli.catalogue_tables import input_lines, titled
    from pricing.cli.numbers import amount
    from pricing.cli.table import table, wrapped
    from pricing.newer_catalogue import changed_inputs

    columns = width()
    say(
        _("From the catalogue of {old} to that of {new}").format(
            old=titled(before), new=titled(after)
        ),
        strong=True,
    )
    changes = changed_inputs(old.ledger, new.ledger)
    if not changes:
        say(_("None of the prices and figures that the plan uses changes."))
        return
    say("\n".join(input_lines(changes, columns)))
    say()
    currency = new.plan.currency
    headings = [
        _("Option"), _("Total cost before, {c}").format(c=currency),
        _("Total cost after, {c}").format(c=currency), _("Difference, {c}").format(c=currency),
    ]  # fmt: skip
    rows = [
        [one.name, amount(one.tco.value), amount(other.tco.value),
         amount(other.tco.value - one.tco.value)]
        for one, other in zip(old.bills, new.bills, strict=True)
    ]  # fmt: skip
    say("\n".join(table(headings, rows, columns)))
    if _decided(new.plan):
        text = _(
            "Decisions on hybrids were made with the old figures; optimise again to see what is "
            "best now."
        )
        say("\n".join(wrapped(text, columns)))


def _decided(plan: "Plan") -> bool:
    from pricing.plan.hybrid import Hybrid

    return any(isinstance(o, Hybrid) and o.decision is not None for o in plan.options)
