"""The canonical tables: their fields, types, units and keys, and what files in seven languages call them."""
