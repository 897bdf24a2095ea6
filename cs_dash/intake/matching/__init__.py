"""Which account each row belongs to: by what it says itself, by its subscription or address, by what people decided.

A row that fits no account keeps what its file said and stays without one; it is matched by a later load that brings the
account, or by a person. Everything here is made afresh at every load.
"""

from cs_dash.intake.matching.steps import match

__all__ = ["match"]
