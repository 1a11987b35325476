"""Stands in for Python's `socket` in the bundle, where nothing may open one.

matplotlib imports `socket` for a way to be interrupted from a terminal, which the window does not
use; `email.utils` for the name of the machine. With this in its place the bundle holds no module
that can open a network.
"""

from typing import NoReturn

__all__ = ["error", "socket", "socketpair"]

error = OSError


class socket:  # the name it stands in for
    """Refuses to be made."""

    def __init__(self, *_: object, **__: object) -> None:
        _refuse()


def socketpair(*_: object, **__: object) -> NoReturn:
    """Refuse."""
    _refuse()


def _refuse() -> NoReturn:
    raise OSError("this copy of Reckoner holds nothing that opens a network")
