"""Which account each row belongs to: by its own reference, by its subscription or address, by what people decided.

A row that fits no account keeps the reference of its file and has no account until a later load brings it, or until a
person decides. Everything here is made afresh at every load.
"""

from cs_dash.intake.matching.steps import match

__all__ = ["match"]
