"""`reckoner catalogue`: the prices and figures that stand in for what plans do not state."""

import argparse
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from pricing import today as clock
from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.commands import catalogue_files, catalogue_plans
from pricing.cli.failure import Failure
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.catalogue import Catalogue

EXAMPLES = """\
  reckoner catalogue show                        what there is
  reckoner catalogue show deepseek chat          entries with both words
  reckoner catalogue show openai/gpt-5-mini      one entry with its sources
  reckoner catalogue check                       what is old, missing or damaged
  reckoner catalogue import prices.reckoncat     take in newer prices from a file
  reckoner catalogue take plan.reckon            let a plan go by them"""
SHOW_EXAMPLES = "\n".join(EXAMPLES.splitlines()[:3])
CHECK_EXAMPLES = """\
  reckoner catalogue check
  reckoner catalogue check --all                 notes as well"""


def register(commands: "Commands[Parser]") -> None:
    """Add the command and its two parts."""
    parser = command(
        commands, "catalogue", _("look into the catalogue of prices"), EXAMPLES, run_show
    )
    parts = parser.add_subparsers(
        title=_("commands"), metavar="show|check|list|import|export|use|take", required=True,
        parser_class=Parser,
    )  # fmt: skip
    show = command(parts, "show", _("show an entry, or search"), SHOW_EXAMPLES, run_show)
    show.add_argument("words", metavar="ID|WORD", nargs="*", help=_("an id, or words to search"))
    catalogue_files.add_which(show)
    check = command(
        parts, "check", _("look for what is old, missing or damaged"), CHECK_EXAMPLES, run_check,
        _("Leaves with exit code 1 if there are errors; what is merely old is a warning."),
    )  # fmt: skip
    check.add_argument("--all", action="store_true", help=_("print notes too"))
    catalogue_files.add_which(check)
    catalogue_plans.register(parts)
    catalogue_files.register(parts)


def run_show(arguments: argparse.Namespace) -> int:
    """Print an entry, the entries found, or the kinds of entries."""
    from pricing.catalogue import CatalogueError, describe

    catalogue = _which(arguments)
    text = " ".join(arguments.words)
    if not text.strip():
        _contents(catalogue)
        return 0
    try:
        entry = catalogue.find(text)
    except CatalogueError as error:
        if not _found(catalogue, text):
            raise Failure(str(error)) from None
        return 0
    say(describe(entry, _today()))
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Print every problem of the catalogue."""
    from pricing.catalogue import check_catalogue
    from pricing.cli.overview import bullet

    problems = check_catalogue(_which(arguments), _today())
    counts = Counter(problem.severity for problem in problems)
    for problem in problems:
        if problem.severity == "note" and not arguments.all:
            continue
        for line in bullet(f"{problem.severity.upper():8}", problem.sentence, width()):
            say(line)
    hint = "" if arguments.all or not counts["note"] else _(" (--all prints the notes)")
    say(
        _("{errors} errors, {warnings} warnings, {notes} notes{hint}.").format(
            errors=counts["error"], warnings=counts["warning"], notes=counts["note"], hint=hint
        )
    )
    return 1 if counts["error"] else 0


def _which(arguments: argparse.Namespace) -> "Catalogue":
    """The catalogue asked for, else the one in use."""
    from pricing.catalogue import present_catalogue
    from pricing.catalogue.installed import find_installed

    named = arguments.catalogue
    return present_catalogue() if named is None else find_installed(named)


def _contents(catalogue: "Catalogue") -> None:
    from pricing.cli.catalogue_tables import titled
    from pricing.cli.table import table

    rows = [[shelf.kind, f"{len(shelf.identifiers()):,}"] for shelf in catalogue.shelves]
    say(_("Catalogue of {title}").format(title=titled(catalogue)), strong=True)
    say(_("SHA-256 of its manifest: {id}").format(id=catalogue.id))
    say("\n".join(table([_("Kind"), _("Entries")], rows, width())))
    say(_("reckoner catalogue show WORD searches; reckoner catalogue show ID shows an entry."))


def _found(catalogue: "Catalogue", text: str) -> bool:
    """Print the entries with all words of a text; says whether there are any."""
    from pricing.cli.table import padded, width_of

    found = catalogue.search(text)
    if not found:
        return False
    longest = min(44, max(width_of(line.id) for _kind, line in found))
    kinds = dict.fromkeys(kind for kind, _line in found)
    for kind in kinds:
        say(kind, strong=True)
        for of_kind, line in found:
            if of_kind == kind:
                where = ", ".join(part for part in (line.provider, line.region) if part)
                place = f" ({where})" if where else ""
                identifier = padded(line.id, max(longest, width_of(line.id)))
                say(f"  {identifier}  {line.name}{place}")
    say(_("{count} entries; reckoner catalogue show ID shows one.").format(count=len(found)))
    return True


def _today() -> date:
    return clock.today()
