"""The sheets of the workbook, one module each; `write_workbook` puts them in order."""
