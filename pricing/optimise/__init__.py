"""Choosing: what to buy when, and which request class goes where, at the lowest present cost.

`instance` states the problem as arrays, `dispatch` says what a decision costs, `model` writes it
for the solver, `solve` runs it with progress and cancel. The other modules turn a plan into an
instance through its ledger and the answer back into a decision of the plan.
"""
