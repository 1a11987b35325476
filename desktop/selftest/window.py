"""The real window: pages, charts on the screen, and work in the background."""

import math

from PySide6.QtCore import QSize

from desktop.main import make_window
from desktop.pages.chart_view import ChartView
from desktop.pages.navigation import ROUTING, SERVING
from desktop.selftest.check import CheckError, Place, require
from desktop.selftest.golden import TOLERANCE, golden
from desktop.selftest.small_plan import CHEAPEST, small_plan
from desktop.selftest.waiting import wait_until
from desktop.window import MainWindow
from desktop.work.deciding import Decided, decide
from desktop.work.optimiser import Optimiser
from pricing.resources import resource

SAMPLE = "hybrid_routing.reckon"


def window(place: Place) -> str:
    """Open a sample in the window, turn every page, decide and export in the background."""
    made = make_window(place.application, place.folder / "settings")
    try:
        made.show()
        made.after_start()
        made.documents.open(resource("samples", SAMPLE))
        wait_until(place, lambda: made.evaluator.up_to_date, "the bill of the sample")
        _hold_figures(made)
        charts = sum(_turn_to(place, made, row) for row in range(made.pages.count()))
        _export(place, made)
        _decide(place)
    finally:
        made.session.close()
        made.close()
    return f"{made.pages.count()} pages, {charts} charts on the screen, a decision, 2 exports"


def _hold_figures(made: MainWindow) -> None:
    """The window shows the figures that the check of figures found."""
    evaluation = made.evaluator.evaluation
    assert evaluation is not None
    kept = golden()["samples"][SAMPLE]["options"]
    for bill in evaluation.bills:
        same = math.isclose(bill.tco.value, kept[bill.id]["tco"], rel_tol=TOLERANCE)
        require(same, f"the window shows {bill.tco.value!r} as the cost of {bill.name}")


def _turn_to(place: Place, made: MainWindow, row: int) -> int:
    """Show a page until its charts are drawn; returns how many it has."""
    made.navigation.setCurrentRow(row)
    if row == SERVING:
        wait_until(place, made.serving.figures.isVisible, "the prediction of a server")
    elif row == ROUTING:
        wait_until(place, lambda: bool(_drawn(made)), "the flow of requests")

    def complete() -> bool:
        return len(_drawn(made)) == len(_visible(made))

    wait_until(place, complete, f"the charts of page {row + 1}")
    image = made.grab().toImage()
    seen = {
        image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)
    }
    require(len(seen) > 3, f"page {row + 1} is empty")
    return len(_drawn(made))


def _visible(made: MainWindow) -> list[ChartView]:
    views = made.findChildren(ChartView)
    return [view for view in views if view.isVisible() and view.spec is not None]


def _drawn(made: MainWindow) -> list[ChartView]:
    return [view for view in _visible(made) if getattr(view.figure, "axes", None)]


def _export(place: Place, made: MainWindow) -> None:
    """Write a workbook and a chart the way the menus do."""
    written: list[object] = []
    made.exporter.written.connect(written.append)
    made.charts.written.connect(written.append)
    book, picture = place.folder / "window.xlsx", place.folder / "window.svg"
    made.exporter.write(book)
    spec = made.results.chart.spec
    assert spec is not None
    made.charts.write(spec, picture, QSize(900, 300))
    wait_until(place, lambda: len(written) == 2, "the exports")
    require(book.stat().st_size > 10_000, "the workbook of the window is empty")
    require(picture.stat().st_size > 1000, "the chart of the window is empty")


def _decide(place: Place) -> None:
    """Look for a decision in the background."""
    optimiser = Optimiser()
    outcomes: list[Decided | Exception] = []
    optimiser.finished.connect(lambda _kind, found: outcomes.append(found))
    optimiser.failed.connect(lambda _kind, error: outcomes.append(error))
    optimiser.start("quick", decide(small_plan(), None, "quick"))
    wait_until(place, lambda: bool(outcomes), "a decision")
    optimiser.wait()
    found = outcomes[0]
    if isinstance(found, Exception):
        raise found
    if found.optimised is None or not math.isclose(found.optimised.npv, CHEAPEST, rel_tol=1e-9):
        raise CheckError(f"the decision made in the background does not cost {CHEAPEST}")
