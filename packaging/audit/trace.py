"""Says which sockets a traced run opened and which programs it started, from what strace wrote.

    strace -f -e trace=network,io_uring_setup,execve -o TRACE PROGRAM
    python -m audit.trace TRACE... [--bus PATH]

A run may make pairs of sockets with itself and connect to the local socket of the display, and of
the session's message bus where its path is given. Everything else is a problem: another family of
address, another local socket, waiting for connections, and io_uring, which strace cannot look into.
Of other programs it may start `fc-list`, which lists the fonts of the system for the charts.
A trace that does not show its processes end is no evidence and a problem too.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DISPLAY: Final = re.compile(r"@?/tmp/\.X11-unix/X\d+")
"""Local sockets of X servers: a file, or on Linux a name without one."""
_CALL = re.compile(r"^(?:\[pid +)?\d+\]? +(?P<name>[a-z0-9_]+)\((?P<rest>.*)$")
_END = re.compile(
    r"^(?:\[pid +)?\d+\]? +\+\+\+ (?:exited with (?P<code>\d+)|killed by (?P<signal>\w+))"
)
_QUIET = re.compile(r"^(?:\[pid +)?\d+\]? +(?:<\.\.\. [a-z0-9_]+ resumed>|--- .* ---$)")
_FAMILY = re.compile(r"\b(AF_[A-Z0-9_]+)")
_ADDRESS = re.compile(r"sa_family=(?P<family>AF_[A-Z0-9_]+)(?:, sun_path=(?P<path>@?\"[^\"]*\"))?")
_OPENING = {"socket", "socketpair"}
_REACHING = {"connect", "sendto", "sendmsg", "sendmmsg"}
_WAITING = {"bind", "listen", "accept", "accept4"}
_USING = {
    *("recvfrom", "recvmsg", "recvmmsg", "shutdown", "getsockname", "getpeername"),
    *(
        "setsockopt",
        "getsockopt",
        "sendfile",
    ),  # sendfile copies files; its sockets are judged above
}
_UNSEEN = {"io_uring_setup"}
_PROGRAMS: Final = frozenset({"reckoner", "reckoner-desktop", "fc-list"})
_PROGRAM = re.compile(r"\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Traced:
    """What a trace shows."""

    opened: Counter[str]
    """Sockets by family and peers by address, with how often; `pair` is one with itself."""
    problems: tuple[str, ...]
    """What a program that stays offline does not do, each once, in the words of the trace."""
    ended: int
    """Processes and threads seen to end."""


def read_trace(
    lines: Iterable[str], bus: str | None = None, programs: frozenset[str] = _PROGRAMS
) -> Traced:
    """Judge a trace.

    Args:
        lines: what strace wrote with -f.
        bus: path of the session's message bus, if connecting to it is allowed.
        programs: names of the programs that may be started.
    """
    opened: Counter[str] = Counter()
    problems: dict[str, None] = {}
    ended = 0
    for line in lines:
        text = line.rstrip("\n")
        if end := _END.match(text):
            ended += 1
            if end["signal"]:
                problems[f"a process was killed by {end['signal']}"] = None
        elif call := _CALL.match(text):
            judged = (
                [_started(call["rest"], programs)]
                if call["name"] == "execve"
                else _judged(call["name"], call["rest"], bus)
            )
            for seen, allowed in judged:
                opened[seen] += 1
                if not allowed:
                    problems[f"{seen}: {text.split(maxsplit=1)[1]}"] = None
        elif text.strip() and not _QUIET.match(text):
            problems[f"not understood: {text}"] = None
    if not ended:
        problems["no process is seen to end: the trace is cut off or empty"] = None
    return Traced(opened, tuple(problems), ended)


def _started(rest: str, programs: frozenset[str]) -> tuple[str, bool]:
    """The program that a call starts, or looks for in one more folder, and whether it may."""
    path = _PROGRAM.match(rest)
    name = path[1].rpartition("/")[2] if path else "unknown"
    return f"program {name}", name in programs


def _judged(name: str, rest: str, bus: str | None) -> list[tuple[str, bool]]:
    """What a call opens or reaches, and whether it may."""
    if name in _OPENING:
        family = _FAMILY.search(rest)
        kind = family[1] if family else "unknown family"
        pair = " pair" if name == "socketpair" else ""
        return [(f"{kind}{pair}", kind == "AF_UNIX")]
    if name in _REACHING:
        return [_peer(found, bus) for found in _ADDRESS.finditer(rest)] or (
            [("connection to an unknown address", False)] if name == "connect" else []
        )
    if name in _WAITING:
        return [(f"waiting for connections ({name})", False)]
    if name in _UNSEEN:
        return [("io_uring", False)]
    return [] if name in _USING else [(f"unknown call {name}", False)]


def _peer(address: re.Match[str], bus: str | None) -> tuple[str, bool]:
    path = (address["path"] or "").replace('"', "")
    if address["family"] != "AF_UNIX":
        return f"peer {address['family']}", False
    return f"peer {path}", bool(DISPLAY.fullmatch(path)) or (bus is not None and path == bus)


def main(arguments: list[str] | None = None) -> int:
    """Print what traces show; returns 1 if any shows a problem."""
    parser = argparse.ArgumentParser(description="Say which sockets traced runs opened.")
    parser.add_argument("traces", nargs="+", type=Path, metavar="TRACE")
    parser.add_argument("--bus", metavar="PATH", help="path of the session bus that may be used")
    parser.add_argument(
        "--program", action="append", default=[], metavar="NAME", help="may be started too"
    )
    given = parser.parse_args(arguments)
    bad = False
    for path in given.traces:
        with path.open(encoding="utf-8", errors="replace") as lines:
            traced = read_trace(lines, given.bus, _PROGRAMS | set(given.program))
        bad = bad or bool(traced.problems)
        counts = ", ".join(f"{count} x {what}" for what, count in sorted(traced.opened.items()))
        print(f"{path.name}: {counts or 'no socket at all'}; {traced.ended} ended")
        for problem in traced.problems:
            print(f"  PROBLEM {problem}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
