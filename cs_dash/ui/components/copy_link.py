"""What is shown, in one quiet line, and the button that copies its address by a script of the first HTML."""

from __future__ import annotations

from cs_dash.look.templates import render
from cs_dash.ui.components.html import html


def copy_link(caption: str) -> None:
    """Show `caption` and, beside it, a button that puts the page's address on the clipboard."""
    html(render("components/copy_link.html", caption=caption))
