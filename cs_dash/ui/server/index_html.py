"""The first HTML of a visit: Streamlit's own, with the server's address and our name, icon and style sheet.

Without the address, Streamlit looks for its server below the page's own address first: two requests that fail, two
errors in the console and one round trip more on every deep link. Sent by the script, the style sheet would come with
every click.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.routing import Route

from cs_dash.look.templates import render
from cs_dash.ui import registry
from cs_dash.ui.server.style import css

NAME = "cs_dash"
ICON = Path(__file__).parent / "static" / "icon.png"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FONT = re.compile(r"<link\s+rel=\"preload\"[^>]*SourceSans[^>]*/>\s*")


@cache
def index_html() -> str:
    """Return the HTML of the first answer."""
    # Every page lies one step below the server's address, so "./" is that address.
    scripts = render("server/scripts.html")
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = FONT.sub("", html).replace("<title>Streamlit</title>", f"<title>{NAME}</title>")
    # At the end, after what Streamlit styles itself.
    return html.replace("<head>", f"<head>{scripts}", 1).replace("</body>", f"{css()}</body>", 1)


class PageName(Convertor[str]):
    """The path of a page, existing or not: neither a file nor a route of Streamlit."""

    regex = "[A-Za-z0-9][A-Za-z0-9-]*"

    def convert(self, value: str) -> str:
        """Return the name unchanged."""
        return value

    def to_string(self, value: str) -> str:
        """Return the name unchanged."""
        return value


async def index(_: Request) -> HTMLResponse:
    """Answer with the shell, which is never kept: it names the files of this release."""
    return HTMLResponse(index_html(), headers={"Cache-Control": "no-cache"})


async def icon(_: Request) -> FileResponse:
    """Answer with the tab's icon, where a browser looks for it."""
    return FileResponse(ICON)


async def moved(request: Request) -> RedirectResponse:
    """Send who uses an address of before to the page that has it now, with the same query.

    The first page is at the root, also for who names it.
    """
    page = registry.by_old_address().get(request.url.path.rpartition("/")[2], registry.home())
    target = "./" if page == registry.home() else f"./{page.name}"
    return RedirectResponse(f"{target}?{request.url.query}" if request.url.query else target)


def routes() -> list[Route]:
    """Return the routes of all pages; the navigation reports one that does not exist."""
    register_url_convertor("page", PageName())
    return [
        Route("/", index),
        Route("/favicon.png", icon),
        *(Route(f"/{name}", moved) for name in (registry.home().name, *registry.by_old_address())),
        Route("/{name:page}", index),
    ]
