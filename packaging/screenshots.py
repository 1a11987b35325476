"""Draws the pictures of the README from the real window: python packaging/screenshots.py [FOLDER]

Opens two samples at 1280 x 800 in the light scheme and grabs what a reader would
see. The day is that of SOURCE_DATE_EPOCH or, where none is given, of the catalogue, so that a run
can be repeated. Needs no display.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QLocale, Qt
from PySide6.QtWidgets import QApplication

from desktop.main import make_application, make_window
from desktop.pages.navigation import OPTIONS, RESULTS, ROUTING, SERVING
from desktop.window import MainWindow
from pricing.catalogue import load_catalogue
from pricing.resources import resource

HERE = Path(__file__).resolve().parents[1] / "resources" / "help" / "images"
SIZE = (1280, 800)
MOST_BYTES = 200_000
PATIENCE = 30.0
"""Seconds to wait for the window to settle."""


def main(folder: Path) -> None:
    """Write results.png, options.png, serving.png, explain.png and routing.png."""
    day = datetime.combine(load_catalogue().data_date, datetime.min.time(), UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application(["reckoner"])
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    with TemporaryDirectory() as settings:
        window = make_window(application, Path(settings))
        window.use_scheme("light")
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*SIZE)
        window.show()
        window.after_start()
        window.documents.open(resource("samples", "customer_service.reckon"))
        settle(application, window.results.volume.isVisible)
        window.status.speed.hide()  # another number at every run
        show_results(window)
        save(application, window, folder / "results.png")
        show_options(window)
        save(application, window, folder / "options.png")
        show_serving(window)
        settle(application, window.serving.figures.isVisible)
        save(application, window, folder / "serving.png")
        show_explanation(window)
        save(application, window, folder / "explain.png")
        window.documents.open(resource("samples", "hybrid_routing.reckon"))
        window.navigation.setCurrentRow(ROUTING)
        settle(application, window.routing.flow.isVisible)
        window.status.speed.hide()
        save(application, window, folder / "routing.png")
        window.session.close()
        window.close()


def show_results(window: MainWindow) -> None:
    """The answer, the figures of a bought fleet against the API that costs most, and the chart."""
    window.navigation.setCurrentRow(RESULTS)
    window.results.pair.choose("owned", "gemini-flash")


def show_options(window: MainWindow) -> None:
    """The option that buys servers."""
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("owned")


def show_serving(window: MainWindow) -> None:
    """What one of the servers bought does."""
    window.navigation.setCurrentRow(SERVING)
    window.serving.picker.choose("owned")


def show_explanation(window: MainWindow) -> None:
    """Where the energy of a month comes from, beside the months of the bill."""
    window.navigation.setCurrentRow(RESULTS)
    window.results.bill.show_months()
    energy = window.evaluator.evaluation.bill_of("owned").categories["energy"]
    window.ask(energy.key, 9)
    QApplication.processEvents()
    window.results.ensureWidgetVisible(window.results.bill.months, 0, 0)
    bar = window.results.verticalScrollBar()
    bar.setValue(bar.maximum())


def settle(application: QApplication, done: Callable[[], bool]) -> None:
    """Let the window work until it is done and half a second longer; raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not done():
        application.processEvents()
        if time.monotonic() > end:
            raise TimeoutError("the window did not settle")
        time.sleep(0.005)
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.005)


def save(application: QApplication, window: MainWindow, path: Path) -> None:
    """Grab the window into a PNG without a date in it; raises ValueError if it is large."""
    settle(application, lambda: window.evaluator.up_to_date)
    grabbed = QBuffer()
    grabbed.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(grabbed, "PNG")
    picture = Image.open(BytesIO(grabbed.data().data())).convert("RGB")
    picture.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path}: {picture.width} x {picture.height}, {size / 1000:.0f} kB")
    if size > MOST_BYTES:
        raise ValueError(f"{path.name} is {size} bytes, above {MOST_BYTES}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
