"""The server: the screens, the health route and the warm-up; nothing else. `streamlit run app.py` starts it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cs_dash import __version__, monitoring
from cs_dash.pipeline import temporary_files_in
from cs_dash.ui.server import (
    data_routes,
    developer_features,
    index_html,
    measurements,
    presentation,
    server_log,
    sign_in_settings,
)
from cs_dash.ui.server.client_address import ClientAddress
from cs_dash.ui.server.content_policy import ContentPolicy
from cs_dash.ui.server.developer_features import NoDeveloperFeatures
from cs_dash.ui.server.open_browser import open_browser
from cs_dash.ui.server.own_origin import OwnOriginOnly
from cs_dash.ui.server.readers_only import ReadersOnly
from cs_dash.ui.server.response_headers import SafeHeaders, fault
from cs_dash.ui.server.upload_stream import UploadStream
from cs_dash.ui.server.warm_up import warm_up
from cs_dash.ui.state import session


async def healthz(_: Request) -> JSONResponse:
    """Answer {"status": "ok"} while the server is up."""
    return JSONResponse({"status": "ok"})


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Do before the first visitor comes what the first visitor would otherwise wait for."""
    developer_features.switch_off()
    server_log.write_json_lines()
    with temporary_files_in(session.folder()):
        warm_up()
        open_browser()
        monitoring.record(monitoring.STARTED, version=__version__)
        yield {}
        monitoring.record(monitoring.STOPPED)


sign_in_settings.start_or_exit()
# The main script lies where no folder `pages` is beside it: on a fresh server a page would else run without it.
app = st.App(
    Path(__file__).resolve().parent / "cs_dash" / "ui" / "server" / "main.py",
    lifespan=lifespan,
    secrets=sign_in_settings.streamlit_secrets(),
    routes=[
        Route("/healthz", healthz),
        *data_routes.routes(),
        *presentation.routes(),
        *measurements.routes(),
        *index_html.routes(),
    ],
    middleware=[
        Middleware(ClientAddress),
        Middleware(SafeHeaders),
        Middleware(ContentPolicy),
        Middleware(OwnOriginOnly),
        Middleware(ReadersOnly),
        Middleware(NoDeveloperFeatures),
        Middleware(UploadStream),
    ],
    exception_handlers={Exception: fault},
)
