"""A real server and a real browser for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from cs_dash.ui.server.warm_up import COMPUTE_AHEAD
from tests.browser.chromium import ARGUMENTS, NoBrowser, find_chromium
from tests.browser.server import ServerFactory, running_server

HERE = Path(__file__).parent
LOCAL = {"127.0.0.1", "localhost", "::1"}
NEEDS_BROWSER = {"chromium", "browser", "new_page", "page"}
Pages = Callable[..., Page]
Servers = Callable[..., AbstractContextManager[str]]
LONG = 60_000
FORGET = """if (location.protocol !== "about:" && Number(sessionStorage.getItem("visit")) < VISIT) {
    localStorage.clear();
    sessionStorage.clear();
    sessionStorage.setItem("visit", "VISIT");
}"""
"""What a page runs first: a visitor who just came knows nothing of earlier ones."""


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
def server_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the session's server."""
    return tmp_path_factory.mktemp("server") / "workspace"


@pytest.fixture(scope="session")
def server(server_workspace: Path) -> Iterator[str]:
    """The address of a server on a workspace that was empty when the first test asked for it."""
    with running_server(server_workspace, server_workspace.parent / "log.txt", QUIET) as base:
        yield base


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory, start_server: Servers) -> Iterator[str]:
    """The address of a server on a workspace into which nobody loads anything."""
    folder = tmp_path_factory.mktemp("empty")
    with start_server(folder / "workspace", folder / "log.txt", QUIET) as base:
        yield base


@pytest.fixture(scope="session")
def start_server() -> Iterator[Servers]:
    """What starts a server as `running_server` does, quickly where the system can fork."""
    if not hasattr(os, "fork"):
        yield running_server
        return
    factory = ServerFactory()
    yield factory.running_server
    factory.close()


@pytest.fixture
def cold_server(tmp_path: Path, start_server: Servers, tabs: Tabs) -> Iterator[Callable[[Path | None], str]]:
    """Start a fresh server on a workspace (None: an empty one) and return its address; it ends with the test.

    It computes nothing ahead: that would be lost with it. Every tab leaves it first: one that asks a server which has
    ended writes an error.
    """
    with ExitStack() as servers:
        started = 0

        def start(workspace: Path | None = None) -> str:
            nonlocal started
            started += 1
            folder = workspace or tmp_path / f"workspace{started}"
            base = servers.enter_context(start_server(folder, tmp_path / f"server{started}.txt", QUIET))
            servers.callback(tabs.leave, base)
            return base

        yield start


# Of the module, not of the session: while Playwright runs, other tests of the process could not use asyncio.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield started
        started.close()


class Tabs:
    """The tabs of one browser, with the same profile for the same options.

    They are used again: a new one compiles all scripts anew, which takes longer than the page itself.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._profiles: dict[str, BrowserContext] = {}
        self._free: dict[str, list[Page]] = {}
        self._visits = 0

    def take(self, options: dict[str, object]) -> tuple[Page, Callable[[], None]]:
        """Return a tab in which nothing was visited yet, and what gives it back."""
        name = repr(sorted(options.items()))
        if name not in self._profiles:
            settings: dict[str, Any] = {"locale": "en-GB", "reduced_motion": "reduce"}
            self._profiles[name] = self._browser.new_context(**(settings | options))
        profile, free = self._profiles[name], self._free.setdefault(name, [])
        self._visits += 1
        profile.clear_cookies()
        tab = free.pop() if free else profile.new_page()
        tab.add_init_script(FORGET.replace("VISIT", str(self._visits)))

        def give_back() -> None:
            if not tab.is_closed():
                tab.goto("about:blank")  # ends the visit while its server still runs
                free.append(tab)

        return tab, give_back

    def leave(self, base: str) -> None:
        """Leave the server at this address in every tab."""
        for profile in self._profiles.values():
            for tab in profile.pages:
                if tab.url.startswith(base):
                    tab.goto("about:blank")


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Tabs:
    """The tabs of the module's browser."""
    return Tabs(browser)


@pytest.fixture
def new_page(tabs: Tabs) -> Iterator[Pages]:
    """Open a page as a new visitor does: `new_page(viewport=..., color_scheme=..., locale=...)`.

    The test fails in the end when a page wrote an error to the console, threw one, or asked another machine anything.
    """
    complaints: list[str] = []
    endings: list[Callable[[], None]] = []

    def open_page(viewport: ViewportSize | None = None, **options: object) -> Page:
        page, give_back = tabs.take(options)
        page.set_viewport_size(viewport or {"width": 1280, "height": 900})
        endings.extend((give_back, watch(page, complaints)))
        return page

    yield open_page
    for end in endings:
        end()
    if complaints:
        pytest.fail("The page is not clean:\n" + "\n".join(dict.fromkeys(complaints)), pytrace=False)


@pytest.fixture
def page(new_page: Pages) -> Page:
    """A page of 1280 x 900 in a fresh profile."""
    return new_page()


def watch(page: Page, complaints: list[str]) -> Callable[[], None]:
    """Write down what `page` does that no page may do: console errors, exceptions, requests to other machines.

    Returns what ends it.
    """

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console error: {message.text} ({message.location.get('url', '')})")

    def on_error(error: Error) -> None:
        complaints.append(f"exception in the page: {error}")

    def on_request(request: Request) -> None:
        if not is_local(request.url):
            complaints.append(f"request to another machine: {request.url}")

    def on_socket(socket: WebSocket) -> None:
        if not is_local(socket.url):
            complaints.append(f"connection to another machine: {socket.url}")

    listeners: dict[Any, Any] = {
        "console": on_console, "pageerror": on_error, "request": on_request, "websocket": on_socket,
    }  # fmt: skip
    for event, listener in listeners.items():
        page.on(event, listener)

    def end() -> None:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)

    return end


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
        polling=50,  # not with every frame
    )


FOLLOW = """href => new Promise(done => {
  const app = document.querySelector("[data-test-script-state]");
  const seen = new MutationObserver(done);
  seen.observe(app, {attributes: true, attributeFilter: ["data-test-script-state"]});
  setTimeout(done, 2000);  // a run can be over before anybody sees that it began
  const link = document.body.appendChild(Object.assign(document.createElement("a"), {href}));
  link.click();
  link.remove();
}).then(() => null)"""


def follow(page: Page, address: str) -> None:
    """Open an address of the app as a link on its pages does, which compiles no script anew; wait until it stands."""
    if page.url != address:
        page.evaluate(FOLLOW, address)
    settled(page)


def choose(page: Page, menu: str, entry: str) -> None:
    """Choose an entry of a menu of the scope: of "Period" or of "Compare with"."""
    box = page.locator(f".cs-menu:has(summary[aria-label^='{menu}:'])")
    box.locator("summary").click()
    box.get_by_role("link", name=entry, exact=True).click()
    expect(box.locator("summary")).to_have_text(entry, timeout=LONG)  # the page has been given anew
