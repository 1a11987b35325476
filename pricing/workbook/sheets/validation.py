"""What a cell of an input takes without asking back."""

from collections.abc import Sequence

from pricing.workbook.cells import VALUE
from pricing.workbook.text import safe, shortened
from pricing.workbook.xlsx import Canvas

_LARGEST, _LAST_DAY = 1e15, 2_958_465.0


def validate_number(
    canvas: Canvas, row: int, unit: str, values: Sequence[float], first: int, last: int
) -> None:
    """Refuse text in place of a number, and ask back where a number is rarely meant.

    Args:
        canvas: The sheet.
        row: The input's row.
        unit: Its unit.
        values: Its numbers at export: what they are now is meant.
        first: Column of the first cell, 0 is A.
        last: Column of the last cell.
    """
    lowest, highest, kind, message = -_LARGEST, _LARGEST, "stop", "Enter a number."
    if unit == "date":
        lowest, highest, message = 0.0, _LAST_DAY, "Enter a date."
    elif unit == "share" and min(values) >= 0 and max(values) <= 1:
        lowest, highest, kind = 0.0, 1.0, "warning"
        message = "Most shares lie between 0 % and 100 %. Is this one meant?"
    elif min(values) >= 0:
        lowest, kind, message = 0.0, "warning", "Most figures are 0 or more. Is this one meant?"
    canvas.sheet.data_validation(
        row - 1, first, row - 1, last,
        {
            "validate": "decimal", "criteria": "between", "minimum": lowest, "maximum": highest,
            "error_type": kind, "error_title": "This input", "error_message": message,
        },
    )  # fmt: skip


def validate_choice(canvas: Canvas, row: int, options: list[str]) -> None:
    """Take only numbers of options, and list the options beside the cell."""
    listed = "\n".join(f"{number} {name}" for number, name in enumerate(options, start=1))
    canvas.sheet.data_validation(
        row - 1, VALUE, row - 1, VALUE,
        {
            "validate": "integer", "criteria": "between", "minimum": 1, "maximum": len(options),
            "error_type": "stop", "error_title": "This input",
            "error_message": f"Enter the number of an option, 1 to {len(options)}.",
            "input_title": "Options", "input_message": shortened(safe(listed), 255),
        },
    )  # fmt: skip
