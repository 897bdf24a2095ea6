"""The roadmap: its items with their evidence, one item with what is decided of it, and a new one."""
