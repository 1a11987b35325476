"""Starts the window: `reckoner-desktop [PLAN]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.app.file_requests import FileRequests
from desktop.app.message_bus import use_only_a_running_bus
from desktop.app.settings import SettingsStore
from desktop.theme.apply import Theme, use_number_locale
from desktop.window import MainWindow
from pricing.resources import resource
from pricing.version import VERSION


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="reckoner-desktop",
        description="Show and compare the full bill of every way to serve a large language model.",
    )
    parser.add_argument("plan", nargs="?", type=Path, help="plan file to open (.reckon)")
    parser.add_argument(
        "--settings", type=Path, metavar="FOLDER", help="keep settings and recovery copies here"
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="try every part of this copy, apart from your settings, and leave",
    )
    parser.add_argument(
        "--quit-when-ready",
        action="store_true",
        help="leave as soon as the window can be used, and print that moment: for measuring",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"reckoner-desktop {VERSION}",
        help="print the version and leave",
    )
    return parser.parse_args(given)


def make_application(given: Sequence[str]) -> QApplication:
    """The application object with its names and number format."""
    QCoreApplication.setOrganizationName("Reckoner")
    QCoreApplication.setApplicationName("Reckoner")
    use_only_a_running_bus()
    application = QApplication([*given])
    application.setDesktopFileName("reckoner")
    application.setWindowIcon(QIcon(str(resource("icons", "reckoner.svg"))))
    use_number_locale()
    return application


def make_window(application: QApplication, settings: Path | None = None) -> MainWindow:
    """A window in the remembered colours, not yet shown."""
    store = SettingsStore(settings)
    theme = Theme(application)
    theme.use(store.settings.scheme)
    return MainWindow(theme, store)


def main(given: Sequence[str] | None = None) -> int:
    """Run until the window is closed; returns the exit code."""
    told = arguments(sys.argv[1:] if given is None else given)
    if told.self_test:
        from desktop.selftest.run import run

        return run()
    application = make_application(sys.argv[:1])
    window = make_window(application, told.settings)
    application.installEventFilter(FileRequests(window.documents.open, window))
    window.show()
    if told.plan is not None:
        window.open_at_start(told.plan)
    QTimer.singleShot(0, window, window.after_start)
    if told.quit_when_ready:
        from desktop.app.readiness import Readiness

        Readiness(window, told.plan is not None)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
