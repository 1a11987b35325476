"""Key figures shown away from their own sheet: links that repeat a line's number."""

from pricing.ledger import Line
from pricing.workbook.job import Job
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.styles import LINK
from pricing.workbook.xlsx import Canvas


def write_figure(canvas: Canvas, job: Job, row: int, column: int, line: Line) -> None:
    """A link to a line's one number, or to its total."""
    value = float(job.values.monthly(line).sum()) if line.timed else job.values.number(line)
    formula = References(job.layout, canvas.name).total(line)
    canvas.formula(row, column, formula, value, LINK, line_format(line.unit, [value]).code)
