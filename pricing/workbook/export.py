"""The two doors of this room: a ledger, or a whole evaluation, as a workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pricing import today as clock
from pricing.evaluation import Evaluation
from pricing.ledger import Ledger, Values
from pricing.version import NAME_AND_VERSION
from pricing.workbook.contents import Basis, Cover, Summary


def write_workbook(
    ledger: Ledger,
    values: Values,
    path: Path,
    *,
    cover: Cover,
    summary: Summary | None = None,
    remarks: Mapping[str, str] | None = None,
    bases: Sequence[Basis] = (),
) -> None:
    """Write any ledger as a workbook of live formulas, each with the engine's value.

    Args:
        ledger: The figures.
        values: Their base case, from `Ledger.evaluate` without draws.
        path: The .xlsx file; it is replaced only when the new one is complete.
        cover: What stands on the cover.
        summary: The options to compare, if the ledger compares any.
        remarks: What a reader must know about single inputs, by their keys.
        bases: Measurements that predicted inputs rest on.

    Raises:
        WorkbookError: if the place cannot be written; what stood there before stays.
    """
    from pricing.workbook.write import write

    compared = summary if summary and summary.options else None
    write(ledger, values, Path(path), cover, compared, remarks or {}, bases)


def export_workbook(
    evaluation: Evaluation, path: Path, colours: Mapping[str, str] | None = None
) -> None:
    """Write an evaluated plan as a workbook for finance.

    Args:
        evaluation: The plan with its ledger and values.
        path: The .xlsx file; it is replaced only when the new one is complete.
        colours: Colours of options by id, `#rrggbb`, so that charts look as on screen.

    Raises:
        WorkbookError: if the place cannot be written; what stood there before stays.
    """
    from pricing.workbook.bases import bases_of
    from pricing.workbook.describe import cover_of, remarks_of, summary_of

    write_workbook(
        evaluation.ledger,
        evaluation.values,
        path,
        cover=cover_of(evaluation, NAME_AND_VERSION, clock.today()),
        summary=summary_of(evaluation, colours or {}),
        remarks=remarks_of(evaluation),
        bases=bases_of(evaluation),
    )
