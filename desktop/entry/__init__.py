"""Numbers as people type them, and the field they type them into."""
