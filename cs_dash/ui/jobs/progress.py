"""The progress of long work, and the button that stops it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from cs_dash.ui.components import controls
from cs_dash.ui.state import keys

_PATIENCE = 120
"""Seconds that a stopped work may take to end; by far the most is that of one large insert."""


@contextmanager
def progress_bar(
    initial_text: str, on_stop: Callable[[], None] | None = None, key: str = "cancel"
) -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows the current step and the share done; the bar disappears when the work ends.

    A click interrupts a running script where it next shows something, so the click on “Cancel” ends the work inside
    the function given here. The script that the click begins runs on another thread, at once; it waits until the work
    has let go of everything.

    Args:
        initial_text: the words until the first are told.
        on_stop: what a stopped work means for the page, done when it has ended and before the page is shown anew.
            Without it there is no button.
        key: the button's; one run of a page may do two pieces of work.
    """
    ended = threading.Event()
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="bottom"):
        move = controls.progress(initial_text)
        if on_stop is not None:
            controls.button("Cancel", key=key, on_click=_stop, args=(on_stop, ended))

    def tell(words: str, share: float) -> None:
        move(min(max(share, 0.0), 1.0), words)

    try:
        yield tell
    finally:
        ended.set()
        place.empty()


def _stop(on_stop: Callable[[], None], ended: threading.Event) -> None:
    ended.wait(_PATIENCE)
    st.session_state[keys.WORK_STOPPED] = True
    on_stop()
