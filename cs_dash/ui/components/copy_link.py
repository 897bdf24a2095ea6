"""The button that copies the page's address, by a script of the shell."""

from __future__ import annotations

from cs_dash.look.templates import render
from cs_dash.ui.components.html import html


def copy_link(load: int) -> None:
    """Show a button that puts the page's address on the clipboard; it tells the rail which load is shown."""
    html(render("components/copy_link.html", load=load), width="content")
