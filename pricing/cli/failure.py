"""Errors as sentences: what a person reads instead of a traceback."""

import os

from pricing.cli.texts import _


class Failure(Exception):
    """A request that cannot be fulfilled; the message is one sentence, or a list of problems."""


def sentence_of(error: Exception) -> str | None:
    """What an error of Reckoner's rooms or of the system says; none for a fault of the program."""
    if isinstance(error, Failure):
        return str(error)
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return str(error)
    if isinstance(error, OSError):
        return unwritten(error, error.filename)
    return _of_rooms(error)


def _of_rooms(error: Exception) -> str | None:
    from pricing.bill import BillError
    from pricing.catalogue import CatalogueError
    from pricing.ledger import LedgerError
    from pricing.plan.problems import PlanError
    from pricing.workbook.errors import WorkbookError
    from pricing.workload.errors import WorkloadError

    if isinstance(error, BillError):
        return _("The plan cannot be evaluated: {reason} (field {path}).").format(
            path=error.path, reason=error.message.rstrip(".")
        )
    if isinstance(error, LedgerError):
        return _("The plan cannot be evaluated: {reason}.").format(reason=str(error).rstrip("."))
    if isinstance(error, PlanError | CatalogueError | WorkbookError | WorkloadError):
        return str(error)
    return None


def unwritten(error: OSError, name: object) -> str:
    """What the system says about a file, or about standard output if there is no name."""
    reason = error.strerror or str(error)
    if name is None:
        return _("The output could not be written: {reason}.").format(reason=reason)
    return _("{name}: {reason}.").format(name=os.fsdecode(str(name)), reason=reason)
