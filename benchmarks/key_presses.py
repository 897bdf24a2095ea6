"""How long a key press takes that labels a ticket, against one that checks a ticket of an audit.

`python -m benchmarks.key_presses [PRESSES]`: what a label changes is computed after it (the model, the kinds, the
share), what an audit says is not; so a ratio near 1 shows that a key press waits for nothing that follows it. Both
pages are open at once on one server with the same tickets, and the presses take turns. The time runs from the key to
the next ticket on the screen.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.pages import ours
from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.browser.chromium import ARGUMENTS, find_chromium

PRESSES = 30
KEYS = {"How": "1", "Broken": "2"}
LONG = 60_000


def tickets() -> bytes:
    """Return 240 tickets of two kinds that no word list knows."""
    subjects = (f"{('How zig', 'Broken zag')[at % 2]} of thing {at}" for at in range(240))
    lines = (f"T-{at},2026-05-{1 + at % 28:02d},{subject}\n" for at, subject in enumerate(subjects))
    return ("ticket_id,created_at,subject\n" + "".join(lines)).encode()


def press(page: Page) -> float:
    """Press the key of the kind of the ticket that is shown, and return the seconds until the next is."""
    ticket = page.locator(".cs-ticket").last
    text = ticket.inner_text()
    key = KEYS[page.locator(".cs-ticket h2").last.inner_text().split()[0]]
    start = time.perf_counter()
    page.keyboard.press(key)
    expect(ticket).not_to_have_text(text, timeout=LONG, use_inner_text=True)
    return time.perf_counter() - start


def main() -> None:
    presses = int(sys.argv[1]) if len(sys.argv) > 1 else PRESSES
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        workspace = Workspace(Path(name) / "workspace")
        pipeline.load(workspace, [("tickets.csv", io.BytesIO(tickets()))])
        version = workspace.current()
        if version is None:
            raise SystemExit("Could not measure because the tickets did not load.")
        pipeline.derive_artifacts(workspace, version)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        with ours(workspace.folder, Path(name)) as base:
            labelling, audit = (browser.new_page(viewport={"width": 420, "height": 900}) for _ in range(2))
            for page in (labelling, audit):
                page.goto(f"{base}/support-demand?period=all")
            labelling.get_by_text("Label what teaches most", exact=True).click()
            audit.get_by_text("Check 100 tickets", exact=True).click()
            audit.get_by_role("button", name="Check 100 tickets").click()
            for page in (labelling, audit):
                expect(page.locator(".cs-ticket").last).to_be_visible(timeout=LONG)
                press(page)  # not timed: the first one loads what the others use
            times: dict[Page, list[float]] = {labelling: [], audit: []}
            for turn in range(presses):
                for page in (labelling, audit) if turn % 2 else (audit, labelling):
                    page.bring_to_front()
                    times[page].append(press(page))
        browser.close()
    label, check = (median(times[page]) for page in (labelling, audit))
    print(f"{presses} presses each: a label {label:.2f} s, an audited ticket {check:.2f} s, {label / check:.2f} x")


if __name__ == "__main__":
    main()
