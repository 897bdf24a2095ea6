"""Which sessions show a file: Streamlit knows it but does not publish it.

A new Streamlit may change it; `tests/ui/server/test_streamlit_internals.py` fails then.
"""

from __future__ import annotations

from streamlit import runtime

MEDIA = "/media/"
"""Where Streamlit gives out downloads and pictures: by the digest of what is in them."""


def sessions_with(path: str) -> frozenset[str]:
    """Return the ids of the sessions whose page shows the file of an address; none where no server runs."""
    if not runtime.exists():
        return frozenset()
    file_id = _file_id(path)
    manager = runtime.get_instance().media_file_mgr
    with manager._lock:
        shown = {session: set(files.values()) for session, files in manager._files_by_session_and_coord.items()}
        deferred = {session: set(ids) for session, ids in manager._deferred_ids_by_session.items()}
    sessions = {session for session, files in shown.items() if file_id in files}
    return frozenset(sessions | {session for session, ids in deferred.items() if file_id in ids})


def content_of(path: str) -> bytes | None:
    """Return what is in the file of an address; None where there is none."""
    file = runtime.get_instance().media_file_mgr.read_file(_file_id(path)) if runtime.exists() else None
    return file.content if file else None


def _file_id(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
