"""`reckoner catalogue import` and `export`: catalogues as files, without any network."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pricing import today as clock
from pricing.cli.arguments import Commands, Parser, add_force, command
from pricing.cli.failure import Failure
from pricing.cli.keys import add_json
from pricing.cli.saving import refuse_missing_folder, refuse_to_replace
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.catalogue.importing import Offered

IMPORT_EXAMPLES = """\
  reckoner catalogue import prices.reckoncat --dry-run     what it would change
  reckoner catalogue import prices.reckoncat
  reckoner catalogue import prices.reckoncat --json | jq '.figures[] | select(.price)'"""
EXPORT_EXAMPLES = """\
  reckoner catalogue export prices.reckoncat               the one in use
  reckoner catalogue export prices.reckoncat --catalogue shipped"""
IMPORT_ABOUT = """\
Looks at the whole file before anything is kept: its manifest, the SHA-256 of every part, the number
of its form, every entry. A hash proves that a file is whole, not who made it: compare the SHA-256
of the manifest with the one you were given over another way. Plans written before keep the
catalogue they name; reckoner catalogue take PLAN changes that."""


def register(parts: "Commands[Parser]") -> None:
    """Add both commands."""
    taken = command(
        parts, "import", _("take in a catalogue file"), IMPORT_EXAMPLES, run_import,
        _(IMPORT_ABOUT),
    )  # fmt: skip
    taken.add_argument("file", metavar="FILE", type=Path, help=_("a catalogue file (.reckoncat)"))
    taken.add_argument(
        "--dry-run", action="store_true", help=_("only look, and say what it would change")
    )
    taken.add_argument(
        "--older", action="store_true",
        help=_("keep one older than the one in use, for plans that name it"),
    )  # fmt: skip
    taken.add_argument("--all", action="store_true", help=_("show every change"))
    add_json(taken, "catalogue_import_json.md")
    given = command(
        parts, "export", _("write a catalogue to a file"), EXPORT_EXAMPLES, run_export,
        _("The same catalogue gives the same bytes each time."),
    )  # fmt: skip
    given.add_argument("file", metavar="FILE", type=Path, help=_("the file to write (.reckoncat)"))
    add_which(given)
    add_force(given)


def add_which(parser: Parser) -> None:
    """Another catalogue than the one in use."""
    parser.add_argument(
        "--catalogue", metavar="ID",
        help=_("which one: how its id begins, its day, or shipped (default: the one in use)"),
    )  # fmt: skip


def run_import(arguments: argparse.Namespace) -> int:
    """Look into a file, say what it changes, keep it."""
    from pricing.catalogue.errors import CatalogueFileError
    from pricing.catalogue.importing import look_into, take_in

    path: Path = arguments.file
    try:
        offered = look_into(path, clock.today())
        refused = offered.standing == "older" and not arguments.older
        if not arguments.json:
            _print(offered, every=arguments.all)
        in_use = offered.standing == "in_use"
        if not arguments.dry_run:
            in_use = take_in(offered, older=arguments.older)
    except CatalogueFileError as error:
        hint = ""
        if str(error).startswith("it is of"):
            hint = _("; --older keeps it for plans that name it, and the one in use stays")
        raise Failure(
            _("{name} was not imported: {reason}{hint}.").format(
                name=path.name, reason=error, hint=hint
            )
        ) from None
    if arguments.json:
        imported = not arguments.dry_run
        content = _document(offered, imported=imported, in_use=in_use)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    say()
    say(_outcome(offered, dry=arguments.dry_run, refused=refused))
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write a catalogue to a file."""
    from pricing.catalogue import present_catalogue
    from pricing.catalogue.installed import find_installed
    from pricing.catalogue.packed import pack
    from pricing.cli.catalogue_tables import titled
    from pricing.plan.atomic import write_atomically

    path: Path = arguments.file
    refuse_to_replace(path, force=arguments.force)
    refuse_missing_folder(path)
    named = arguments.catalogue
    catalogue = present_catalogue() if named is None else find_installed(named)
    content = pack(catalogue)
    write_atomically(path, content)
    say(
        _("{path} written: catalogue of {title}, {size} bytes.").format(
            path=path, title=titled(catalogue), size=f"{len(content):,}"
        )
    )
    say(_("SHA-256 of its manifest: {id}").format(id=catalogue.id))
    return 0


def _print(offered: "Offered", *, every: bool) -> None:
    from pricing.cli import catalogue_tables as tables
    from pricing.cli.table import wrapped

    columns = width()
    say(_("Catalogue of {title}").format(title=tables.titled(offered.catalogue)), strong=True)
    say(_("SHA-256 of its manifest: {id}").format(id=offered.catalogue.id))
    compared = _("Compared with the catalogue in use, of {title}:").format(
        title=tables.titled(offered.present)
    )
    say("\n".join(wrapped(f"{compared} {tables.summary(offered.changes)}", columns)))
    for line in tables.change_lines(offered.changes, columns, every=every):
        say(line)


def _outcome(offered: "Offered", *, dry: bool, refused: bool) -> str:
    if offered.standing == "in_use":
        return _("It is the catalogue in use; nothing changes.")
    if dry and refused:
        return _("Nothing was imported; it is older, so importing it needs --older.")
    if dry:
        return _("Nothing was imported (--dry-run).")
    if offered.standing == "older":
        return _("Kept for plans that name it; the newer one stays in use.")
    return _(
        "Imported and in use for new plans. Plans written before keep theirs; "
        "reckoner catalogue take PLAN changes that."
    )


def _document(offered: "Offered", *, imported: bool, in_use: bool) -> dict[str, Any]:
    from pricing.cli.catalogue_tables import changes_document

    return {
        "schema": 1,
        "file": str(offered.path),
        "catalogue": offered.catalogue.id,
        "catalogue_date": offered.catalogue.data_date.isoformat(),
        "compared_with": offered.present.id,
        "compared_with_date": offered.present.data_date.isoformat(),
        "standing": offered.standing,
        "installed_before": offered.installed,
        "imported": imported,
        "in_use": in_use,
        **changes_document(offered.changes),
    }
