"""Every dialog opens; their modules are loaded only then."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog

from desktop.dialogs.catalogue import CatalogueDialog
from desktop.dialogs.chart_table import ChartTableDialog
from desktop.main import make_window
from desktop.selftest.check import Place, require
from desktop.selftest.waiting import wait_until
from desktop.window import MainWindow
from pricing.catalogue import load_catalogue
from pricing.catalogue.packed import pack
from pricing.resources import resource
from pricing.workload import templates

ACTIONS: Final = (
    "new", "from_log", "open", "save_as", "export", "save_chart", "models", "accelerators",
    "add_model", "add_accelerator", "import_catalogue", "take_catalogue",
    "own_points", "quality_scores", "import_points", "import_log",
    "findings", "help", "about",
)  # fmt: skip
"""Actions of the menus that open a dialog."""
LOG: Final = (
    "timestamp,input_tokens,output_tokens\n2026-01-05 10:00,100,20\n2026-01-06 10:00,90,10\n"
)


def dialogs(place: Place) -> str:
    """Open every dialog over a sample, see that it shows, and close it."""
    made = make_window(place.application, place.folder / "dialogs")
    opened = 0
    try:
        made.show()
        made.documents.open(resource("samples", "customer_service.reckon"))
        wait_until(place, lambda: made.evaluator.up_to_date, "the bill of the sample")
        chart = made.results.chart
        wait_until(place, lambda: chart.figure is not None, "the chart of the results")
        for name, open_it in _ways(place, made).items():
            open_it()
            wait_until(place, lambda: bool(_open(made)), f"the dialog of {name}")
            for dialog in _open(made):
                require(not dialog.grab().isNull(), f"{name} shows nothing")
                dialog.reject()
            wait_until(place, lambda: not _open(made), f"the end of {name}")
            opened += 1
    finally:
        made.session.close()
        made.close()
    return f"{opened} dialogs"


def _open(made: MainWindow) -> list[QDialog]:
    return [one for one in made.findChildren(QDialog) if one.isVisible()]


def _ways(place: Place, made: MainWindow) -> dict[str, Callable[[], object]]:
    """What opens each dialog, by its name."""
    log, points = place.folder / "two days.csv", place.folder / "points.csv"
    log.write_text(LOG, encoding="utf-8")
    measured = resource("serving", "measurements.csv").read_text(encoding="utf-8").splitlines()
    points.write_text("\n".join(measured[:4]) + "\n", encoding="utf-8")
    actions = {name: getattr(made.actions_, name).trigger for name in ACTIONS}
    return {
        **actions,
        "new class": lambda: made.maker.add_class(templates()[0], lambda _item: None),
        "new option": lambda: made.maker.add_option("owned_servers", lambda _item: None),
        "new hybrid": lambda: made.maker.add_hybrid(lambda _item: None),
        "read log": lambda: made.maker.read_log(log, lambda _classes: None),
        "read points": lambda: made.points.read(points),
        "point": made.points.add,
        "score": made.scores.enter,
        "catalogue": lambda: made.documents.show_dialog(
            CatalogueDialog(
                "server", "", made.theme.tokens, made, catalogue=made.sheets.catalogue()
            )
        ),
        "read catalogue": lambda: made.catalogues.look_into(_catalogue(place)),
        "chart as table": lambda: _show_table(made),
    }


def _catalogue(place: Place) -> Path:
    path = place.folder / "other.reckoncat"
    path.write_bytes(pack(load_catalogue()))
    return path


def _show_table(made: MainWindow) -> None:
    spec = made.results.chart.spec
    assert spec is not None
    made.documents.show_dialog(ChartTableDialog(spec.title, spec.table(), made))
