"""Which Chromium the tests drive, and how one comes onto a machine that has none.

In this order: the one that CHROMIUM names; one installed on the machine; the one Playwright keeps. With `--install`
also: Playwright's download; then the system's package manager, where it may be used without a password.

    python -m tests.browser.chromium [--install]

prints the path of a Chromium that starts, and nothing else, on stdout. Without one the reason is on stderr; the exit
status is then 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# The one without windows opens a profile in a third of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 600  # seconds that a download or an installation may take


class NoBrowser(Exception):
    """No Chromium was found; the message says what was tried."""


def find_chromium() -> str:
    """Return the path of a Chromium on this machine that starts. Raises NoBrowser when there is none."""
    configured = os.environ.get("CHROMIUM", "")
    if configured:
        path = shutil.which(configured)
        if path and starts(path):
            return path
        raise NoBrowser(f"Could not use the browser that CHROMIUM names because {configured} does not start.")
    for path in installed():
        if starts(path):
            return path
    raise NoBrowser(
        "Could not find a browser because no Chromium or Chrome on this machine starts. "
        "Install one, name one in CHROMIUM, or run: python -m tests.browser.chromium --install"
    )


def installed() -> Iterator[str]:
    """Yield the paths at which this machine seems to have a Chromium, the most usual first."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield path
    for place in (*PLACES, playwrights_own()):
        if place and Path(place).is_file():
            yield place


def playwrights_own() -> str:
    """Return where Playwright keeps, or would keep, its own Chromium."""
    process = subprocess.run(
        [
            sys.executable,
            "-c",
            "from playwright.sync_api import sync_playwright as start\n"
            "with start() as playwright: print(playwright.chromium.executable_path)",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return process.stdout.strip() if process.returncode == 0 else ""


def starts(path: str) -> bool:
    """Return whether the browser at `path` starts: a file may be there whose libraries are not."""
    if os.name == "nt":  # there the browser would open a window instead of telling its version
        return True
    try:
        process = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return process.returncode == 0


def install_chromium() -> str:
    """Return the path of a Chromium that starts, installed first where there is none. Raises NoBrowser."""
    try:
        return find_chromium()
    except NoBrowser:
        if os.environ.get("CHROMIUM"):
            raise
    tried = []
    for step in (download_with_playwright, install_with_apt):
        tried.append(step())
        try:
            return find_chromium()
        except NoBrowser:
            continue
    raise NoBrowser(
        f"Could not get a browser: {'; '.join(tried)}. "
        "Install Chromium or Chrome, or name one in CHROMIUM, and try again."
    )


def download_with_playwright() -> str:
    """Let Playwright download its Chromium, and return how that went."""
    _say("Downloading a Chromium with Playwright.")
    return _run([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], "Playwright's download")


def install_with_apt() -> str:
    """Install Chromium and a typeface for Chinese with apt, where that needs no password; return how that went."""
    apt = shutil.which("apt-get")
    if not apt:
        return "there is no apt-get"
    may = _without_password()
    if may is None:
        return "apt-get needs a password"
    _say("Installing Chromium with apt-get.")
    environment = [*may, "env", "DEBIAN_FRONTEND=noninteractive", apt]
    updated = _run([*environment, "update"], "apt-get update")
    install = [*environment, "install", "--yes", "--no-install-recommends"]
    outcome = ""
    for package in ("chromium-headless-shell", "chromium", "chromium-browser"):
        outcome = _run([*install, package], f"apt-get install {package}")
        if outcome.endswith("worked"):
            # Without it Chinese is drawn as boxes in the pictures; nothing fails for that.
            _run([*install, "fonts-noto-cjk"], "apt-get install fonts-noto-cjk")
            break
    return f"{updated}, {outcome}"


def _without_password() -> list[str] | None:
    """Return what to put before a command to be root: nothing, sudo, or None where neither will do."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _run(command: Sequence[str], name: str) -> str:
    """Run `command`, its output on stderr, and return "NAME worked" or why it did not."""
    try:
        done = subprocess.run(command, stdout=sys.stderr, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"{name} took longer than {PATIENCE} s"
    except OSError as problem:
        return f"{name} could not start ({problem})"
    return f"{name} worked" if done.returncode == 0 else f"{name} ended with status {done.returncode}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(install_chromium() if "--install" in sys.argv[1:] else find_chromium())
    except NoBrowser as problem:
        sys.exit(str(problem))
