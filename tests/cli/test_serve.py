"""The command that starts the app: what it tells the server."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from cs_dash.cli.arguments import BROWSER, OPEN
from cs_dash.cli.main import main
from cs_dash.ui.server.own_origin import ALLOWED_HOSTS


class Started(Exception):
    """Stands in place of the server."""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the server is a process of its own")
def test_names_of_the_command_and_of_the_environment_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []

    def execve(_: str, command: list[str], environment: dict[str, str]) -> None:
        started.append((command, environment))
        raise Started

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ALLOWED_HOSTS, "dash.internal")
    monkeypatch.delenv(OPEN, raising=False)
    with pytest.raises(Started):
        main(["serve", "--port", "0", "--allow-host", "dash.example.com", "--allow-host", "team.example.com:8443"])
    ((command, environment),) = started
    assert environment[ALLOWED_HOSTS].split(",") == ["dash.example.com", "team.example.com:8443", "dash.internal"]
    assert command[command.index("--server.headless") + 1] == "true"
    assert environment[BROWSER].startswith("http://localhost:")
    assert OPEN not in environment
    with pytest.raises(Started):
        main(["serve", "--port", "0", "--open", "--no-open"])
    assert (started[-1][1][OPEN], started[-1][1][BROWSER]) == ("true", "")


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_is_listened_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def execve(*_: object) -> None:
        raise Started

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Started):
        main(["serve", "--host", "::1", "--port", "0"])
    assert "http://localhost:" in capsys.readouterr().out
