"""The two doors of this room: a ledger, or a whole evaluation, as a workbook."""

from pathlib import Path

from pricing.ledger import Ledger, Values
from pricing.workbook.contents import Cover, Summary


def write_workbook(
    ledger: Ledger,
    values: Values,
    path: Path,
    *,
    cover: Cover,
    summary: Summary | None = None,
) -> None:
    """Write any ledger as a workbook of live formulas, each with the engine's value.

    Args:
        ledger: The figures.
        values: Their base case, from `Ledger.evaluate` without draws.
        path: The .xlsx file; it is replaced only when the new one is complete.
        cover: What stands on the cover.
        summary: The options to compare, if the ledger compares any.

    Raises:
        WorkbookError: if the place cannot be written; what stood there before stays.
    """
    from pricing.workbook.write import write

    write(ledger, values, path, cover, summary)
