"""A second implementation of the serving model, written layer by layer and in plain numbers.

It shares nothing with `pricing.serving` but the input types and the file of parameters: no arrays,
no totals over the model, no record of columns. A slip in either shows as a difference.
"""

from tests.serving.oracle.replica import Replica, replica

__all__ = ["Replica", "replica"]
