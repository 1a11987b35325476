"""`reckoner catalogue`: the prices and figures that come with Reckoner."""

import argparse
from collections import Counter
from datetime import date

from pricing import today as clock
from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.failure import Failure
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

EXAMPLES = """\
  reckoner catalogue show                        what there is
  reckoner catalogue show deepseek chat          entries with both words
  reckoner catalogue show openai/gpt-5-mini      one entry with its sources
  reckoner catalogue check                       what is old, missing or damaged"""
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
        title=_("commands"), metavar="show|check", required=True, parser_class=Parser
    )
    show = command(parts, "show", _("show an entry, or search"), SHOW_EXAMPLES, run_show)
    show.add_argument("words", metavar="ID|WORD", nargs="*", help=_("an id, or words to search"))
    check = command(
        parts, "check", _("look for what is old, missing or damaged"), CHECK_EXAMPLES, run_check,
        _("Leaves with exit code 1 if there are errors; what is merely old is a warning."),
    )  # fmt: skip
    check.add_argument("--all", action="store_true", help=_("print notes too"))


def run_show(arguments: argparse.Namespace) -> int:
    """Print an entry, the entries found, or the kinds of entries."""
    from pricing.catalogue import CatalogueError, describe, present_catalogue

    catalogue = present_catalogue()
    text = " ".join(arguments.words)
    if not text.strip():
        _contents()
        return 0
    try:
        entry = catalogue.find(text)
    except CatalogueError as error:
        if not _found(text):
            raise Failure(str(error)) from None
        return 0
    say(describe(entry, _today()))
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Print every problem of the catalogue."""
    from pricing.catalogue import check_catalogue, present_catalogue
    from pricing.cli.overview import bullet

    problems = check_catalogue(present_catalogue(), _today())
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


def _contents() -> None:
    from pricing.catalogue import present_catalogue
    from pricing.cli.table import table

    catalogue = present_catalogue()
    rows = [[shelf.kind, f"{len(shelf.identifiers()):,}"] for shelf in catalogue.shelves]
    day = catalogue.data_date.isoformat()
    say(_("Catalogue of {day}").format(day=day), strong=True)
    say("\n".join(table([_("Kind"), _("Entries")], rows, width())))
    say(_("reckoner catalogue show WORD searches; reckoner catalogue show ID shows an entry."))


def _found(text: str) -> bool:
    """Print the entries with all words of a text; says whether there are any."""
    from pricing.catalogue import present_catalogue
    from pricing.cli.table import padded, width_of

    found = present_catalogue().search(text)
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
