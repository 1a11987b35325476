"""Ways to answer a request: how good and how fast they are, and who may use them.

For a plan, `eligibility` says why an option or a recipe may not serve a request class and
`sentences` says it in words. They rest on `quality` and `latency` of single options, `recipes` and
`waiting` of recipes, `data_rules`, `context` and `vendors`.

`cascade` and `router` are the maths of the two recipes whose quality is more than a sum; `worth`
finds the plain choice that a recipe must beat.

A bill writes the same formulas as ledger lines, so that a workbook can show them; here they are
for what needs a number without a bill.
"""
