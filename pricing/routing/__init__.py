"""Ways to answer a request: their maths, as pure functions on arrays, and who may use them.

`answers` says what a call is and what answers are like. Recipes: `cascade` (with `correctness` and
`verifier`) and `chain`, `router` (with `router_curve` and `chords`), `layered`, and `result_cache`
(with `popularity`) before any of them. `mixing` splits a request class between options, `worth`
compares them, `prefix_cache` is a matter of prices. `screening` says how many servers to own and
`headroom` how much of them to plan with.

For a plan, `eligibility` says why an option or a recipe may not serve a request class and
`sentences` says it in words; they rest on `quality`, `recipes`, `data_rules`, `context`, `latency`
and `vendors`, which are imported by their own names.

A bill writes the same formulas as ledger lines, so that a workbook can show them; an optimiser
calls these for the columns of its model.
"""

from pricing.routing.answers import FREE, SLOW_SHARE, Answers, Call, exceeded_by
from pricing.routing.cascade import Cascaded, cascade, most_escalation
from pricing.routing.chain import Chained, RequestGroups, Stage, chain
from pricing.routing.chords import Chords, chords
from pricing.routing.correctness import (
    JointCorrectness,
    both_right_bounds,
    correlation_bounds,
)
from pricing.routing.errors import RoutingError
from pricing.routing.headroom import (
    enough_up,
    staffed_slots,
    staffed_use,
    staffed_waiting_share,
    waiting_longer,
    waiting_share,
)
from pricing.routing.layered import Layered, enhancement_input, layered
from pricing.routing.mixing import cheapest_mix, hull
from pricing.routing.popularity import zipf_hit_rate
from pricing.routing.prefix_cache import break_even_calls, input_price_factor
from pricing.routing.result_cache import ResultCache, worthwhile_hit_rate
from pricing.routing.router import Routed, blended, routed
from pricing.routing.router_curve import RouterCurve, recovered_gap
from pricing.routing.screening import (
    Mix,
    Technology,
    best_mix,
    break_even_hours,
    critical_ratio,
    full_hours,
    units_for_normal_load,
)
from pricing.routing.verifier import Verifier, roc_distance
from pricing.routing.worth import cheapest_nearly_best, cost_per_accepted, saving

__all__ = [
    "FREE", "SLOW_SHARE", "Answers", "Call", "Cascaded", "Chained", "Chords", "JointCorrectness",
    "Layered", "Mix", "RequestGroups", "ResultCache", "Routed", "RouterCurve", "RoutingError",
    "Stage", "Technology", "Verifier", "best_mix", "blended", "both_right_bounds",
    "break_even_calls", "break_even_hours", "cascade", "chain", "cheapest_mix",
    "cheapest_nearly_best", "chords", "correlation_bounds", "cost_per_accepted", "critical_ratio",
    "enhancement_input", "enough_up", "exceeded_by", "full_hours", "hull", "input_price_factor",
    "layered", "most_escalation", "recovered_gap", "roc_distance", "routed", "saving",
    "staffed_slots", "staffed_use", "staffed_waiting_share", "units_for_normal_load",
    "waiting_longer", "waiting_share", "worthwhile_hit_rate", "zipf_hit_rate",
]  # fmt: skip
