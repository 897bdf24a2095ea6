"""The real server, started as a user starts it, on a port of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a server must answer


@contextlib.contextmanager
def running_server(workspace: Path, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve `workspace` for the time of a `with` block, and give the base address, without a slash at its end.

    What the server prints goes to the file `log`; `environment` is added to its own. Raises RuntimeError, with the end
    of the log, when the server stops or does not answer in time.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "cs_dash", "serve"),
        *("--port", str(port), "--workspace", str(workspace)),
    ]
    with serving(command, port, log, environment) as base:
        yield base


class ServerFactory:
    """Starts servers as `running_server` does, each in a tenth of the time: see `tests.browser.server_factory`."""

    def __init__(self) -> None:
        """Start the process that forks them; it ends with `close`."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.server_factory"],
            cwd=ROOT,
            env=_own_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @contextlib.contextmanager
    def running_server(self, workspace: Path, log: Path, environment: Mapping[str, str]) -> Iterator[str]:
        """Serve `workspace` for the time of a `with` block; see the function of this name."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        port = free_port()
        arguments = ["serve", "--port", str(port), "--workspace", str(workspace)]
        json.dump({"arguments": arguments, "environment": dict(environment), "log": str(log)}, self._process.stdin)
        print(file=self._process.stdin, flush=True)
        process = int(self._process.stdout.readline())
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(lambda: None if _lives(process) else "unknown", base, log)
            yield base
        finally:
            for name in (signal.SIGTERM, signal.SIGKILL):
                deadline = time.monotonic() + 15
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process, name)
                    while _lives(process) and time.monotonic() < deadline:
                        time.sleep(0.02)

    def close(self) -> None:
        """End the process that forks."""
        with self._process:  # closes both pipes, which ends it, and waits
            pass


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@contextlib.contextmanager
def developers_server(workspace: Path, folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve as `running_server` does, but started by Streamlit's own command and as by somebody who develops with it.

    `folder` gets the log, and `home`, which has what makes Streamlit offer its "skills".
    """
    port, home = free_port(), folder / "home"
    (home / ".claude").mkdir(parents=True)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    own = {"HOME": str(home), "STREAMLIT_SERVER_HEADLESS": "false", "CS_DASH_WORKSPACE": str(workspace)}
    with serving(command, port, folder / "log.txt", own | dict(environment or {})) as base:
        yield base


@contextlib.contextmanager
def serving(
    command: Sequence[str],
    port: int,
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> Iterator[str]:
    """Run `command`, which serves on `port` and answers /healthz, for the time of a `with` block; give its address.

    It runs in `folder`; `environment` is added to this process's own, of which Streamlit's settings are left out.
    Raises as `running_server` does.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_own_environment() | dict(environment or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(process.poll, base, log)
            yield base
        finally:
            _stop(process)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def healthy(base: str) -> bool:
    """Return whether the app's own health route answers.

    Every address that the server does not know gets Streamlit's page with status 200, so the status alone says nothing.
    """
    try:
        with urllib.request.urlopen(f"{base}/healthz", timeout=5) as answer:
            return answer.status == 200 and "html" not in answer.headers.get("Content-Type", "")
    except (urllib.error.URLError, OSError):
        return False


def _own_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}


def _wait(status: Callable[[], object], base: str, log: Path) -> None:
    """Wait until a server answers; `status` returns how it ended, None while it runs."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (ended := status()) is not None:
            raise RuntimeError(f"The server stopped with status {ended}.\n{_end_of(log)}")
        if healthy(base):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer at {base}/healthz within {PATIENCE} s.\n{_end_of(log)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and every process that it started: a server left behind would slow all tests after it."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.wait()
        return
    for name in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, name)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-4000:]
