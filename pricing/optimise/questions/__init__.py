"""Questions about a decision, each answered by deciding again with `asked`.

`prices` holds what each of the `rules` costs, `vendors` what it is without one, `first_server` the
volume at which servers pay, `alternatives` other decisions that cost little more, `frontier` the
least cost at every level, `conflicts` the rules that cannot be kept together. `sentences` says the
answers.
"""
