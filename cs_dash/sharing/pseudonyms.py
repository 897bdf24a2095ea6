"""Pseudonyms: names that stand for customers in a copy, always the same ones for the same secret."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Digits and consonants that nobody mixes up, and that make no words."""
_OF_BYTES = bytes(ord(LETTERS[byte % len(LETTERS)]) for byte in range(256))
LEAST = 5
NAME = "Account"
OTHER_CUSTOMER = "another customer"
"""Stands in texts for a customer who is not in the copy."""
DOMAIN = "example"
"""The top-level domain that RFC 2606 reserves: an address below it reaches nobody."""


def codes(secret: bytes, values: Iterable[str]) -> dict[str, str]:
    """Return {value: its code}: `LEAST` letters of its HMAC, more where two would be equal, so that none is twice.

    A value keeps its code when others come, except where one of these would have the same.
    """
    whole = {value: _code(secret, value) for value in values}
    chosen: dict[str, str] = {}
    length, left = LEAST, dict(whole)
    while left:
        counts: dict[str, int] = {}
        for code in left.values():
            counts[code[:length]] = counts.get(code[:length], 0) + 1
        done = {value: code[:length] for value, code in left.items() if counts[code[:length]] == 1}
        chosen |= done
        left = {value: code for value, code in left.items() if value not in done}
        length += 1
    return chosen


def _code(secret: bytes, value: str) -> str:
    return hmac.digest(secret, value.encode("utf-8", "surrogatepass"), "sha256").translate(_OF_BYTES).decode()


def domain_of(code: str) -> str:
    """Return the domain that stands for one of the customer with a code."""
    return f"{code.lower()}.{DOMAIN}"


def address_of(secret: bytes, address: str, domain: str) -> str:
    """Return the e-mail address that stands for another one, at a domain."""
    return f"{_code(secret, address.lower())[:8].lower()}@{domain}"
