"""Runs all checks and prints a line for each."""

import os
import sys
import time
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import (
    QCoreApplication,
    QLocale,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)

from desktop.selftest.apart import keep_apart
from desktop.selftest.check import Check, Place
from desktop.selftest.checks import CHECKS
from desktop.theme.apply import Theme
from pricing.version import NAME_AND_VERSION


def run(only: Collection[str] = ()) -> int:
    """Try every part of this copy, or the named ones; returns 0 if all of it works, else 1."""
    began = time.perf_counter()
    with TemporaryDirectory(prefix="reckoner-self-test-", ignore_cleanup_errors=True) as folder:
        failed = _run_in(Path(folder), only)
    seconds = time.perf_counter() - began
    if failed:
        _say(f"{len(failed)} failed: {', '.join(failed)}")
        return 1
    _say(f"All checks passed in {seconds:.1f} s.")
    return 0


def _run_in(folder: Path, only: Collection[str]) -> list[str]:
    """Names of the checks that failed."""
    from desktop.main import make_application

    keep_apart(folder)
    qInstallMessageHandler(_pass_on)
    escaped: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: escaped.append(error)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    application = make_application(["reckoner-desktop"])
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    theme = Theme(application)
    theme.use("light")
    kind = "bundle" if getattr(sys, "_MEIPASS", None) else "source"
    _say(
        f"{NAME_AND_VERSION}, {kind}, Python {sys.version.split()[0]}, {application.platformName()}"
    )
    work = folder / "work"
    work.mkdir()
    chosen = [check for check in CHECKS if not only or check.name in only]
    place = Place(work, application)
    return [check.name for check in chosen if not _passed(check, place, escaped)]


def _passed(check: Check, place: Place, escaped: list[BaseException]) -> bool:
    """Run a check; `escaped` gathers what goes wrong where Qt calls us, which raises nothing."""
    began = time.perf_counter()
    escaped.clear()
    try:
        found, passed = check.run(place), True
        if escaped:
            found, passed = _told(escaped[0]), False
    except Exception as error:  # a check that breaks is a check that fails
        found, passed = _told(error), False
    verdict = "ok    " if passed else "FAILED"
    _say(f"{verdict} {time.perf_counter() - began:6.2f} s  {check.name}: {found}")
    return passed


def _told(error: BaseException) -> str:
    """What went wrong, on one line."""
    if os.environ.get("RECKONER_DEBUG"):
        import traceback

        traceback.print_exception(error)
    text = " ".join(str(error).split())
    known = type(error).__module__.startswith(("desktop.", "pricing."))
    return text if known and text else f"{type(error).__name__}: {text}"


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Print what Qt complains of, but for what its drawing without a screen always says."""
    if "propagateSizeHints" not in message:
        _say(f"Qt says: {message}")


def _say(line: str) -> None:
    """Print a line; a windowed program of Windows has nowhere to print to."""
    if sys.stdout is not None:
        data = (line + "\n").encode(sys.stdout.encoding or "utf-8", "replace")
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
