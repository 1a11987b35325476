"""Decide what is shown: sentences, cards, tables, charts, as frozen values.

No widgets here; of Qt only the words (translation) and the numbers (locale) of QtCore.
"""
