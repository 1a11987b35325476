"""Read-only tables that pages and dialogs share."""
