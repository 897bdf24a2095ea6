"""The app in the browser of whoever started it: Streamlit opens one only with its developer features switched on."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser

ADDRESS = "CS_DASH_BROWSER"
"""The environment variable with the address that is to be opened; `serve` sets it."""
_SECONDS = 0.5
"""From here the server takes so long, or less, until it answers."""


def open_browser() -> None:
    """Open the address in a moment, where somebody asked for it and there is a screen."""
    address = os.environ.get(ADDRESS)
    has_screen = sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if address and has_screen:
        timer = threading.Timer(_SECONDS, webbrowser.open, [address])
        timer.daemon = True
        timer.start()
