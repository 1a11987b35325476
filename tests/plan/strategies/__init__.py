"""Hypothesis strategies for plans and their parts; other rooms' tests may use them too."""
