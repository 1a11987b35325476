"""What `reckoner-desktop --self-test` does: every part of an installed copy, tried once.

`checks` lists the checks, each in a file of its own; `run` runs them, apart from the person's own
folders, and says of each what it found. Whatever is loaded late is used here, so that a frozen
binary that lacks a part of a library is found out before a person does.
"""
