"""Uploads go straight from the request to disk, so that no file is ever in memory as a whole.

Streamlit would read an upload into memory, copy it for the script, and keep it as long as the visitor stays. Here the
file is taken out of the request while it comes in, and a word is left in its place; by that word the script finds it.
A word counts in the session that the file was sent to, and its file is gone when that session ends.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import IO

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option, runtime
from streamlit.typing import UploadedFile

from cs_dash.ui.server.script_run import script_run

UPLOAD_ROUTE = "/_stcore/upload_file/"
_EXPIRY_SECONDS = 3600
"""Seconds after which a file that no script asked for is closed."""
_FORM_OVERHEAD = 1 << 20
"""Bytes that a request may hold in addition to its file."""


@dataclass(frozen=True)
class StreamedUpload:
    """A file that has come.

    Attributes:
        name: as the visitor's computer calls it.
        content: its bytes, in the folder of temporary files; gone when it is closed.
        at: when it came, on the clock of `time.monotonic`.
        session_id: the session that it was sent to.
    """

    name: str
    content: IO[bytes]
    at: float
    session_id: str


_uploads: dict[str, StreamedUpload] = {}
_lock = threading.Lock()


class UploadStream:
    """ASGI middleware that puts the files of uploads on disk."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, an upload without its file."""
        if scope["type"] == "http" and scope["method"] == "PUT" and UPLOAD_ROUTE in scope["path"]:
            receive = _without_file(scope, receive)
        await self._app(scope, receive, send)


def _without_file(scope: Scope, receive: Receive) -> Receive:
    """Return a receiver for the request's body, which is read on demand and holds a token instead of the file.

    That is after Streamlit has looked at who sends it; nothing comes in from anybody else.
    """
    replaced = False

    async def give() -> Message:
        nonlocal replaced
        if replaced:
            return await receive()
        replaced = True
        return {"type": "http.request", "body": await _body_without_file(scope, receive), "more_body": False}

    return give


async def _body_without_file(scope: Scope, receive: Receive) -> bytes:
    """Write the file of a request to disk and return the body that replaces it."""
    most = int(get_option("server.maxUploadSize")) << 20
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most + _FORM_OVERHEAD:
            raise HTTPException(413, "File too large")
        return message

    request = Request(scope, limited)
    form = await request.form()
    files = [value for value in form.values() if isinstance(value, UploadFile)]
    if len(files) != 1 or (files[0].size or 0) > most:
        await form.close()
        raise HTTPException(413 if len(files) == 1 else 400, f"Expected 1 file of at most {most >> 20} MB")
    word, session_id = uuid.uuid4().hex, scope["path"].rpartition(UPLOAD_ROUTE)[2].partition("/")[0]
    _forget_with_the_session()
    _drop(lambda upload: upload.at < time.monotonic() - _EXPIRY_SECONDS)
    with _lock:
        _uploads[word] = StreamedUpload(files[0].filename or "", files[0].file, time.monotonic(), session_id)
    content_type = EmailMessage()
    content_type["content-type"] = request.headers["content-type"]
    edge = b"--" + (content_type.get_boundary() or "").encode()
    head = b'Content-Disposition: form-data; name="file"; filename="file"'
    return b"\r\n".join((edge, head, b"", word.encode(), edge + b"--", b""))


def _drop(unwanted: Callable[[StreamedUpload], bool]) -> None:
    """Close the files that nobody will ask for."""
    with _lock:
        for word in [word for word, upload in _uploads.items() if unwanted(upload)]:
            _uploads.pop(word).content.close()


def _forget_with_the_session() -> None:
    """Have Streamlit, when it forgets the uploads of a session that ends, forget ours as well."""
    if not runtime.exists():
        return
    manager = runtime.get_instance().uploaded_file_mgr
    forget = manager.remove_session_files
    if getattr(forget, "forgets_streamed", False):
        return

    def forget_streamed(session_id: str) -> None:
        forget(session_id)
        _drop(lambda upload: upload.session_id == session_id)

    forget_streamed.__dict__["forgets_streamed"] = True
    setattr(manager, "remove_session_files", forget_streamed)  # noqa: B010


def streamed_upload(file: UploadedFile) -> StreamedUpload:
    """Return the file that an uploader of this session gave, once; any other is its own content."""
    run = script_run()
    session_id = run.session_id if run else ""
    word = file.getvalue().decode("ascii", "replace") if file.size == len(uuid.uuid4().hex) else ""
    with _lock:
        upload = _uploads.get(word)
        if upload is None or upload.session_id != session_id:
            return StreamedUpload(file.name, file, time.monotonic(), session_id)
        del _uploads[word]
    upload.content.seek(0)
    return upload
