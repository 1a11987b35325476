"""A decision in words: `advise.advise` says what to do and why, and what to mind.

`choices` says what each option would be for each class, `singles` whether one could do it all;
`picture` and `deciding` find the reasons, `why_not` and `rules_of_thumb` hold them against what
others say. `sentences` are the templates.
"""
