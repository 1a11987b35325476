"""From a plan to arrays: `stated.problem_of` puts an instance of the engine together.

`candidates` (with `terms`, `hours` and `limits`) says what may be chosen; `probe` and `ways` read
what it costs off the ledger of the plan.
"""
