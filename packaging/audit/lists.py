"""Holds a bundle against the list of what may be in it and the list of what never may.

    python -m audit.lists BUNDLE

A list is text: `== REASON` begins a group (its reason may go on in lines that start with two
spaces), then one rule a line, `module NAME` or `library PATH`. `module NAME.*` is a package with
everything in it; a library's path may hold `*`. Lines that start with # are remarks.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from audit.contents import Contents, read_contents

HERE = Path(__file__).resolve().parent
ALLOWED = HERE / "allow_list.txt"
DENIED = HERE / "deny_list.txt"
KINDS = ("module", "library")


class ListError(ValueError):
    """A line of a list that says nothing, or nothing new."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a list."""

    kind: str
    pattern: str
    reason: str

    def covers(self, name: str) -> bool:
        """Whether a module or library falls under this rule."""
        if self.kind == "module" and self.pattern.endswith(".*"):
            package = self.pattern[:-2]
            return name == package or name.startswith(f"{package}.")
        return fnmatchcase(name, self.pattern)


def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read a list.

    Raises:
        ListError: a rule without a reason, of another kind, or given twice.
    """
    rules: dict[tuple[str, str], Rule] = {}
    reason: list[str] = []
    ruled = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("== "):
            reason, ruled = [line[3:].strip()], False
        elif line.startswith("  ") and reason and not ruled:
            reason.append(line.strip())
        else:
            rule = _rule(number, line, " ".join(reason))
            if (rule.kind, rule.pattern) in rules:
                raise ListError(f"line {number}: {line} stands there twice")
            rules[rule.kind, rule.pattern] = rule
            ruled = True
    return tuple(rules.values())


def _rule(number: int, line: str, reason: str) -> Rule:
    words = line.split()
    if len(words) != 2 or words[0] not in KINDS:
        raise ListError(f"line {number}: {line!r} is neither 'module NAME' nor 'library PATH'")
    if not reason:
        raise ListError(f"line {number}: {line} has no reason above it")
    return Rule(words[0], words[1], reason)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a bundle; nothing if all is empty."""

    denied: tuple[tuple[str, Rule], ...]
    """What never may be in it, with the rule."""
    unknown: tuple[str, ...]
    """What no rule allows, with its kind before it."""
    idle: tuple[Rule, ...]
    """Rules of the allow-list that nothing needs any more."""

    def sentences(self) -> tuple[str, ...]:
        """One for each problem."""
        return (
            *(f"{name} must not be shipped: {rule.reason}" for name, rule in self.denied),
            *(f"{name} is not on the allow-list" for name in shortened(self.unknown)),
            *(f"{rule.kind} {rule.pattern} is allowed and not there" for rule in self.idle),
        )


def shortened(names: Iterable[str]) -> list[str]:
    """The names with each package named once, with how many of its modules there are.

    >>> shortened(["module a", "module b", "module b.c", "module b.d"])
    ['module a', 'module b and 2 more of it']
    """
    packages: dict[str, list[str]] = {}
    for name in names:
        package = name if name.startswith("library ") else name.partition(".")[0]
        packages.setdefault(package, []).append(name)
    return [
        found[0] if len(found) == 1 else f"{package} and {len(found) - 1} more of it"
        for package, found in packages.items()
    ]


def judge(contents: Contents, allowed: Iterable[Rule], denied: Iterable[Rule]) -> Verdict:
    """Hold every module and library of a bundle against both lists."""
    allowed, denied = tuple(allowed), tuple(denied)
    held = [("module", name) for name in sorted(contents.modules)]
    held += [("library", name) for name in sorted(contents.libraries)]
    sockets = Rule("module", "socket", "it is Python's own and no stand-in")
    found = [("socket", sockets)] if contents.python_sockets else []
    built_in = contents.built_in - contents.blocked
    found += [
        (name, rule)
        for kind, name in [*held, *(("module", name) for name in sorted(built_in))]
        for rule in denied
        if rule.kind == kind and rule.covers(name)
    ]
    used: set[Rule] = set()
    unknown: list[str] = []
    for kind, name in held:
        matching = [rule for rule in allowed if rule.kind == kind and rule.covers(name)]
        used.update(matching)
        if not matching:
            unknown.append(f"{kind} {name}")
    return Verdict(
        tuple(dict.fromkeys(found)),
        tuple(unknown),
        tuple(
            rule
            for rule in allowed
            if rule not in used and not any(rule.covers(name) for name in contents.built_in)
        ),
    )


def modules_only(verdict: Verdict) -> Verdict:
    """The verdict without unknown libraries and idle rules: the list names those of Linux."""
    unknown = tuple(name for name in verdict.unknown if name.startswith("module "))
    return Verdict(verdict.denied, unknown, ())


def verdict_on(contents: Contents) -> Verdict:
    """Hold a bundle against the two lists beside this module; off Linux, its modules only."""
    verdict = judge(
        contents,
        parse_rules(ALLOWED.read_text(encoding="utf-8")),
        parse_rules(DENIED.read_text(encoding="utf-8")),
    )
    return verdict if sys.platform.startswith("linux") else modules_only(verdict)


def main(arguments: list[str] | None = None) -> int:
    """Print what is wrong; returns 1 if anything is."""
    parser = argparse.ArgumentParser(description="Check what a bundle holds against the lists.")
    parser.add_argument("bundle", type=Path)
    given = parser.parse_args(arguments)
    contents = read_contents(given.bundle)
    problems = verdict_on(contents).sentences()
    for problem in problems:
        print(problem, file=sys.stderr)
    count = f"{len(contents.modules)} modules, {len(contents.libraries)} libraries"
    print(f"{given.bundle}: {count}, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
