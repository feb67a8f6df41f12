"""What pages are made of: the menu, sentences, chart blocks, tables, downloads, and caching."""
