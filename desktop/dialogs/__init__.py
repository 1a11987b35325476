"""Dialogs; all are opened with `open()`, none blocks."""
