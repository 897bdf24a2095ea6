"""A tab of the browser whose loads and clicks are timed, from inside the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError

WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
QUIET = 300
"""Milliseconds without a change after which a page counts as finished; they are not part of the time."""
PATIENCE = 60_000


@dataclass(frozen=True)
class Timing:
    """Milliseconds: until all was drawn, and until the server had sent its last message."""

    drawn_ms: float
    sent_ms: float


class Tab:
    """One tab on one server.

    A load takes from the start of the navigation, a click from the release of the button, until the last change of
    what is shown: the script has ended, every chart has its marks, every table is drawn.

    With `listens` the server's messages are kept in `messages`; it takes time, so not while something is timed.
    """

    def __init__(self, context: BrowserContext, base: str, *, listens: bool = False) -> None:
        self.base = base
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.messages: list[bytes] = []
        if listens:
            self.page.on("websocket", lambda socket: socket.on("framereceived", self._heard))

    def _heard(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.messages.append(payload)

    def load(self, path: str, charts: int = 0, tables: int = 0) -> Timing:
        """Open a page and return how long it took; at least so many charts and tables are awaited."""
        self.messages.clear()
        self.page.goto(f"{self.base}/{path}", wait_until="commit")
        return self._took("start", charts, tables, f"the page {path}")

    def press(self, target: Locator, name: str) -> Timing:
        """Click something and return how long the page took to show its effect."""
        target.hover()
        self.settle()
        target.click()
        return self._took("press", 0, 0, name)

    def counts_of_marks(self) -> dict[str, int]:
        """Return how many charts and tables are drawn."""
        counts: dict[str, int] = self.page.evaluate("watched.shown()")
        return counts

    def settle(self) -> None:
        """Wait until nothing changes."""
        self.page.wait_for_function("quiet => watched.still(quiet)", arg=QUIET, timeout=PATIENCE, polling=20)

    def close(self) -> None:
        """Close the tab; its session on the server ends."""
        self.page.close()

    def _took(self, since: str, charts: int, tables: int, name: str) -> Timing:
        condition = {"since": since, "charts": charts, "tables": tables, "quiet": QUIET}
        try:
            # The start of a document has no `watched` yet.
            handle = self.page.wait_for_function(
                "wanted => window.watched && watched.took(wanted)", arg=condition, timeout=PATIENCE, polling=20
            )
        except TimeoutError:
            state = self.page.evaluate(
                "() => ({...watched.seen, ...watched.shown(), state:"
                " document.querySelector('[data-testid=stApp]')?.dataset.testScriptState})"
            )
            raise RuntimeError(
                f"Could not time {name} because it did not finish: {state}, wanted {condition}."
            ) from None
        drawn_ms, sent_ms = handle.json_value()
        return Timing(drawn_ms, sent_ms)
