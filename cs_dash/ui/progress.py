"""How far long work is, told while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def telling(first: str) -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows what is being done and which share of it is; the bar goes when the work ends."""
    bar = st.progress(0.0, first)

    def tell(words: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), words)

    try:
        yield tell
    finally:
        bar.empty()
