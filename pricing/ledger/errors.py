"""What can be wrong with a ledger: each error is a sentence that names the lines."""


class LedgerError(ValueError):
    """A ledger that cannot be built or evaluated."""


class UnitError(LedgerError):
    """Quantities of different kinds that meet, or a unit outside the vocabulary."""


class CycleError(LedgerError):
    """A line that depends on itself; the message gives the path."""
