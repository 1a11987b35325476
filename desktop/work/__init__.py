"""Work off the GUI thread; only the newest answer counts."""
