"""The workbook room: a ledger written as an .xlsx file of live formulas, and read back.

`write_workbook` takes any ledger, `export_workbook` a whole evaluation, `read_back` gives the
inputs and the stored results of a file. Every line of the ledger becomes one formula, the same
in all months, stored with the value the engine computed. The libraries that know the file format
are imported only when a file is written or read.
"""

from pricing.workbook.contents import Balance, Cover, Discounting, OptionSummary, Summary
from pricing.workbook.errors import WorkbookError
from pricing.workbook.export import export_workbook, write_workbook

__all__ = [
    "Balance",
    "Cover",
    "Discounting",
    "OptionSummary",
    "Summary",
    "WorkbookError",
    "export_workbook",
    "write_workbook",
]
