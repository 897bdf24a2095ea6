"""Tabs as links: which one is open is in the address, so a copied link opens the same one."""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.look.templates import render
from cs_dash.ui.components.html import html
from cs_dash.ui.state import address

TAB = "tab"
"""What the address calls the open tab."""


def tabs(page: str, labels: Mapping[str, str], otherwise: str = "") -> str:
    """Show the tabs of a page and return the open one: `otherwise`, or else the first, where the address names none.

    `labels`: name in the address -> label. The rest of the page's own choices stay behind: they belong to a tab.
    """
    first = next(iter(labels))
    requested = (address.read().get(TAB) or [otherwise])[-1]
    current = requested if requested in labels else first
    entries = [
        {"label": label, "href": address.link(page, tab="" if name == first else name), "open": name == current}
        for name, label in labels.items()
    ]
    html(render("navigation/tabs.html", tabs=entries))
    return current
