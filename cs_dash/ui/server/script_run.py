"""Facts about the running script that Streamlit has but does not publish.

A new Streamlit may change any of it; `tests/ui/server/test_streamlit_internals.py` fails then.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.runtime.scriptrunner import get_script_run_ctx


@dataclass(frozen=True)
class ScriptRun:
    """One run of the main script.

    Attributes:
        page_id: Streamlit's name for the page that is run.
        from_history: whether the browser went back or forth.
        browser_url: where the browser stood when it asked for this run; None where it did not say.
        session_id: the session that it belongs to.
    """

    page_id: str
    from_history: bool
    browser_url: str | None
    session_id: str


def script_run() -> ScriptRun | None:
    """Return the run of this thread; None outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return None
    url = context.context_info.url if context.context_info is not None else None
    return ScriptRun(context.page_script_hash, context.is_history_navigation, url, context.session_id)
