"""Interactive maps of the mention table."""
