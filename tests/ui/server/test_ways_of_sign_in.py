"""How a server tells people apart: by sessions that end, by a proxy in front, at its own machine, or not at all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cs_dash.decisions import people
from cs_dash.decisions.people import Person
from cs_dash.pipeline import load
from cs_dash.store.workspace import Workspace
from tests.browser.server import ROOT
from tests.signed_in import Visitor, cookie, oidc, server

ACCOUNT = "Zephyr Quarry"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace(tmp_path_factory.mktemp("ways") / "workspace")
    load(made, [("accounts.csv", io.BytesIO(f"account_id,name\nA-1,{ACCOUNT}\n".encode()))])
    people.add(made, Person("ana@example.com", "admin"))
    return made


def test_a_session_ends_on_the_server(workspace: Workspace, tmp_path: Path) -> None:
    with server(workspace.folder, tmp_path, oidc(CS_DASH_SESSION_HOURS="0.0006")) as base:
        reader = Visitor(base, {"Cookie": cookie(base, "ana@example.com")})
        assert reader.get("/people").status == 200
        for _ in range(400):
            if "Your session has ended" in reader.get("/").text:
                break
            time.sleep(0.05)
        assert "Your session has ended" in reader.get("/people").text
        assert reader.page("people") is None


PROXY = {"CS_DASH_SIGN_IN": "proxy", "CS_DASH_TRUSTED_PROXIES": "127.0.0.1"}


def test_a_named_proxy_says_who_it_is(workspace: Workspace, tmp_path: Path) -> None:
    with server(workspace.folder, tmp_path, PROXY | {"CS_DASH_PROXY_SIGN_OUT": "/oauth2/sign_out"}) as base:
        ana = Visitor(base, {"X-Forwarded-Email": "Ana@example.com"})
        html = ana.get("/").text
        assert ">ana@example.com<" in html
        assert 'href="/oauth2/sign_out"' in html
        run = ana.page("people")
        assert run is not None
        assert run.heading == "People"
        for headers in ({}, {"X-Forwarded-Email": ""}, {"X-Forwarded-Email": "eve@example.com"},
                        {"X-Forwarded-User": "ana@example.com"},
                        {"Cookie": cookie(base, "ana@example.com")}):  # fmt: skip
            stranger = Visitor(base, headers)
            assert ACCOUNT not in stranger.get("/search.json?find=Zephyr").text
            assert stranger.page("") is None


def test_a_header_from_any_other_address_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    settings = PROXY | {"CS_DASH_TRUSTED_PROXIES": "10.9.8.7", "CS_DASH_PROXY_HEADER": "X-Mail"}
    with server(workspace.folder, tmp_path, settings) as base:
        for headers in ({"X-Mail": "ana@example.com"}, {"x-mail": "ana@example.com", "X-Forwarded-For": "10.9.8.7"},
                        {"X-Forwarded-Email": "ana@example.com"}):  # fmt: skip
            stranger = Visitor(base, headers)
            assert "Not signed in" in stranger.get("/people").text
            assert stranger.get("/rail.json").status == 401
            assert stranger.page("people") is None


def test_an_open_server_says_so_on_every_page(workspace: Workspace, tmp_path: Path) -> None:
    with server(
        workspace.folder, tmp_path, {"CS_DASH_OPEN": "true", "CS_DASH_ALLOWED_HOSTS": "dash.example.com"}
    ) as base:
        anybody = Visitor(base, {"Host": "dash.example.com"})
        for page in ("", "people", "settings"):
            run = Visitor(base).page(page)
            assert run is not None
            assert "Everyone who reaches this address can see and change everything" in run.html
        assert anybody.get("/").status == 200


def test_at_its_own_machine_a_server_lets_in_who_comes_through_no_proxy(workspace: Workspace, tmp_path: Path) -> None:
    with server(workspace.folder, tmp_path, {}) as base:
        run = Visitor(base).page("people")
        assert run is not None
        assert run.heading == "People"
        assert "Everyone who reaches" not in run.html
        proxied = Visitor(base, {"X-Forwarded-For": "203.0.113.9"})
        assert "This app answers its own machine only" in proxied.get("/").text
        assert proxied.page("") is None


@pytest.mark.parametrize("command", [["-m", "cs_dash", "serve", "--host", "0.0.0.0"], ["-m", "streamlit", "run"]])
def test_an_open_server_does_not_start_without_saying_so(command: list[str], tmp_path: Path) -> None:
    if "streamlit" in command:
        command = [*command, "app.py", "--server.address", "0.0.0.0", "--server.headless", "true"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CS_DASH_", "STREAMLIT_"))}
    environment["CS_DASH_WORKSPACE"] = str(tmp_path / "workspace")
    ran = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 2
    assert "Could not start at 0.0.0.0 because everyone who reaches it could see and change everything" in ran.stderr
    assert "Traceback" not in ran.stderr
