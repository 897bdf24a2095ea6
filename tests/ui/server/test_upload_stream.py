"""Files on their way from a browser to disk."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from cs_dash.store.owned_folder import temporary_files_in
from cs_dash.ui.server import upload_stream
from cs_dash.ui.server.script_run import ScriptRun
from cs_dash.ui.server.upload_stream import UploadStream, streamed_upload

EDGE = "----edge"
CONTENT = b"Account ID,Account name\r\n" + b"A1,Nordwind\r\n" * 200_000


@pytest.fixture(autouse=True)
def of_session(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the script run in a session; that of the uploads unless another is named."""

    def run_in(session_id: str) -> None:
        monkeypatch.setattr(upload_stream, "script_run", lambda: ScriptRun("page", False, None, session_id))

    run_in("session")
    return run_in


def body(content: bytes = CONTENT, name: str = "größe & co.csv") -> bytes:
    head = (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    return head.encode() + content + f"\r\n--{EDGE}--\r\n".encode()


def put(app: Any, sent: bytes, path: str = "/_stcore/upload_file/session/file") -> int:
    """Send a request in pieces and return how many of its bytes were asked for."""
    pieces: Iterator[bytes] = iter([sent[at : at + 65_536] for at in range(0, len(sent), 65_536)])
    messages = 0

    async def receive() -> Message:
        nonlocal messages
        piece = next(pieces, b"")
        messages += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    async def send(_: Message) -> None:
        pass

    headers = [(b"content-type", f"multipart/form-data; boundary={EDGE}".encode())]
    scope = {"type": "http", "method": "PUT", "path": path, "headers": headers, "query_string": b""}
    asyncio.run(UploadStream(app)(scope, receive, send))
    return messages


class Held:
    """Stands for Streamlit: holds what it is given of an upload."""

    def __init__(self) -> None:
        self.file: UploadedFile | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with Request(scope, receive).form() as form:
            (value,) = form.values()
            assert isinstance(value, UploadFile)
            record = UploadedFileRec("1", value.filename or "", "text/csv", await value.read())
        self.file = UploadedFile(record, FileURLs())


def test_the_file_goes_to_disk_and_a_word_stands_for_it() -> None:
    held = Held()
    put(held, body())
    assert held.file is not None
    assert held.file.size == 32
    upload = streamed_upload(held.file)
    assert upload.name == "größe & co.csv"
    assert not isinstance(upload.content, io.BytesIO)
    assert upload.content.read() == CONTENT
    upload.content.close()


def test_a_word_counts_once() -> None:
    held = Held()
    put(held, body())
    assert held.file is not None
    streamed_upload(held.file).content.close()
    assert streamed_upload(held.file).content is held.file


def test_nothing_comes_in_from_who_is_refused() -> None:
    async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
        pass

    assert put(refusing, body()) == 0


def test_other_requests_are_left_alone() -> None:
    bodies = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        bodies.append((await receive())["body"])

    sent = body(b"short")
    put(app, sent, "/somewhere")
    assert bodies == [sent]


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_stream, "get_option", lambda _: 1)
    with pytest.raises(HTTPException) as refused:
        put(Held(), body(b"x" * (1 << 20) + b"x"))
    assert refused.value.status_code == 413
    with pytest.raises(HTTPException):
        put(Held(), body(b"x" * (3 << 20)))


def test_what_nobody_asks_for_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    held, later = Held(), Held()
    put(held, body())
    monkeypatch.setattr(upload_stream, "_EXPIRY_SECONDS", -1)
    put(later, body(b"short"))
    assert held.file is not None
    assert streamed_upload(held.file).content is held.file


def test_a_word_gives_another_session_nothing(of_session: Callable[[str], None]) -> None:
    """Neither to who sends the word as a file of his own, nor to who is given the very file."""
    held, guesser = Held(), Held()
    put(held, body())
    assert held.file is not None
    put(guesser, body(held.file.getvalue()), "/_stcore/upload_file/another/file")
    of_session("another")
    assert guesser.file is not None
    with streamed_upload(guesser.file).content as own:
        assert own.read() == held.file.getvalue()
    assert streamed_upload(held.file).content is held.file
    of_session("session")
    with streamed_upload(held.file).content as content:
        assert content.read() == CONTENT


def test_a_file_is_gone_when_its_session_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    for session_id in ("ending", "staying"):
        put(Held(), body(), f"/_stcore/upload_file/{session_id}/file")
    ending, staying = list(upload_stream._uploads.values())[-2:]
    manager.remove_session_files("ending")
    assert (ending.content.closed, staying.content.closed) == (True, False)
    assert ending not in upload_stream._uploads.values()
    manager.remove_session_files("staying")
    assert staying.content.closed


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not say where an open file lies")
def test_a_file_comes_in_within_the_workspace(tmp_path: Path) -> None:
    held = Held()
    with temporary_files_in(tmp_path):
        put(held, body())
        assert held.file is not None
        with streamed_upload(held.file).content as content:
            assert Path(f"/proc/self/fd/{content.fileno()}").readlink().is_relative_to(tmp_path / "temporary")
    assert list(tmp_path.iterdir()) == []
