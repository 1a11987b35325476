"""Choosing: what to buy when, and which request class goes where, at the lowest present cost.

`optimise` is the door: a plan in, the plan with its decision out. A plan goes through the rooms
behind it in this order:

- `problem`: what may be chosen and what it costs, read off the ledger, as arrays.
- `engine`: arrays in, the best decision found and a proven bound out; knows nothing of plans.
- `simplify`, `decision` and `kept` bring the answer back into the plan, and an earlier one along.
- `questions`: what a meeting asks, each answered by deciding again.
- `advice`: what each option would be for each class, and the decision in words.
"""
