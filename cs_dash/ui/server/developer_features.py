"""Streamlit's features for those who develop an app, none of which a visitor of ours may reach.

Over the same connection as every click, a browser may ask Streamlit to write its "skills" into the project and the
home folder, to empty all caches, to run scripts whenever a file changes, and to tell about the git repository.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg

MESSAGES = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"})
"""What a browser may ask for by message."""
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
"""Of `backend_operation_request`: a download that is made when it is clicked, more rows of a table."""
CORE_ROUTES = frozenset({"stream", "upload_file", "health", "host-config"})
"""What a page needs of Streamlit's own routes; the others are statistics, and ways in for programs."""


def switch_off() -> Callable[[], None]:
    """Tell Streamlit that nobody develops here, also whenever its configuration is read anew; return what ends that.

    It offers its skills on every page of a server that is not headless.
    """
    _be_headless()
    return config.on_config_parsed(_be_headless, force_connect=True)


def _be_headless() -> None:
    config.set_option("server.headless", True)


class NoDeveloperFeatures:
    """ASGI middleware that leaves out the messages and routes that no page needs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what a page needs; a message for developers gets no answer, a route for them status 404."""
        core_route = scope.get("path", "").partition("/_stcore/")[2].split("/")[0]
        if scope["type"] == "http" and core_route and core_route not in CORE_ROUTES:
            await PlainTextResponse("Not found.", 404)(scope, receive, send)
        else:
            await self._app(scope, _for_readers(receive), send)


def _for_readers(receive: Receive) -> Receive:
    async def give() -> Message:
        while (message := await receive()).get("bytes") is not None and not is_for_readers(message["bytes"]):
            continue
        return message

    return give


def is_for_readers(payload: bytes) -> bool:
    """Return whether a page may send this message. What is no message at all is left to Streamlit to refuse."""
    message = BackMsg()
    try:
        message.ParseFromString(payload)
    except Exception:  # of protobuf's own making
        return True
    asks_for = message.WhichOneof("type")
    if asks_for == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return asks_for in MESSAGES
