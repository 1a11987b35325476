"""A second opinion on the bill: the same plan simulated month by month in plain Python.

Nothing here imports the bill, the ledger or the analysis. The rules are those of the plan's field
docstrings, simulated the slow way: every machine is a record with a purchase and a sale, every
commitment a contract with an end, every hour of the busiest day a turn of a loop.
"""

from tests.bill.oracle.bill import OracleBill, bill_of
from tests.bill.oracle.hybrid import OracleHybrid, hybrid_of

__all__ = ["OracleBill", "OracleHybrid", "bill_of", "hybrid_of"]
