"""Choosing: what to buy when, and which request class goes where, at the lowest present cost.

`optimise` is the door: a plan in, the plan with its decision out. What is behind it, in the order
of the way of a plan through it:

- Plan to arrays: `candidates` (with `terms`, `hours`, `limits`) says what may be chosen, `probe`
  and `ways` read what it costs off the ledger, `problem` puts an `instance` of it together.
- The convention: `dispatch` says what servers serve, `outcome` what a decision costs to the last
  digit, both on the plain arrays of `tables`. Ledger and solver are held to them.
- The engine: `model` (with `layout`, `columns`, `rows`, `groups`) writes the linear model; `solve`
  relaxes it (`relaxation`, `cuts`, `hull`), rounds (`rounding`, `staffing`), searches (`search`,
  `solver`, `hand_off`), makes it better (`polish`, `decode`) and keeps the best so far
  (`progress`); an `answer` comes out.
- Arrays to plan: `simplify` rounds shares, `decision` writes routes and fleets, `kept` hands on an
  earlier decision.
- Questions, each answered by deciding again with `asked`: `questions`, `alternatives`, `frontier`,
  and `conflicts` about the `rules` of the plan.
- Words: `picture`, `choices`, `singles` and `deciding` find what `advice` says, `why_not` and
  `rules_of_thumb` hold it against what others say; `sentences` and `advice_sentences` say each
  `statement`.
"""
