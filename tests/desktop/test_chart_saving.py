"""Charts as pictures in files."""

import re
import shutil
import subprocess
import threading
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.charts.draw import draw
from desktop.charts.files import FORMATS, UnknownFormatError, write_chart
from desktop.charts.style import has_postscript_outlines, prepare_charts, settings
from desktop.pages.chart_view import ChartView, ink_of
from desktop.pages.navigation import ASSUMPTIONS, RESULTS
from desktop.theme.tokens import LIGHT
from desktop.window import MainWindow
from pricing.version import VERSION
from tests.desktop.test_charts import bars, drawn, lines

INK = ink_of(LIGHT)
SIZE = (900, 300)
SVG = "{http://www.w3.org/2000/svg}"


def test_that_an_svg_keeps_its_words_as_text(tmp_path: Path) -> None:
    path = tmp_path / "银行.svg"
    write_chart(lines(), INK, path, SIZE)
    tree = ElementTree.parse(path)
    words = ["".join(text.itertext()).strip() for text in tree.iter(f"{SVG}text")]
    assert "B has cost less than A from month 6 on" in words
    assert "month 6, USD 60" in words
    assert f"Reckoner {VERSION}" in path.read_text("utf-8")


def test_that_a_png_has_twice_the_pixels_of_the_screen_and_our_ground(tmp_path: Path) -> None:
    path = tmp_path / "chart.png"
    write_chart(bars(), INK, path, SIZE)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1800, 600)
    assert image.pixelColor(2, 2).name() == INK.surface
    assert image.text("Software") == f"Reckoner {VERSION}"
    assert image.text("Title") == "Rent is the largest part"


def test_that_a_pdf_is_whole_and_names_title_and_version(tmp_path: Path) -> None:
    path = tmp_path / "chart.PDF"
    write_chart(lines(), INK, path, SIZE)
    content = path.read_bytes()
    assert content.startswith(b"%PDF-1.")
    assert content.rstrip().endswith(b"%%EOF")
    assert f"/Creator (Reckoner {VERSION})".encode() in content
    assert b"/Title (B has cost less than A from month 6 on)" in content
    assert re.search(rb"/MediaBox \[ 0 0 648 216 \]", content), "900 x 300 at 100 to the inch"
    assert b"/ToUnicode" in content, "its words can be searched and copied"


def test_that_fonts_with_postscript_outlines_are_told_from_truetype(tmp_path: Path) -> None:
    truetype = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    assert not has_postscript_outlines(truetype)
    alone, collection = tmp_path / "a.otf", tmp_path / "a.ttc"
    alone.write_bytes(b"OTTO" + bytes(60))
    collection.write_bytes(b"ttcf\0\2\0\0\0\0\0\1\0\0\0\x20" + bytes(16) + b"OTTO" + bytes(8))
    assert has_postscript_outlines(alone)
    assert has_postscript_outlines(collection)
    collection.write_bytes(b"ttcf\0\2\0\0\0\0\0\1\0\0\0\x20" + bytes(16) + b"\0\1\0\0")
    assert not has_postscript_outlines(collection)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="no poppler-utils on this system")
def test_that_another_program_finds_no_fault_with_the_fonts_of_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "chart.pdf"
    write_chart(lines(y_title="银行 USD"), INK, path, SIZE)
    done = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    fonts = [line.split() for line in done.stdout.splitlines()[2:]]
    assert fonts
    assert all(font[-5:-2] == ["yes"] * 3 for font in fonts), "embedded, in part, with its letters"


def test_that_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError):
        write_chart(lines(), INK, tmp_path / "chart.jpg", SIZE)
    assert not list(tmp_path.iterdir())


def test_that_writing_in_the_background_leaves_the_settings_of_drawing_alone(
    tmp_path: Path,
) -> None:
    prepare_charts()
    other = threading.Thread(
        target=lambda: [write_chart(bars(), INK, tmp_path / f"{n}.png", SIZE) for n in range(3)]
    )
    other.start()
    figure = drawn(lines())
    for _ in range(3):
        draw(figure, lines(), INK)
    other.join()
    for name, value in settings().items():
        assert mpl.rcParams[name] == value


@pytest.mark.parametrize("ending", FORMATS)
def test_that_the_chart_on_the_page_is_written_where_the_person_says(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    window.navigation.setCurrentRow(RESULTS)
    window.actions_.save_chart.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, QFileDialog)
    path = tmp_path / f"costs.{ending}"
    with qtbot.waitSignal(window.charts.written, timeout=20_000):
        dialog.fileSelected.emit(str(path))
    assert path.stat().st_size > 1000
    assert str(path) in window.status.currentMessage()


def test_that_the_file_takes_the_ending_of_the_chosen_format(window: MainWindow) -> None:
    window.actions_.save_chart.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).suffix == ".pdf"
    svg = next(name for name in dialog.nameFilters() if "svg" in name)
    dialog.filterSelected.emit(svg)
    assert Path(dialog.selectedFiles()[0]).suffix == ".svg"
    assert dialog.defaultSuffix() == "svg"


def test_that_a_dot_in_a_title_is_no_ending(window: MainWindow, qtbot: QtBot) -> None:
    chart = window.results.chart
    chart.show_chart(lines(title="Llama 3.3 70B hosted costs less"))
    window.charts.save(chart)
    dialog = window.documents.dialog
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Llama 3.3 70B hosted costs less.pdf"
    png = next(name for name in dialog.nameFilters() if "png" in name)
    dialog.filterSelected.emit(png)
    assert Path(dialog.selectedFiles()[0]).name == "Llama 3.3 70B hosted costs less.png"


def test_that_every_chart_offers_it_on_a_right_click(window: MainWindow) -> None:
    views = window.findChildren(ChartView)
    assert len(views) >= 6
    for view in views:
        assert view.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
        assert [action.text() for action in view.actions()] == ["Save chart…"]


def test_that_a_page_without_a_chart_says_so(window: MainWindow) -> None:
    window.navigation.setCurrentRow(ASSUMPTIONS)
    window.actions_.save_chart.trigger()
    assert "no chart on this page" in window.status.currentMessage()


def told(window: MainWindow) -> str:
    box = window.documents.dialog
    assert isinstance(box, QMessageBox)
    return f"{box.text()}: {box.informativeText()}"


def test_that_a_wrong_ending_and_a_missing_folder_are_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    spec = lines()
    window.charts.write(spec, tmp_path / "chart.jpg", QSize(*SIZE))
    assert "chart.jpg ends in none of .pdf, .svg, .png" in told(window)
    window.charts.write(spec, tmp_path / "none" / "chart.png", QSize(*SIZE))
    qtbot.waitUntil(lambda: "No such file" in told(window), timeout=20_000)
    assert "not written" in told(window)
    assert not list(tmp_path.glob("**/*.png"))
