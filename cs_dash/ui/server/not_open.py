"""What a page says that its reader may not open."""

from __future__ import annotations

from cs_dash import page_registry as registry
from cs_dash.errors import NotAllowed
from cs_dash.look.templates import render
from cs_dash.page_registry import Page
from cs_dash.sharing import Reader
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.state import address


def not_open(page: Page, who: Reader) -> None:
    """Say why a page is not shown; who reads by a link is led to the pages that it opens."""
    if who.kind == "link":
        pages = [each for each in registry.pages() if each.in_rail and who.may_open(each)]
        links = [{"title": each.title, "href": address.link(each.name)} for each in pages]
        html(render("sharing/not_open.html", title=page.title, links=links))
        return
    with guarded():
        raise NotAllowed(
            "Not open to you",
            f"Could not open {page.title} because your role does not include it.",
            "Ask an admin for another role.",
        )
