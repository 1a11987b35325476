"""How sheets are printed: landscape A4, the same header and footer everywhere."""

from pricing.workbook.cells import FIRST_MONTH, HEADING_ROW, LABEL, VALUE
from pricing.workbook.contents import Cover
from pricing.workbook.styles import FONT
from pricing.workbook.text import one_line, shortened
from pricing.workbook.xlsx import Canvas

A4 = 9
PRINTABLE_INCHES = 10.7
"""Width of landscape A4 within the margins set below."""
PIXELS_PER_INCH = 96
MONTHS_PER_PAGE = 12
PIXELS_PER_DIGIT, PADDING = 7, 5
"""Width of a digit, and what a column has beside its digits."""

_SMALL = f'&8&"{FONT},Regular"'
"""Font of headers; the name comes last, so that digits of the text are not taken for the size."""

_SLACK = 0.93
"""Printers measure fonts a little wider than screens."""


def set_up_page(canvas: Canvas, cover: Cover, *, pages_wide: int | None = 1) -> None:
    """Landscape A4 with header and footer, fitted to a number of pages side by side."""
    sheet = canvas.sheet
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    if pages_wide is not None:
        sheet.fit_to_pages(pages_wide, 0)
    plan = _in_footer(cover.plan)
    unscaled = {"scale_with_doc": False}
    sheet.set_header(f"&L{_SMALL}{plan}&R{_SMALL}&A", unscaled)
    sheet.set_footer(
        f"&L{_SMALL}{_in_footer(cover.version)}&C{_SMALL}{cover.prepared.isoformat()}"
        f"&R{_SMALL}Page &P of &N",
        unscaled,
    )


def pixels_of(characters: float, columns: int) -> float:
    """Width of so many characters in so many columns."""
    return characters * PIXELS_PER_DIGIT + columns * PADDING


def fit_to_page(canvas: Canvas, pixels: float) -> None:
    """Print at the scale at which so many pixels are as wide as a page."""
    scale = int(100 * _SLACK * PRINTABLE_INCHES * PIXELS_PER_INCH / pixels)
    canvas.sheet.set_print_scale(max(10, min(100, scale)))


def paginate_by_year(canvas: Canvas, months: int, last_row: int, pixels: list[float]) -> None:
    """Twelve months to a page, with the labels repeated on each.

    Args:
        canvas: The sheet.
        months: Length of the timeline.
        last_row: Last row to print.
        pixels: Width of every column from the first to the last month.
    """
    sheet = canvas.sheet
    last = FIRST_MONTH + months - 1
    sheet.print_area(0, LABEL, last_row - 1, last)
    sheet.repeat_rows(0, HEADING_ROW - 1)
    sheet.repeat_columns(LABEL, VALUE)
    fit_to_page(canvas, sum(pixels[LABEL : FIRST_MONTH + min(months, MONTHS_PER_PAGE)]))
    breaks = range(FIRST_MONTH + MONTHS_PER_PAGE, last + 1, MONTHS_PER_PAGE)
    if breaks:
        sheet.set_v_pagebreaks(list(breaks))


def _in_footer(text: str) -> str:
    """Text of a page header: an ampersand is doubled, the length is limited to what fits."""
    return shortened(one_line(text), 80).replace("&", "&&")
