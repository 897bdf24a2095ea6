"""The machine on which the figures were measured, in words."""

from __future__ import annotations

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
    """Wait until less than this share of the cores is busy; returns at once where the system does not tell."""
    deadline = time.monotonic() + patience
    worked, spent = _ticks()
    while spent and time.monotonic() < deadline:
        time.sleep(0.3)
        before, (worked, spent) = (worked, spent), _ticks()
        if worked - before[0] < busy * (spent - before[1]):
            return


def _ticks() -> tuple[int, int]:
    """Return the ticks that the cores have worked, and all of them; zeros where the system does not say."""
    try:
        spent = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    except OSError:
        return 0, 0
    idle = spent[3] + spent[4]
    return sum(spent) - idle, sum(spent)


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
