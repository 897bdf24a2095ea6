"""Who starts the app on a desktop sees it; a server without a screen opens nothing."""

from __future__ import annotations

import asyncio
import importlib
import sys
import threading
import webbrowser
from pathlib import Path

import pytest

from cs_dash.ui.server import open_browser
from cs_dash.ui.server.open_browser import ADDRESS
from cs_dash.ui.state import session

AT = "http://localhost:8501"


@pytest.mark.parametrize(
    ("address", "screen", "opened_address"), [(AT, ":0", AT), (AT, None, None), (None, ":0", None)]
)
def test_it_opens_where_asked_and_where_there_is_a_screen(
    address: str | None, screen: str | None, opened_address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {ADDRESS: address, "DISPLAY": screen, "WAYLAND_DISPLAY": None}.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(open_browser, "_SECONDS", 0.0)
    addresses: list[str] = []
    was_opened = threading.Event()

    def opened(url: str) -> None:
        addresses.append(url)
        was_opened.set()

    monkeypatch.setattr(webbrowser, "open", opened)
    open_browser.open_browser()
    assert was_opened.wait(5.0 if opened_address else 0.2) == bool(opened_address)
    assert addresses == ([opened_address] if opened_address else [])


def test_the_server_opens_it_once_it_is_ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = importlib.import_module("app")
    steps: list[str] = []
    monkeypatch.setenv(session.FOLDER, str(tmp_path))
    monkeypatch.setattr(app, "warm_up", lambda: steps.append("warm"))
    monkeypatch.setattr(app, "open_browser", lambda: steps.append("opened"))

    async def start() -> None:
        async with app.lifespan(app.app):
            assert steps == ["warm", "opened"]

    asyncio.run(start())
