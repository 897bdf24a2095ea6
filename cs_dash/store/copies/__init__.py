"""Copies of a version, its artifacts and its state that hold only what a reader may see: rows in, fewer rows out.

Whatever is not named here is not in a copy: a new table, or a new column of one, has to be given its place first.
"""
