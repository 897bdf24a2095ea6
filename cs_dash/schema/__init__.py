"""The canonical tables: their fields, types, units and keys, and the names that files in seven languages use for
them.
"""
