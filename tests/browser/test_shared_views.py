"""The long way from a line of the overview to the accounts behind a topic: each step's address is the whole view.

What somebody copies at any step shows the same on a server that has just started, in a browser that was never there;
Back leads to the very first view.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as NotInTime

from cs_dash.store.workspace import Workspace
from tests.browser.conftest import LONG, QUIET, Pages, Servers, settled

SIZE: ViewportSize = {"width": 1440, "height": 1000}
VIEW = """() => {
    const texts = (selector, root = document.querySelector(".stMain")) =>
        [...(root?.querySelectorAll(selector) ?? [])].map(element => element.innerText.replace(/\\s+/g, " ").trim());
    return JSON.stringify({
        head: texts("h1, .cs-says"),
        figures: texts(".cs-figure, .cs-account-figures > div"),
        scope: texts(".st-key-scope_bar .cs-chip-on, .st-key-scope_bar summary"),
        charts: texts(".chart-title"),
        opened: texts("[role=dialog]", document),
        rows: texts(".cs-table tbody tr, .cs-changes a, .cs-account-card tr").slice(0, 30),
    });
}"""
"""What a view says: its figures, its lists and what is open; pictures apart."""


class Visit:
    """A visitor, and a colleague who opens every copied address on a fresh server."""

    def __init__(self, page: Page, base: str, colleague: Page, fresh: str) -> None:
        self.page, self.base, self.colleague, self.fresh = page, base, colleague, fresh
        self.clicks = 0
        self.views: list[tuple[str, str]] = []

    def click(self, target: Locator, address: str) -> None:
        """Click and wait for the address that it leads to, and for another view."""
        self.clicks += 1
        before = self.page.evaluate(VIEW)
        target.click(timeout=LONG)
        self.page.wait_for_url(re.compile(address), timeout=LONG)
        self.page.wait_for_function(f"view => ({VIEW})() !== view", arg=before, timeout=LONG, polling=200)

    def look(self, *, opened: bool = False) -> dict[str, Any]:
        """Return what the page says, the same as the colleague sees under its address."""
        if opened:
            expect(self.page.get_by_role("dialog")).to_have_count(1, timeout=LONG)
        settled(self.page)
        view, url = str(self.page.evaluate(VIEW)), self.page.url
        self.colleague.goto(url.replace(self.base, self.fresh))
        shows(self.colleague, view)
        self.views.append((url, view))
        seen: dict[str, Any] = json.loads(view)
        assert len(seen["opened"]) == opened
        return seen

    def go_back(self) -> None:
        """Go back through all views, to the first."""
        for url, view in self.views[-2::-1]:
            self.page.go_back()
            shows(self.page, view)
            assert self.page.url == url


def shows(page: Page, view: str) -> None:
    """Wait until a page says what a view says; fail with the difference."""
    settled(page)
    with suppress(NotInTime):  # the comparison says what differs
        page.wait_for_function(f"view => ({VIEW})() === view", arg=view, timeout=LONG // 4, polling=200)
    assert json.loads(page.evaluate(VIEW)) == json.loads(view)


@pytest.fixture(scope="module")
def folder(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the demo company and its topics."""
    folder = tmp_path_factory.mktemp("views") / "workspace"
    shutil.copytree(demo_workspace.folder, folder)
    return folder


@pytest.fixture(scope="module")
def base(folder: Path, start_server: Servers) -> Iterator[str]:
    """The server of the visitor."""
    with start_server(folder, folder.parent / "log.txt", QUIET) as address:
        yield address


@pytest.fixture
def visit(folder: Path, base: str, cold_server: Callable[[Path | None], str], new_page: Pages) -> Visit:
    """A visitor whose colleague has a server that was started later."""
    page, colleague = new_page(viewport=SIZE), new_page(viewport=SIZE, color_scheme="light")
    return Visit(page, base, colleague, cold_server(folder))


def test_each_step_is_its_address_and_back_leads_to_the_first_view(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.base}/?period=6m")
    assert "6 months" in visit.look()["scope"]

    # a line of the overview -> the account -> its ticket -> the topic -> the accounts behind it -> one of them
    line = page.locator(".cs-changes a[href*='account=']").first
    name = line.inner_text()
    visit.click(line, r"/account\?.*account=")
    account = visit.look()["head"][0]
    assert account in name
    visit.click(page.locator(".cs-account-tickets .cs-newest a").first, r"/tickets\?.*ticket=")
    assert account in visit.look(opened=True)["opened"][0]
    visit.click(page.get_by_role("dialog").locator("a[href*='topic=']").first, r"/topics\?.*topic=")
    tickets = visit.look(opened=True)["opened"][0]
    assert account in tickets
    visit.click(page.get_by_text("Show accounts", exact=True), "behind=accounts")
    expect(page.get_by_role("dialog").get_by_role("columnheader", name="MRR")).to_be_visible(timeout=LONG)
    assert account in visit.look(opened=True)["opened"][0]
    other = page.get_by_role("dialog").locator("tbody a[href*='account=']").first
    name = other.inner_text()
    visit.click(other, r"/account\?.*account=")
    assert visit.look()["head"][0] == name
    visit.go_back()
    expect(page).to_have_url(f"{visit.base}/?period=6m")


def test_from_the_how_to_share_to_the_accounts_behind_a_topic(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.base}/")
    settled(page)
    visit.click(page.locator(".cs-figure a[href*='support-demand']").first, "/support-demand")
    settled(page)
    visit.click(page.locator(".cs-rail").get_by_role("link", name="Topics", exact=True), "/topics")
    settled(page)
    visit.click(page.locator(".st-key-chart_topics svg .mark-rect path").first, "topic=")
    tickets = visit.look(opened=True)
    bars = visit.colleague.locator(".st-key-chart_topics svg .mark-rect.role-mark path")
    opacities = bars.evaluate_all("bars => bars.map(bar => bar.getAttribute('opacity'))")
    assert opacities == ["1", *["0.35"] * (len(opacities) - 1)], "the mark that the address opens stands out"
    visit.click(page.get_by_text("Show accounts", exact=True), "behind=accounts")
    expect(page.get_by_role("dialog").get_by_role("columnheader", name="MRR")).to_be_visible(timeout=LONG)
    accounts = visit.look(opened=True)
    assert visit.clicks == 4
    of_list = re.search(r"([\d,]+) tickets", tickets["opened"][0])
    of_accounts = re.search(r"([\d,]+) tickets(?: and (\d+) without an account)?", accounts["opened"][0])
    assert of_list
    assert of_accounts
    assert int(of_list[1]) == int(of_accounts[1]) + int(of_accounts[2] or 0)
    visit.go_back()


def test_back_and_forth_without_waiting_writes_no_step(visit: Visit) -> None:
    page, pages = visit.page, ("Support demand", "Topics", "Churn", "Retention")
    page.goto(f"{visit.base}/")
    settled(page)
    for name in pages:
        page.locator(".cs-rail").get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_have_text(name, timeout=LONG)
        settled(page)
    steps = page.evaluate("history.length")
    for _ in pages[1:]:
        page.go_back()
    expect(page.locator("h1")).to_have_text(pages[0], timeout=LONG)
    settled(page)
    assert (page.url, page.evaluate("history.length")) == (f"{visit.base}/support-demand", steps)
    for _ in pages[1:]:
        page.go_forward()
    expect(page.locator("h1")).to_have_text(pages[-1], timeout=LONG)
    settled(page)
    assert (page.url, page.evaluate("history.length")) == (f"{visit.base}/retention", steps)
