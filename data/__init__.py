"""What a valid table is, the published releases, and the open and illustrative series. Only this room opens files."""
