"""Questions about a decision, each answered by deciding again with `asked`.

`meeting` holds the price of each rule, the vendors and the first server; `alternatives` other
decisions that cost little more, `frontier` the least cost at every level, `conflicts` the `rules`
that cannot be kept together. `sentences` says the answers.
"""
