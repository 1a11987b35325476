"""The entry point of `reckoner`: arguments in, exit code out, never a traceback."""

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Sequence

from pricing.cli.arguments import Parser
from pricing.cli.commands import (
    ask,
    cases,
    catalogue,
    compare,
    evaluate,
    explain,
    export,
    frontier,
    new,
    optimise,
    routing,
    schema,
    serving,
    workload,
)
from pricing.cli.failure import sentence_of, unwritten
from pricing.cli.terminal import complain, prepare
from pricing.cli.texts import _
from pricing.version import VERSION

FAILED, STOPPED, NO_READER = 1, 130, 141
"""Exit codes; the last two as a shell reports the signals INT (2) and PIPE (13): 128 more."""
DEBUG = "RECKONER_DEBUG"
"""Environment variable that shows the traceback of a fault."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; none means the arguments of the process. Returns the exit code."""
    prepare()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_output()
        return NO_READER
    except KeyboardInterrupt:
        complain(_("Stopped."))
        return STOPPED
    except OSError as error:
        _leave_output()
        complain(f"reckoner: {unwritten(error, error.filename)}")
        return FAILED
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        chosen = parser().parse_args(arguments)
        code: int = chosen.run(chosen)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        raise
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            sentence = _fault(error)
        sys.stdout.flush()
        complain(f"reckoner: {sentence}")
        return FAILED
    return code


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="reckoner",
        description=_(
            "The full bill of every way to serve a large language model, month by month."
        ),
        epilog=_(
            "examples:\n"
            "  reckoner new                            a plan to start from: plan.reckon\n"
            "  reckoner evaluate plan.reckon           its bill\n"
            "  reckoner export plan.reckon bill.xlsx   the same as a workbook of live formulas\n\n"
            "Each command has help of its own: reckoner evaluate --help"
        ),
    )
    top.add_argument("--version", action=_Version, help=_("print the version and leave"))
    commands = top.add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True, parser_class=Parser
    )
    for module in (
        new, evaluate, compare, explain, routing, optimise, frontier, ask, export, workload,
        serving, catalogue, cases, schema,
    ):  # fmt: skip
        module.register(commands)
    return top


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        print(f"reckoner {VERSION}")
        parser.exit()


def _fault(error: Exception) -> str:
    """What is said about a mistake of the program itself."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    return _(
        "This is a fault of Reckoner ({kind}: {text}). Please report it; "
        "with {variable}=1 in the environment the same command shows where it happened."
    ).format(kind=type(error).__name__, text=error, variable=DEBUG)


def _leave_output() -> None:
    """Give up standard output, so that nothing is flushed into it when the process ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
