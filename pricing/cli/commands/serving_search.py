"""`reckoner serving search`: every server on offer that meets a service level, by its cost."""

import argparse
import json

from pricing.cli.arguments import Commands, Parser, command, whole
from pricing.cli.failure import Failure
from pricing.cli.serving_load import add_search, asked
from pricing.cli.serving_names import meant
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

EXAMPLES = """\
  reckoner serving search llama-3.1-70b --rate 5 --ttft 2 --tpot 50
  reckoner serving search deepseek-r1 --input 4000 --output 800 --rate 2 --tpot 60 --why
  reckoner serving search qwen3-32b --rate 1 --precision fp8 --terms reserved_1y --spares 1
  reckoner catalogue show llama            models, by words"""

ABOUT = """\
Looks at every accelerator of the catalogue with every server, appliance and rental that has it, in
all precisions and layouts that make sense, and ranks by cost per month what meets the targets:
rented by price per hour, owned by price over the useful life and energy. --why tells why the others
fall out. Lengths vary as much as in published logs unless --variation says otherwise."""


def register(parts: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        parts, "search", _("rank the servers that meet a service level"), EXAMPLES, run, _(ABOUT)
    )
    parser.add_argument("model", metavar="MODEL", help=_("an open model: id, name or hub name"))
    add_search(parser)
    parser.add_argument(
        "--each-precision", action="store_true", help=_("rank every precision by itself")
    )
    parser.add_argument(
        "--top", metavar="N", type=whole("10"), default=10, help=_("rows to print (default 10)")
    )
    parser.add_argument("--why", action="store_true", help=_("tell why the others fall out"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Search and print the ranking; exit code 1 where nothing meets the targets."""
    from pricing.catalogue import present_catalogue
    from pricing.cli import ranking_tables
    from pricing.serving.errors import ServingError
    from pricing.serving.measured.names import Names
    from pricing.serving.search.ranking import search

    if arguments.top < 1:
        raise Failure(_("--top {n}: write 1 or more.").format(n=arguments.top))
    catalogue = present_catalogue()
    names = Names.of(catalogue)
    model = names.models[meant(arguments.model, names, "model")]
    wanted = asked(arguments, catalogue)
    try:
        found = search(
            model,
            wanted.loads,
            software=wanted.software,
            market=wanted.market,
            basis=wanted.basis,
            spares=wanted.spares,
            each_precision=arguments.each_precision,
            catalogue=catalogue,
        )
    except ServingError as error:
        raise Failure(str(error)) from None
    if arguments.json:
        content = ranking_tables.document(found)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        columns = width()
        say(ranking_tables.title(found), strong=True)
        say("\n".join(ranking_tables.lines(found, columns, arguments.top, why=arguments.why)))
    return 0 if found.rows else 1
