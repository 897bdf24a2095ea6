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
    file_id = path.rpartition("/")[2].partition(".")[0]
    manager = runtime.get_instance().media_file_mgr
    with manager._lock:
        shown = {session: set(files.values()) for session, files in manager._files_by_session_and_coord.items()}
        deferred = {session: set(ids) for session, ids in manager._deferred_ids_by_session.items()}
    sessions = {session for session, files in shown.items() if file_id in files}
    return frozenset(sessions | {session for session, ids in deferred.items() if file_id in ids})
