"""The engine: `solve.solve` takes an `instance` and gives an `answer`; numpy and HiGHS, no plan.

`dispatch` is the convention on what servers serve, `outcome` says what a decision costs to the
last digit, both on the plain arrays of `tables`; ledger and solver are held to them. `outages` says
what a request weighs that is lost. `model` (with `layout`, `columns`, `rows`, `groups`) writes the
linear model; `relaxation` solves it with the rows that `cuts`, `hull` and `staffing` find;
`rounding` and `search` look for whole numbers in `solver`, in a thread of `hand_off`; `decode` and
`polish` make decisions of what is found; `progress` keeps the best one.
"""
