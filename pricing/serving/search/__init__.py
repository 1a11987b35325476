"""Every server on offer that meets a service level with a model, ranked by cost.

Candidates (accelerator, precision, layout) are assessed all at once with the core's formulas; costs
are those of a month. `rightsizing` asks the same of every model that is good enough.
"""

from pricing.serving.search.assess import Load
from pricing.serving.search.candidates import Software
from pricing.serving.search.ranking import search, servers_for
from pricing.serving.search.result import Ranking

__all__ = ["Load", "Ranking", "Software", "search", "servers_for"]
