"""A click counts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def run_once(work: Callable[..., object], *args: Any) -> Callable[[], None]:
    """Return a callback that works only on its first call, for a button that takes a step and does not set a state.

    While a fragment runs by itself every second, the browser may tell of one click twice: with what the clock sends,
    too. Streamlit then calls the callback for both, and what was to be taken back once would be taken back twice.
    """
    pending = [work]

    def called() -> None:
        if pending:
            pending.pop()(*args)

    return called
