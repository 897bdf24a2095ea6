"""The floor's server: the same frame as ours, and nothing of ours in it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def healthz(_: Request) -> JSONResponse:
    """Answer {"status": "ok"} while the server is up."""
    return JSONResponse({"status": "ok"})


app = st.App(Path(__file__).resolve().parent / "main.py", routes=[Route("/healthz", healthz)])
