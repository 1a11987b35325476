"""The arguments of the command line: how help looks, and what several commands share."""

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from pricing.cli.texts import _

Commands = argparse._SubParsersAction  # the type argparse gives no public name
Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """A parser that keeps line breaks of help texts and says how to get help."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("formatter_class", _Help)
        settings.setdefault("allow_abbrev", False)
        super().__init__(**settings)

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.print_usage(sys.stderr)
        text = _("{program}: {problem}; see {program} --help\n")
        self.exit(2, text.format(program=self.prog, problem=message))


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)


def command(
    commands: "Commands[Parser]", name: str, what: str, examples: str, run: Run, about: str = ""
) -> Parser:
    """Add a command; `what` is its line in the list of commands."""
    parser: Parser = commands.add_parser(
        name,
        help=what,
        description=f"{what[:1].upper()}{what[1:]}." + (f"\n\n{about}" if about else ""),
        epilog=_("examples:\n{examples}").format(examples=examples),
    )
    parser.set_defaults(run=run)
    return parser


def number(example: str) -> Callable[[str], float]:
    """A type of argument: a number, of which `example` is one."""

    def read(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            said = _("{text!r} is not a number; write one such as {example}")
            raise argparse.ArgumentTypeError(said.format(text=text, example=example)) from None

    return read


def whole(example: str) -> Callable[[str], int]:
    """A type of argument: a whole number, of which `example` is one."""

    def read(text: str) -> int:
        try:
            return int(text)
        except ValueError:
            said = _("{text!r} is not a whole number; write one such as {example}")
            raise argparse.ArgumentTypeError(said.format(text=text, example=example)) from None

    return read


def add_plan(parser: Parser) -> None:
    """The plan file as first argument."""
    parser.add_argument("plan", metavar="PLAN", help=_("a plan file (.reckon)"))


def add_force(parser: Parser) -> None:
    """The permission to replace a file."""
    parser.add_argument("--force", action="store_true", help=_("replace a file that exists"))
