"""`--keys`: the description of a command's JSON, printed by the command itself."""

import argparse
from collections.abc import Sequence

from pricing.cli.arguments import Parser
from pricing.cli.texts import _


def add_json(parser: Parser, description: str) -> None:
    """`--json`, and `--keys` that prints its description.

    Args:
        parser: Of the command.
        description: Name of the file in resources/help.
    """
    parser.add_argument("--json", action="store_true", help=_("print JSON with documented keys"))
    add_keys(parser, description)


def add_keys(parser: Parser, description: str) -> None:
    """`--keys` alone, where `--json` stands in a group of its own."""

    class Keys(argparse.Action):
        def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
            super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

        def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
            from pricing.resources import resource

            print(resource("help", description).read_text(encoding="utf-8").strip())
            parser.exit()

    parser.add_argument("--keys", action=Keys, help=_("explain the keys of --json and leave"))
