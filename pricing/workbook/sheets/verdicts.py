"""How verdicts look: a word in capitals, with a colour that repeats it."""

from pricing.workbook.styles import AMBER, BAD, GOOD
from pricing.workbook.xlsx import Canvas


def colour_verdict(canvas: Canvas, row: int, column: int) -> None:
    """Green for OK, red for CHECK and BROKEN, amber for EDITED; the word says it too."""
    for word, colour in (("OK", GOOD), ("CHECK", BAD), ("BROKEN", BAD), ("EDITED", AMBER)):
        canvas.sheet.conditional_format(
            row - 1, column, row - 1, column,
            {
                "type": "text", "criteria": "begins with", "value": word,
                "format": canvas.book.file.add_format({"font_color": colour, "bold": True}),
            },
        )  # fmt: skip
