"""Facts about the running script, and about what a page asks for, that Streamlit has but does not publish.

A new Streamlit may change any of it; `tests/ui/server/test_streamlit_internals.py` fails then.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
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


@dataclass(frozen=True)
class PageMessage:
    """What a page asks for over its connection.

    Attributes:
        kind: Streamlit's name for it, such as "rerun_script".
        query_string: the query of the page's address, where it asks for a run.
        fragment: the part of the page that is to be run alone; "" for the whole page.
    """

    kind: str
    query_string: str
    fragment: str

    @classmethod
    def of(cls, payload: bytes) -> PageMessage | None:
        """Return what a message asks for; None for what is no message."""
        message = _parsed(payload)
        if message is None:
            return None
        run = message.rerun_script
        return cls(message.WhichOneof("type") or "", run.query_string, run.fragment_id)


def whole_page(payload: bytes) -> bytes:
    """Return a message that asks for a part of a page as one that asks for all of it."""
    message = _parsed(payload) or BackMsg()
    message.rerun_script.fragment_id = ""
    message.rerun_script.is_auto_rerun = False
    asked: bytes = message.SerializeToString()
    return asked


def _parsed(payload: bytes) -> BackMsg | None:
    message = BackMsg()
    try:
        message.ParseFromString(payload)
    except Exception:  # of protobuf's own making
        return None
    return message


def script_run() -> ScriptRun | None:
    """Return the run of this thread; None outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return None
    url = context.context_info.url if context.context_info is not None else None
    return ScriptRun(context.page_script_hash, context.is_history_navigation, url, context.session_id)
