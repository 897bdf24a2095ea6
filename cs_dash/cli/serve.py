"""Start the app's server and say where it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cs_dash.cli.arguments import ALLOWED_HOSTS, BROWSER, MEMORY, OPEN, WORKSPACE
from cs_dash.errors import BadInput

APP = Path(__file__).resolve().parents[2] / "app.py"
TRIES = 20


def free_port(host: str, port: int) -> int:
    """Return `port`, or the next free one after it (0: any). Raises BadInput when none of twenty is free."""
    for candidate in [port] if port == 0 else range(port, port + TRIES):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise BadInput(
        "No free port", f"Could not start because the ports {port} to {port + TRIES - 1} are in use.", "Use --port 0."
    )


def _memory_environment(memory: str) -> dict[str, str]:
    if not memory and not os.environ.get(MEMORY):
        return {}
    from cs_dash import pipeline  # which takes a second, and the server imports it for itself

    return pipeline.memory_environment(memory)


def serve(
    workspace: Path,
    host: str,
    port: int,
    allowed_hosts: Sequence[str] = (),
    *,
    open_browser: bool = False,
    open_to_all: bool = False,
    memory: str = "",
) -> int:
    """Run the app until it is stopped (Ctrl+C) and return its exit status.

    `allowed_hosts`: names that browsers may open it by, besides those that the environment names and `host` itself.
    `open_to_all`: everybody who reaches it may see and change everything; without it, and without sign-in, the server
    does not start at an address that other machines reach.
    `memory`: how much DuckDB may take, "40 %" or "4 GB"; "": what the environment says. Raises BadInput for none.
    """
    limit = _memory_environment(memory)
    chosen = free_port(host, port)
    printed_host = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host
    if ":" in printed_host:
        printed_host = f"[{host}]"
    address = f"http://{printed_host}:{chosen}"
    print(
        f"cs_dash is at {address} (workspace: {workspace.resolve()}). Stop it with Ctrl+C.",
        flush=True,
    )
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(APP)),
        *("--server.address", host, "--server.port", str(chosen)),
        # Else Streamlit prints addresses too, and asks a machine outside for one of them.
        *("--server.headless", "true", "--logger.hideWelcomeMessage", "true"),
    ]
    names = ",".join([*allowed_hosts, os.environ.get(ALLOWED_HOSTS, "")])
    environment = os.environ | limit | {WORKSPACE: str(workspace.resolve()), ALLOWED_HOSTS: names}
    environment[BROWSER] = address if open_browser else ""
    if open_to_all:
        environment[OPEN] = "true"
    # The app itself decides which proxies it trusts, and must see who a connection comes from.
    environment["FORWARDED_ALLOW_IPS"] = ""
    # Else glibc gives every thread a heap of its own, and what one has freed no other uses.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    # From the app's own folder, because Streamlit looks for .streamlit/config.toml there.
    os.chdir(APP.parent)
    if os.name == "posix":
        # Become the server, so that whoever stops this process stops the server, in a container too.
        os.execve(command[0], command, environment)
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 0
