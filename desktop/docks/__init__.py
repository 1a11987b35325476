"""Docks beside the pages."""
