"""First loads and clicks in the scope bar, against the same page without anything of ours, in one browser."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from benchmarks.clicks import chosen, clicks, close, idle, like
from benchmarks.machine import wait_for_rest, work_ms
from benchmarks.pairs import Pairs
from benchmarks.recording import Recorded, freeze
from benchmarks.tab import Tab, Timing
from cs_dash import page_registry as registry
from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from cs_dash.ui.server.warm_up import COMPUTE_AHEAD
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import ROOT, free_port, running_server, serving

PAGES = tuple(page.name for page in registry.pages())
FLOOR = Path(__file__).parent / "floor"
VIEWPORT: ViewportSize = {"width": 1280, "height": 900}
CLIENT = re.compile(r"^\[client\]\n(?:.+\n)*", re.MULTILINE)
SCOPES = ("", "period=6m", "f.segment=SMB", "compare=none")
"""As it opens, after another period was clicked, after a filter was, and after a comparison was."""
OPENED = {"account": "account=ACC-1001"}
"""What a page is opened with."""
AS_IT_IS: Mapping[str, bool] = {"as it is": True}
Say = Callable[[str], None]


def measure(
    rounds: int,
    say: Say,
    only: tuple[str, ...] = (),
    *,
    ways: Mapping[str, bool] = AS_IT_IS,
    patience_s: float = 30,
    show: Callable[[str, Pairs, Mapping[str, Recorded]], None] = lambda *_: None,
) -> tuple[dict[str, Pairs], dict[str, Recorded]]:
    """Measure every page in each of the ways and return the times, in milliseconds, with what each page consists of.

    A way is {name: whether our server computes what is one click away while nobody waits, as it does for everybody}.
    Before each turn up to `patience_s` seconds are spent until the machine is at rest. `show` gets what is known so
    far after each page.

    Both servers start afresh in every round, so that no answer is known yet when it is first asked for; ours and the
    floor take turns, and who begins changes from round to round.
    """
    times = {way: Pairs("ms") for way in ways}
    pages = tuple(page for page in PAGES if not only or page in only)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        workspace = folder / "workspace"
        say("Loading the demo company.")
        demo(workspace)
        say("Recording what the pages consist of.")
        recorded = record(browser, workspace, folder, pages)
        for way, turn in product(ways, range(rounds)):
            say(f"Round {turn + 1} of {rounds}, {way}.")
            with ours(workspace, folder, prefetch=ways[way]) as base, floor(folder) as bare:
                # Not measured: the first visitor after a start pays for what both servers load late.
                for address in (base, bare):
                    with profile(browser) as context:
                        Tab(context, address).load(PAGES[-1])
                at = turn % len(pages)
                for page in (*pages[at:], *pages[:at]):
                    _page(browser, recorded[page], base, bare, turn, times[way], patience_s)
                    show(way, times[way], recorded)
    return times, recorded


def demo(workspace: Path) -> None:
    """Load the demo company's files into a new workspace."""
    files = [
        (file.name, BytesIO(file.read_bytes())) for file in sorted((ROOT / "data").iterdir()) if file.suffix != ".md"
    ]
    pipeline.load(Workspace(workspace), files)


def record(browser: Browser, workspace: Path, folder: Path, pages: Sequence[str]) -> dict[str, Recorded]:
    """Visit each of these pages in four scopes, freeze them for the floor, and return what the first consists of.

    The first page of all and the last, which the floor needs for its root and its first visitor, are visited in one.
    """
    sent: dict[str, list[list[bytes]]] = {}
    with ours(workspace, folder) as base:
        for page in PAGES:
            if page not in (*pages, PAGES[0], PAGES[-1]):
                continue
            for scope in SCOPES if page in pages else SCOPES[:1]:
                with profile(browser) as context:
                    tab = Tab(context, base, listens=True)
                    tab.load(page_address(page, scope))
                    tab.settle()
                    sent.setdefault(page, []).append(list(tab.messages))
    return freeze(sent, folder / "floor")


