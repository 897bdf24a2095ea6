"""A real server and a real browser for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    sync_playwright,
)

from cs_dash.ui.server.warm_up import COMPUTE_AHEAD
from tests.browser.chromium import ARGUMENTS, NoBrowser, find_chromium
from tests.browser.server import running_server

HERE = Path(__file__).parent
LOCAL = {"127.0.0.1", "localhost", "::1"}
NEEDS_BROWSER = {"chromium", "browser", "new_page", "page"}
Pages = Callable[..., Page]
LONG = 60_000
FORGET = """if (!sessionStorage.getItem("visited")) {
    localStorage.clear();
    sessionStorage.setItem("visited", "yes");
}"""
"""What a page runs first: a tab that was just opened knows nothing of earlier visitors."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser."""
    for item in items:
        if HERE in item.path.parents and NEEDS_BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


QUIET = {COMPUTE_AHEAD: "off"}
"""Answers computed ahead take the processor from the test; `test_the_demo_company_in_one_click` has a usual server."""


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser. Without one the tests skip; where CI is set they fail."""
    try:
        return find_chromium()
    except NoBrowser as problem:
        if os.environ.get("CI"):
            pytest.fail(str(problem), pytrace=False)
        pytest.skip(str(problem))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a workspace that was empty when the first test asked for it."""
    folder = tmp_path_factory.mktemp("server")
    with running_server(folder / "workspace", folder / "log.txt", QUIET) as base:
        yield base


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a workspace into which nobody loads anything."""
    folder = tmp_path_factory.mktemp("empty")
    with running_server(folder / "workspace", folder / "log.txt", QUIET) as base:
        yield base


@pytest.fixture
def cold_server(tmp_path: Path) -> Iterator[Callable[[Path | None], str]]:
    """Start a fresh server on a workspace (None: an empty one) and return its address; it ends with the test.

    It computes nothing ahead: that would be lost with it.
    """
    with ExitStack() as servers:
        started = 0

        def start(workspace: Path | None = None) -> str:
            nonlocal started
            started += 1
            folder = workspace or tmp_path / f"workspace{started}"
            return servers.enter_context(running_server(folder, tmp_path / f"server{started}.txt", QUIET))

        yield start


# Of the module, not of the session: while Playwright runs, other tests of the process could not use asyncio.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def profiles(browser: Browser) -> Callable[..., BrowserContext]:
    """Return a browser profile for some options: the same for the same, since an empty one compiles all scripts anew.

    What pages keep in a profile is forgotten with each call.
    """
    contexts: dict[str, BrowserContext] = {}

    def profile(**options: object) -> BrowserContext:
        name = repr(sorted(options.items()))
        if name not in contexts:
            settings: dict[str, Any] = {"locale": "en-GB"}
            contexts[name] = browser.new_context(**(settings | options))
            contexts[name].add_init_script(FORGET)
        contexts[name].clear_cookies()
        return contexts[name]

    return profile


@pytest.fixture
def new_page(profiles: Callable[..., BrowserContext]) -> Iterator[Pages]:
    """Open a page as a new visitor does: `new_page(viewport=..., color_scheme=..., locale=...)`.

    The test fails in the end when a page wrote an error to the console, threw one, or asked another machine anything.
    """
    complaints: list[str] = []
    pages: list[Page] = []

    def open_page(viewport: ViewportSize | None = None, **options: object) -> Page:
        page = profiles(**options).new_page()
        page.set_viewport_size(viewport or {"width": 1280, "height": 900})
        pages.append(page)
        watch(page, complaints)
        return page

    yield open_page
    for page in pages:
        page.close()
    if complaints:
        pytest.fail("The page is not clean:\n" + "\n".join(dict.fromkeys(complaints)), pytrace=False)


@pytest.fixture
def page(new_page: Pages) -> Page:
    """A page of 1280 x 900 in a fresh profile."""
    return new_page()


def watch(page: Page, complaints: list[str]) -> None:
    """Write down what `page` does that no page may do: console errors, exceptions, requests to other machines."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console error: {message.text} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        if not is_local(request.url):
            complaints.append(f"request to another machine: {request.url}")

    def on_socket(socket: WebSocket) -> None:
        if not is_local(socket.url):
            complaints.append(f"connection to another machine: {socket.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"exception in the page: {error}"))
    page.on("request", on_request)
    page.on("websocket", on_socket)


def is_local(address: str) -> bool:
    """Return whether `address` stays on this machine; data, blob and about addresses never leave it."""
    parts = urlsplit(address)
    return parts.scheme not in {"http", "https", "ws", "wss"} or parts.hostname in LOCAL


def settled(page: Page) -> None:
    """Wait until the page stands: its title, no run under way, every chart drawn."""
    page.locator(".stMainBlockContainer h1").wait_for(timeout=LONG)
    page.wait_for_function(
        "() => document.querySelector('[data-test-script-state=notRunning]')"
        " && !document.querySelector('[data-testid=stSkeleton]')"
        " && [...document.querySelectorAll('.stVegaLiteChart')].every(chart => chart.querySelector('svg, canvas'))",
        timeout=LONG,
    )
