"""The HTML a browser is given first: Streamlit's own, told where the server is, with our name on it.

Without being told, Streamlit looks for its server below the page's own address first: two requests that fail, two
errors in the console and one round trip more on every deep link.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from cs_dash.ui.places import HOME, SECTIONS

NAME = "cs_dash"
# Every page lies one step below the server's address, so "./" is that address.
TOLD = (
    '<script>window.__streamlit = {BACKEND_BASE_URL: new URL("./", document.baseURI).href.replace(/[/]$/, "")}</script>'
)
FONT = re.compile(r"<link\s+rel=\"preload\"[^>]*SourceSans[^>]*/>\s*")


@cache
def shell() -> str:
    """Return the HTML of the first answer."""
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = FONT.sub("", html).replace("<title>Streamlit</title>", f"<title>{NAME}</title>")
    return html.replace("<head>", f"<head>{TOLD}", 1)


async def answer(_: Request) -> HTMLResponse:
    """Answer with the shell, which is never kept: it names the files of this release."""
    return HTMLResponse(shell(), headers={"Cache-Control": "no-cache"})


async def home(request: Request) -> RedirectResponse:
    """Send who names the first page to where it is, at the root, with the same query."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


def routes() -> list[Route]:
    """Return the addresses of the pages."""
    names = [name for section in SECTIONS.values() for name in section if name != HOME]
    return [Route("/", answer), Route(f"/{HOME}", home), *(Route(f"/{name}", answer) for name in names)]
