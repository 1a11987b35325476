"""Forms made from the plan's models: rows say what to show, editors show it, the form binds both.

Public: `row.Row`, `row.Group`, `view.FormView`, and one function per form in `workload_form`,
`option_form` and `assumptions_form`. Limits, defaults and tooltips come from pydantic; labels,
units and order are laid by hand.
"""
