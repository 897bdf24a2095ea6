"""What the figures were taken on, in words."""

from __future__ import annotations

import os
import platform
import subprocess
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


def others() -> float | None:
    """Return how many programs on average wanted a core in the last minute; None where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _browser() -> str:
    try:
        told = subprocess.run([find_chromium(), "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (NoBrowser, OSError, subprocess.TimeoutExpired):
        return "no browser"
    return told.stdout.strip() or "a browser of unknown version"
