"""Bills of hybrids: cache, routes, members and checks, each a module.

`write_hybrid` puts them together: what the result cache does not answer is split by routes, each
stage of a recipe asks one member, servers take what they can, overflow and failover go on to
token-priced members, and every member's cost is a category of the hybrid's bill.
"""

from pricing.bill.hybrid.bill import write_hybrid
from pricing.bill.hybrid.lines import (
    Check,
    ClassLines,
    HybridLines,
    MemberLines,
    RouteLines,
    StageLines,
)

__all__ = [
    "Check",
    "ClassLines",
    "HybridLines",
    "MemberLines",
    "RouteLines",
    "StageLines",
    "write_hybrid",
]
