"""Judges licences: whether what is under them may be part of a program under the Apache licence.

An SPDX expression is read as it is written: of a choice (OR) one acceptable licence is enough, of
several at once (AND) each must be acceptable. Licences that ask for the source of the whole program
are refused unless an exception lifts that for what is merely linked with it (WITH); those that ask
that a part can be replaced need a part that can.
"""

import re
from dataclasses import dataclass
from typing import Final

FREE: Final = frozenset(
    {
        *("0BSD", "Apache-2.0", "Bitstream-Vera", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0"),
        *(
            "BSD-3-Clause-Open-MPI",
            "CC-BY-4.0",
            "CC0-1.0",
            "FTL",
            "HPND",
            "ICU",
            "IJG",
            "ISC",
            "libtiff",
        ),
        *("MIT", "MIT-CMU", "MIT-Modern-Variant", "MIT-open-group", "OFL-1.1", "PSF-2.0"),
        *("Python-2.0", "Qhull", "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "X11", "Zlib"),
    }
)
"""They ask for their notice and no more."""
REPLACEABLE: Final = frozenset({"LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only"})
"""They ask too that the user can put another version in its place."""
SYSTEM: Final = frozenset({"LicenseRef-Microsoft-runtime"})
"""Of the system's maker, who permits to hand it out with programs."""
EXCEPTIONS: Final = frozenset(
    {
        ("GPL-3.0-or-later", "GCC-exception-3.1"),
        ("GPL-2.0-or-later", "Bootloader-exception"),
        ("Apache-2.0", "LLVM-exception"),
    }
)
"""Licence and exception that lets a program of any licence be combined with it."""
_TOKEN: Final = re.compile(r"\s*([()]|[A-Za-z0-9.+-]+)")


class ExpressionError(ValueError):
    """Not an SPDX expression."""


@dataclass(frozen=True, slots=True)
class _Reader:
    tokens: list[str]
    replaceable: bool

    def alternatives(self) -> bool:
        accepted = self.together()
        while self.next_is("OR"):
            accepted = self.together() or accepted
        return accepted

    def together(self) -> bool:
        accepted = self.one()
        while self.next_is("AND"):
            accepted = self.one() and accepted
        return accepted

    def one(self) -> bool:
        if self.next_is("("):
            accepted = self.alternatives()
            if not self.next_is(")"):
                raise ExpressionError("a bracket is not closed")
            return accepted
        if not self.tokens or self.tokens[0] in {")", "AND", "OR", "WITH"}:
            raise ExpressionError("a licence is missing")
        name = self.tokens.pop(0)
        if self.next_is("WITH"):
            if not self.tokens:
                raise ExpressionError("an exception is missing")
            return (name, self.tokens.pop(0)) in EXCEPTIONS
        return name in FREE | SYSTEM or (self.replaceable and name in REPLACEABLE)

    def next_is(self, token: str) -> bool:
        if self.tokens and self.tokens[0] == token:
            self.tokens.pop(0)
            return True
        return False


def acceptable(expression: str, replaceable: bool = False) -> bool:
    """Whether something under this licence may be in the bundle.

    Args:
        expression: SPDX expression.
        replaceable: whether it is a file of its own that the user can put another one in place of.

    Raises:
        ExpressionError: that is no SPDX expression.
    """
    tokens = _TOKEN.findall(expression)
    if "".join(tokens) != re.sub(r"\s+", "", expression):
        raise ExpressionError(f"{expression!r} is no SPDX expression")
    reader = _Reader(tokens, replaceable)
    accepted = reader.alternatives()
    if reader.tokens:
        raise ExpressionError(f"{expression!r} goes on where it should end")
    return accepted