@contextmanager
def ours(workspace: Path, folder: Path, *, prefetch: bool = False) -> Iterator[str]:
    """Serve our app and give its address."""
    environment = {COMPUTE_AHEAD: "on" if prefetch else "off"}
    with running_server(workspace, folder / "ours.log", environment) as base:
        yield base


@contextmanager
def floor(folder: Path) -> Iterator[str]:
    """Serve the recorded pages and give their address: the same server, theme and typeface.

    Of the client's settings it has Streamlit's own, as a bare page has.
    """
    app = folder / "floor"
    for file in FLOOR.glob("*.py"):
        shutil.copy(file, app)
    shutil.copytree(ROOT / "cs_dash" / "ui" / "server" / "static", app / "static", dirs_exist_ok=True)
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    (app / ".streamlit").mkdir(exist_ok=True)
    (app / ".streamlit" / "config.toml").write_text(CLIENT.sub("", settings), encoding="utf-8")
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(app / "app.py")),
        *("--server.address", "127.0.0.1", "--server.port", str(port)),
        *("--server.headless", "true", "--server.showEmailPrompt", "false"),
    ]
    with serving(command, port, folder / "floor.log", {"CS_DASH_FLOOR": str(app)}, app) as base:
        yield base


@contextmanager
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser profile in which nothing is cached."""
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    try:
        yield context
    finally:
        context.close()


def path(page: str) -> str:
    """Return the path of a page below the server's address."""
    return "" if page == registry.home().name else page


def page_address(page: str, scope: str = "") -> str:
    """Return the address of a page below the server's: its path, what it is opened with, and a scope."""
    query = "&".join(filter(None, (OPENED.get(page, ""), scope)))
    return f"{path(page)}?{query}" if query else path(page)


def _page(
    browser: Browser, content: Recorded, base: str, bare: str, turn: int, times: Pairs, patience_s: float
) -> None:
    with ExitStack() as stack:
        contexts = [stack.enter_context(profile(browser)) for _ in range(2)]
        for name in ("first load", "load again"):
            tabs = [Tab(context, address) for context, address in zip(contexts, (base, bare), strict=True)]
            own_load, bare_load = (_load(tab, content) for tab in tabs)
            _note(times, content.page, name, _in_turn(turn, own_load, bare_load, patience_s=patience_s))
            if name == "first load":
                for tab in tabs:
                    tab.close()
        own, other = tabs
        for at, click in enumerate(clicks(own, turn)):
            counterpart = like(other, click.like, click.at)
            took = _in_turn(
                turn + at, partial(own.press, *click.aim), partial(other.press, *counterpart.aim), patience_s
            )
            close(other)
            _note(times, content.page, click.name, took)
        if chosen(other) == 0:
            other.press(*like(other, "pill").aim)
        for _ in range(3):
            times.add_rest(content.page, other.press(*idle(other).aim).drawn_ms)


@dataclass(frozen=True)
class Turn:
    """What one load or click took, and the milliseconds of a core that server and browser worked for it."""

    timing: Timing
    work_ms: float


def _note(times: Pairs, page: str, action: str, took: tuple[Turn, Turn]) -> None:
    own, bare = took
    sent = own.timing.sent_ms, bare.timing.sent_ms
    times.add(page, action, own.timing.drawn_ms, bare.timing.drawn_ms, *sent, own.work_ms, bare.work_ms)


def _load(tab: Tab, content: Recorded) -> Callable[[], Timing]:
    return lambda: tab.load(page_address(content.page), content.charts, content.tables)


def _in_turn(turn: int, own: Callable[[], Timing], other: Callable[[], Timing], patience_s: float) -> tuple[Turn, Turn]:
    """Do both, the floor first in every second turn, and return the two times, ours first.

    Before each turn the machine comes to rest, as it does while somebody reads: what ours computes ahead must not slow
    the floor.
    """
    took: dict[Callable[[], Timing], Turn] = {}
    for do in (other, own) if turn % 2 else (own, other):
        wait_for_rest(patience=patience_s)
        before = work_ms()
        timing = do()
        took[do] = Turn(timing, work_ms() - before)
    return took[own], took[other]
