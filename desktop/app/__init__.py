"""The document: one frozen plan, its undo history, its file, its recovery copy, the settings."""
