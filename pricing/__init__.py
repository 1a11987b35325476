"""Reckoner without a window: from a plan to its full bill.

Data flows one way: a `plan` and the `catalogue` (and a `workload` read from a log) become a `bill`,
which is written in the `ledger`; `evaluate` is the one door; `admissible` tells which options may
do all of the work; `analysis`, `optimise`, `workbook`, `cases` and `cli` read what comes out of it.
Nothing here knows of Qt.
"""
