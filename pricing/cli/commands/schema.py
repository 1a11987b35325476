"""`reckoner schema`: the JSON Schema of a plan file."""

import argparse
import json
from pathlib import Path

from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.failure import Failure, unwritten
from pricing.cli.terminal import say
from pricing.cli.texts import _

EXAMPLES = """\
  reckoner schema -o plan.schema.json       for the settings of an editor
  reckoner schema | jq '.["$defs"] | keys'"""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands,
        "schema",
        _("print the JSON Schema of a plan, to write one by hand"),
        EXAMPLES,
        run,
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=_("write it to a file"))


def run(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    from pricing.plan.schema import plan_schema

    text = json.dumps(plan_schema(), ensure_ascii=False, indent=2)
    path: Path | None = arguments.output
    if path is None:
        print(text)
        return 0
    from pricing.plan.atomic import write_atomically

    try:
        write_atomically(path, f"{text}\n".encode())
    except (OSError, ValueError) as error:
        system = error if isinstance(error, OSError) else OSError(str(error))
        raise Failure(
            _("The schema cannot be written. {reason} Choose another place.").format(
                reason=unwritten(system, path)
            )
        ) from None
    say(_("{path} written.").format(path=path))
    return 0
