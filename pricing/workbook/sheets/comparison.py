"""Says on the comparison's own sheet which two options its numbers stand for."""

from pricing.workbook.cells import LABEL, SUBTITLE_ROW
from pricing.workbook.contents import Summary
from pricing.workbook.job import Job
from pricing.workbook.references import References
from pricing.workbook.sheets.summary import option_names
from pricing.workbook.styles import SUBTITLE
from pricing.workbook.xlsx import Canvas


def name_the_pair(canvas: Canvas, job: Job, summary: Summary) -> None:
    """Write the names of the two chosen options; they follow the numbers on Inputs."""
    if summary.chosen is None:
        return
    cells, names = References(job.layout, canvas.name), option_names(summary)
    first, second = (f"INDEX({names},{cells.now(entry)})" for entry in summary.chosen)
    shown = [summary.options[round(job.values.number(entry)) - 1].name for entry in summary.chosen]
    canvas.formula(
        SUBTITLE_ROW, LABEL, f'{first}&" compared with "&{second}',
        " compared with ".join(shown), SUBTITLE.but(bold=True),
    )  # fmt: skip
