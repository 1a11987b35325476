"""Charts of every kind are written as PDF, SVG and PNG."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from desktop.charts.files import FORMATS, write_chart
from desktop.charts.spec import Spec
from desktop.pages.chart_view import ink_of
from desktop.selftest.check import Place, require
from desktop.selftest.decisions import decided, quality_frontier
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import LIGHT
from desktop.viewmodels.charts import chart
from desktop.viewmodels.frontier import frontier_view
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_flow import routing_flow
from desktop.viewmodels.serving_setup import classes_of, predicted
from desktop.viewmodels.serving_view import serving_view
from pricing.catalogue import load_catalogue
from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from pricing.resources import resource
from pricing.version import NAME_AND_VERSION

SIZE: Final = (900, 340)
IN_ALL_FORMATS: Final = ("breakdown", "flow")
"""With Chinese names and without; others are written as SVG and PNG, which are quick."""


def pictures(place: Place) -> str:
    """Draw a chart of every kind into files and look into them."""
    folder = place.folder / "charts"
    folder.mkdir()
    specs = {**_of_bills(), **_of_serving(), **_of_decision()}
    written = 0
    with warnings.catch_warnings():
        # the check of fonts says which characters have none
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        for name, spec in specs.items():
            for ending in FORMATS if name in IN_ALL_FORMATS else FORMATS[1:]:
                path = folder / f"{name}.{ending}"
                write_chart(spec, ink_of(LIGHT), path, SIZE)
                _LOOKS[ending](path, spec)
                written += 1
    _write_outlines_of_truetype()
    return f"{len(specs)} charts in {written} files: PDF, SVG and PNG"


def _of_bills() -> dict[str, Spec]:
    evaluation = evaluate(
        load_plan(resource("samples", "bank_private_zh.reckon")), load_catalogue()
    )
    colours = OptionColours()
    colours.learn(bill.id for bill in evaluation.bills)
    return {
        "cumulative": chart("cumulative", evaluation, colours, None),
        "breakdown": chart("breakdown", evaluation, colours, None),
    }


def _of_serving() -> dict[str, Spec]:
    plan = load_plan(resource("samples", "customer_service.reckon"))
    option = predicted(plan)[0]
    served = classes_of(option, plan)[0]
    view = serving_view(plan, option.id, served.id, LIGHT.accent, load_catalogue())
    require(view.curve is not None, f"{option.name} cannot be predicted: {view.second}")
    assert view.curve is not None
    assert view.step is not None
    assert view.memory is not None
    return {"curve": view.curve, "step": view.step, "memory": view.memory}


def _of_decision() -> dict[str, Spec]:
    found, colours = decided(), OptionColours()
    costs = HybridCosts(found.evaluation, found.hybrid)
    points = quality_frontier().points
    return {
        "flow": routing_flow(costs, colours, "volume", None).spec,
        "frontier": frontier_view("quality", points, costs, "USD", colours).spec,
    }


def _look_at_png(path: Path, spec: Spec) -> None:
    image = QImage(str(path))
    size = (image.width(), image.height())
    require(size == (2 * SIZE[0], 2 * SIZE[1]), f"{path.name} has {size} pixels")
    seen = {image.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
    require(len(seen) > 3, f"{path.name} is empty")
    require(image.text("Title") == spec.title, f"{path.name} does not name its chart")
    require(image.text("Software") == NAME_AND_VERSION, f"{path.name} does not name the version")


def _look_at_svg(path: Path, spec: Spec) -> None:
    require(QSvgRenderer(str(path)).isValid(), f"{path.name} is no picture")
    tree = ElementTree.parse(path)
    texts = ["".join(one.itertext()) for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    require(any(text.strip() for text in texts), f"{path.name} has no words")
    told = [one.text for one in tree.iter("{http://purl.org/dc/elements/1.1/}title")]
    require(spec.title in told, f"{path.name} does not name its chart")
    require(NAME_AND_VERSION in told, f"{path.name} does not name the version")


def _look_at_pdf(path: Path, _spec: Spec) -> None:
    content = path.read_bytes()
    whole = content.startswith(b"%PDF-1.") and content.rstrip().endswith(b"%%EOF")
    require(whole, f"{path.name} is no whole PDF")
    require(b"/ToUnicode" in content, f"{path.name} holds no fonts")
    signed = f"/Creator ({NAME_AND_VERSION})".encode() in content
    require(signed, f"{path.name} does not name the version")


_LOOKS: Final = {"png": _look_at_png, "svg": _look_at_svg, "pdf": _look_at_pdf}


def _write_outlines_of_truetype() -> None:
    """Put a TrueType font into a PDF as such: fonts of the system may all be of the other kind."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    written = BytesIO()
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, "Reckoner", family="DejaVu Sans")
    with mpl.rc_context({"pdf.fonttype": 42}):
        figure.savefig(written, format="pdf")
    require(b"/FontFile2" in written.getvalue(), "DejaVu Sans is not in a PDF")
