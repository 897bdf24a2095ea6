"""“Add to review” in the head of every chart and table: a link, so that it adds no element to a page.

A click on it adds the card to the open review at once. The link names a key that only this session knows and that
counts once: the same address opened again, or by somebody else, adds nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import streamlit as st

from cs_dash.sharing import Right
from cs_dash.ui.components.tables.choices import without_drawer
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.reader import may

PIN = "pin"
"""The card that is added, in the address."""
TABLE = "table."
"""What the name of a table begins with there, before that of its question."""

_OFFERED: ContextVar[bool] = ContextVar("pins offered", default=False)


@contextmanager
def offering_pins() -> Iterator[None]:
    """Let the cards that are shown inside offer to be added: a page that does so shows what came of it."""
    token = _OFFERED.set(True)
    try:
        yield
    finally:
        _OFFERED.reset(token)


class RequestedPin(NamedTuple):
    """What the address asks for: the name of a card, and whether a click in this session asked for it just now."""

    card: str
    clicked: bool


def pin_href(card: str) -> str:
    """Return the address that adds a card to the open review; "" for who may not prepare reviews, and elsewhere."""
    if not _OFFERED.get() or not may(Right.REVIEW):
        return ""
    key = st.session_state.setdefault(keys.PIN_KEY, secrets.token_hex(4))
    return address.here(without_drawer(address.read()) | {PIN: [f"{card}:{key}"]})


def requested_pin() -> RequestedPin | None:
    """Return what the address asks for, None for nothing; that it was clicked is told once."""
    card, _, key = (address.read().get(PIN) or [""])[-1].rpartition(":")
    if not card or not may(Right.REVIEW):
        return None
    clicked = secrets.compare_digest(key.encode(), st.session_state.get(keys.PIN_KEY, "").encode()) and bool(key)
    if clicked:
        st.session_state[keys.PIN_KEY] = secrets.token_hex(4)
    return RequestedPin(card, clicked)
