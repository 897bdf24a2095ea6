"""The first HTML of a visit: Streamlit's own, with the server's address and our name, icon and style sheet.

Without the address, Streamlit looks for its server below the page's own address first: two requests that fail, two
errors in the console and one round trip more on every deep link. Sent by the script, the style sheet would come with
every click.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cs_dash import page_registry as registry
from cs_dash.look.templates import Markup, render
from cs_dash.page_registry import tab_title
from cs_dash.sharing import LOCAL, Reader
from cs_dash.ui.server.sign_in_settings import sign_out_address
from cs_dash.ui.server.streamlit_sign_in import CALLBACK
from cs_dash.ui.server.style import css
from cs_dash.ui.state.address import CARRIED
from cs_dash.ui.state.reader import reader_of_request

NAME = registry.PRODUCT
ICON = Path(__file__).parent / "static" / "icon.png"
SCRIPTS = tuple(
    Path(__file__).parent / "scripts" / f"{name}.js" for name in ("links", "rail", "search", "tables", "print")
)
COUNTED = "accounts"
"""The page beside which the rail writes how many accounts are at risk."""
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STREAMLITS_TITLE, TITLE = "<title>Streamlit</title>", "<title>{}</title>"
FONT = re.compile(r"<link\s+rel=\"preload\"[^>]*SourceSans[^>]*/>\s*")


@lru_cache(maxsize=64)
def index_html(reader: Reader = LOCAL) -> str:
    """Return the HTML of the first answer: its rail lists what the reader may open."""
    # Every page lies one step below the server's address, so "./" is that address.
    scripts = render("server/scripts.html", digest=hashlib.sha256(shell_script().encode()).hexdigest()[:12])
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = FONT.sub("", html).replace(STREAMLITS_TITLE, TITLE.format(NAME))
    # The style sheet at the end, after what Streamlit styles itself.
    html = html.replace("<head>", f"<head>{scripts}", 1).replace("</body>", f"{css()}</body>", 1)
    return html.replace("<body>", f"<body>{rail_html(reader)}", 1)


def rail_html(reader: Reader = LOCAL) -> Markup:
    """Return the rail with its search, outside of what Streamlit draws: it costs no element of a page's run."""
    sections = [
        (section, [page for page in pages if page.in_rail and reader.may_open(page)])
        for section, pages in registry.by_section().items()
    ]
    return render(
        "server/rail.html",
        name=NAME,
        home=registry.home().name,
        scope_names=CARRIED,
        sections=[(section, pages) for section, pages in sections if pages],
        counted=COUNTED,
        parts=lambda page: [part.name for part in registry.pages() if part.part_of == page.name],
        href=registry.href,
        person=reader.id if reader.kind == "person" else "",
        sign_out=sign_out_address() if reader.kind == "person" else "",
        icon=lambda name: render("server/icon.html", name=name),
    )


@cache
def shell_script() -> str:
    """Return the script of everything around a page and in it: links, rail, search, tables."""
    return "\n".join(file.read_text(encoding="utf-8") for file in SCRIPTS)


class PageName(Convertor[str]):
    """The path of a page, existing or not: neither a file nor a route of Streamlit."""

    regex = f"(?!{CALLBACK.removeprefix('/')}$)[A-Za-z0-9][A-Za-z0-9-]*"

    def convert(self, value: str) -> str:
        """Return the name unchanged."""
        return value

    def to_string(self, value: str) -> str:
        """Return the name unchanged."""
        return value


async def index(request: Request) -> HTMLResponse:
    """Answer with the shell, which is never kept: it names the files of this release. Its title is the page's."""
    page = registry.by_name().get(request.path_params.get("name", registry.home().name))
    html = index_html(await run_in_threadpool(reader_of_request, request))
    if page:
        html = html.replace(TITLE.format(NAME), TITLE.format(tab_title(page.title)), 1)
    return HTMLResponse(html, headers={"Cache-Control": "no-cache"})


async def script(_: Request) -> Response:
    """Answer with the shell's script, which its address names by what is in it."""
    return Response(shell_script(), media_type="text/javascript", headers={"Cache-Control": "public, max-age=31536000"})


async def icon(_: Request) -> FileResponse:
    """Answer with the tab's icon, where a browser looks for it."""
    return FileResponse(ICON)


async def moved(request: Request) -> RedirectResponse:
    """Send who uses an address of before to the page that has it now, with the same query.

    The first page is at the root, also for who names it.
    """
    page = registry.by_old_address().get(request.url.path.rpartition("/")[2], registry.home())
    target = registry.href(page)
    return RedirectResponse(f"{target}?{request.url.query}" if request.url.query else target)


def routes() -> list[Route]:
    """Return the routes of all pages; the navigation reports one that does not exist."""
    register_url_convertor("page", PageName())
    return [
        Route("/", index),
        Route("/favicon.png", icon),
        Route("/shell.js", script),
        *(Route(f"/{name}", moved) for name in (registry.home().name, *registry.by_old_address())),
        Route("/{name:page}", index),
    ]
