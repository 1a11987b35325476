"""Writes reckoner(1) from the parsers of the command line, so that it never lags behind them."""

import argparse
from collections.abc import Iterator

FRAME = r""".TH RECKONER 1 "{date}" "Reckoner {version}" "User Commands"
.SH NAME
reckoner \- {about}
.SH SYNOPSIS
.B reckoner
.I COMMAND
.RI [ argument \&.\|.\|.]
.SH DESCRIPTION
{description}
It reads plan files
.RI ( .reckon ),
the same as the window
.BR reckoner\-desktop (1),
and asks no network for anything.
.SH OPTIONS
{options}
.SH COMMANDS
{commands}
.SH EXIT STATUS
0 when done, 1 when something was wrong with a plan, a file or the question, 2 when the command was
written wrongly, 130 when stopped from the keyboard, 141 when nobody read the output.
.SH ENVIRONMENT
.TP
.B RECKONER_DEBUG
Set to 1, a fault of the program shows where it happened.
.TP
.B SOURCE_DATE_EPOCH
The day, in seconds since 1970, from which the age of prices is counted instead of today.
.SH EXAMPLES
{examples}
.SH SEE ALSO
.BR reckoner\-desktop (1)
"""


def manual(parser: argparse.ArgumentParser, version: str, date: str) -> str:
    """The page in roff; `parser` is that of the whole command line."""
    about = str(parser.description).rstrip(".")
    return FRAME.format(
        date=date,
        version=plain(version),
        about=plain(about[0].lower() + about[1:]),
        description=plain(str(parser.description)),
        options="\n".join(_options(parser)),
        commands="\n".join(_commands(parser)),
        examples=_examples(parser),
    )


def plain(text: str) -> str:
    """Text that roff prints as it is."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return "\n".join(rf"\&{line}" if line[:1] in ".'" else line for line in escaped.split("\n"))


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a parser by name; none if it has none."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    for command in subcommands(parser).values():
        below = subcommands(command)
        if below:
            yield from _commands(command)
            continue
        usage = " ".join(command.format_usage().split()).removeprefix("usage: ")
        yield f".SS {plain(command.prog)}"
        yield plain(usage)
        for paragraph in str(command.description).split("\n\n"):
            yield f".PP\n{plain(paragraph)}"
        yield from _options(command)
        if command.epilog:
            yield _examples(command)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.help in (None, argparse.SUPPRESS) or isinstance(action, argparse._HelpAction):
            continue
        if isinstance(action, argparse._SubParsersAction):
            continue
        yield f".TP\n.B {plain(_heading(action))}\n{plain(_help(parser, action))}"


def _heading(action: argparse.Action) -> str:
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    shown = " ".join(value) if isinstance(value, tuple) else str(value)
    if action.choices is not None and action.metavar is None:
        shown = "|".join(map(str, action.choices))
    if not action.option_strings:
        return shown
    return ", ".join(action.option_strings) + (f" {shown}" if action.nargs != 0 else "")


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return str(action.help) % {**vars(action), "prog": parser.prog}


def _examples(parser: argparse.ArgumentParser) -> str:
    lines = str(parser.epilog).split("\n")
    kept = [line.removeprefix("  ") for line in lines if line.strip() not in ("", "examples:")]
    return ".PP\n.nf\n" + plain("\n".join(kept)) + "\n.fi"
