"""The demo company: a seeded simulation, its files and its truth."""
