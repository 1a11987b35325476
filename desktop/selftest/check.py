"""One check: its name, what it does, and how it says that something does not hold."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication


class CheckError(Exception):
    """What does not hold, in one sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where checks work."""

    folder: Path
    """Empty at first and gone afterwards; checks write nowhere else."""
    application: QApplication


@dataclass(frozen=True, slots=True)
class Check:
    """A thing to try."""

    name: str
    run: Callable[[Place], str]
    """Returns what it found, in a few words; raises CheckError, or whatever goes wrong."""


def require(holds: bool, sentence: str) -> None:
    """Raise CheckError with a sentence unless something holds."""
    if not holds:
        raise CheckError(sentence)
