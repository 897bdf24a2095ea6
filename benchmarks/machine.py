"""The machine on which the figures were measured, in words."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

from tests.browser.chromium import NoBrowser, find_chromium

PACKAGES = ("streamlit", "duckdb", "pandas", "pyarrow")


def words() -> str:
    """Return the machine and the versions in one sentence."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, Python {platform.python_version()}, "
        f"{versions}, {_browser()}."
    )


def load_average() -> float | None:
    """Return the average number of programs that wanted a core in the last minute; None where it is unknown."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def wait_for_rest(busy: float = 0.3, patience: float = 30.0) -> None:
    """Wait until what this process started, servers and browser, takes less than this share of one core.

    Other programs do not count: they would never let a shared machine rest. Returns at once where the system does not
    tell.
    """
    deadline = time.monotonic() + patience
    worked, at = _ticks(), time.monotonic()
    while worked is not None and time.monotonic() < deadline:
        time.sleep(0.3)
        before, (worked, now) = worked, (_ticks(), time.monotonic())
        if worked is None or worked - before < busy * os.sysconf("SC_CLK_TCK") * (now - at):
            return
        at = now


def work_ms() -> float:
    """Return the milliseconds of a core that this process and all that it started have worked; 0 where unknown."""
    ticks = _ticks()
    return 0.0 if ticks is None else 1000 * ticks / os.sysconf("SC_CLK_TCK")


def _ticks() -> int | None:
    """Return the ticks of a core that all descendants of this process have worked; None where the system is silent."""
    parents, ticks = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)], ticks[int(folder.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    if not parents:
        return None
    own = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in own} - own:
        own |= more
    return sum(ticks[process] for process in own)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())


def _browser() -> str:
    try:
        process = subprocess.run(
            [find_chromium(), "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (NoBrowser, OSError, subprocess.TimeoutExpired):
        return "no browser"
    return process.stdout.strip() or "a browser of unknown version"
