"""What can go wrong when a workbook is written or read: each error is a sentence that helps."""


class WorkbookError(Exception):
    """A workbook that cannot be written or read."""
