"""Questions asked of an evaluated plan: which option, from which month, from which volume.

`compare` sets any two options against each other; `break_even_volume` finds the volume at which
one costs no more than another. Answers are frozen results of `pricing.evaluation`; this room reads
the ledger and never adds to it.
"""

from pricing.analysis.comparison import compare
from pricing.analysis.volume import break_even_volume

__all__ = ["break_even_volume", "compare"]
