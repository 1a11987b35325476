"""One module per command: `register` adds its arguments, `run` answers with an exit code."""
