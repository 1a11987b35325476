"""The `reckoner` command: plans, logs and the catalogue from a terminal.

`main.main` is the entry point. `commands/` has one module per command: `register` describes its
arguments, `run` answers. Whatever is slow to import is imported inside `run`, so that help appears
at once. `overview`, `versus`, `tree` and `log_report` turn results into lines of text, `document`
into JSON; `table` and `terminal` know about widths; `failure` turns errors into sentences.

Exit codes: 0 done; 1 not possible, the reason is on standard error; 2 wrong usage; 130 stopped with
Ctrl-C; 141 the reader of the output went away.
"""
