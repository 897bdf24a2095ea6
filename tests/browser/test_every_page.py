"""Every page of the demo company, visited once: as axe sees it, on paper, in the dark, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from cs_dash import page_registry as registry
from tests.browser.axe import COLOR_RULES, RULES, violations
from tests.browser.conftest import LONG, follow, settled, watch
from tests.browser.printing import ON_SCREENS, PAPERS, sheets, without_spaces
from tests.browser.test_app import TITLES, company
from tests.browser.test_developer_features import nothing_for_developers

__all__ = ["company"]
STATES = {
    "one account": "account?account={account}",
    "drawer": "accounts?open={account}",
    "chart as table": "churn?as_table=churn_reasons",
    "chart to download": "churn?picture=churn_reasons",
    "nothing like it": "accounts?find=zzzzzz",
    "one item": "roadmap?item=R-1",
    "new item": "roadmap?new=yes&reason=Price",
    "hand-over": "roadmap?show=handover",
    "sharing": "churn?share=yes",
    "saving a view": "churn?save=yes",
    "adding to a review": "churn?pin=reasons:0",
    "one person": "people?person=bo@example.com",
}
"""Name -> address of what the registry of pages does not list."""
PAGES = {page.name: f"{registry.href(page).removeprefix('./')}?f.segment=SMB" for page in registry.pages()}
PLACES = PAGES | STATES
WITH_CHARTS = ("overview", "accounts", "retention", "cohorts", "renewals", "churn", "support-demand")
AXE_ON_A_PHONE = ("overview", "accounts", "one account")
"""Each component is on one of them."""
DARK, WHITE = "rgb(18, 22, 29)", "rgb(255, 255, 255)"


class Visit(NamedTuple):
    """A place that was opened: its name, its address, and the tab that shows it."""

    name: str
    address: str
    tab: Page


@pytest.fixture(scope="module")
def opened_tabs(browser: Browser, company: str) -> Iterator[dict[str, Page]]:
    """A laptop's tab and a phone's, which go from place to place by links; they must be clean in the end."""
    complaints: list[str] = []
    usual: dict[str, Any] = {"reduced_motion": "reduce", "locale": "en-GB"}
    laptop = browser.new_context(**usual, viewport={"width": 1440, "height": 900})
    phone = browser.new_context(**usual, viewport={"width": 420, "height": 900}, is_mobile=True, has_touch=True)
    tabs = {"laptop": laptop.new_page(), "phone": phone.new_page()}
    for tab in tabs.values():
        watch(tab, complaints)
        tab.goto(company)
        settled(tab)
    yield tabs
    laptop.close()
    phone.close()
    if complaints:
        pytest.fail("A page is not clean:\n" + "\n".join(dict.fromkeys(complaints)), pytrace=False)


@pytest.fixture(scope="module")
def account(opened_tabs: dict[str, Page], company: str) -> str:
    """The id of the account that stands first in the list."""
    tab = opened_tabs["laptop"]
    follow(tab, f"{company}/accounts")
    (account_id,) = re.findall(r"open=([^&]+)", tab.locator("tr[data-href]").first.get_attribute("data-href") or "")
    return str(account_id)


# Of the module, so that the tests of a place follow each other: it is opened once.
@pytest.fixture(scope="module", params=PLACES)
def visit(request: pytest.FixtureRequest, company: str, account: str, opened_tabs: dict[str, Page]) -> Visit:
    """A place on a laptop, in the light."""
    name = request.param
    tab = opened_tabs["laptop"]
    tab.emulate_media(color_scheme="light")
    follow(tab, address := f"{company}/{PLACES[name].format(account=quote(account))}")
    return Visit(name, address, tab)


def test_axe_finds_nothing(visit: Visit) -> None:
    assert violations(visit.tab, RULES) == []


def test_nothing_is_for_developers(visit: Visit) -> None:
    nothing_for_developers(visit.tab)


def test_every_sheet_says_what_it_is_of(visit: Visit) -> None:
    title = visit.tab.locator("h1").inner_text()
    assert title == TITLES.get(visit.name, title)
    headline = " ".join(visit.tab.locator(".cs-says").first.inner_text().split())
    scoped = visit.name in PAGES and visit.tab.locator(".st-key-scope_bar").count() > 0
    head = f"{title} \u00b7 12 months \u00b7 vs prior period \u00b7 Segment: SMB" if scoped else title
    for paper in PAPERS:
        texts = sheets(visit.tab, paper)
        assert texts
        for number, text in enumerate(texts, 1):
            assert without_spaces(head) in without_spaces(text)
            assert without_spaces(headline)[:40] in without_spaces(text)
            assert "30 Sep 2026 \u00b7 load 1" in text
            assert f"Page {number} of {len(texts)}" in text
        assert not [words for words in ON_SCREENS if words in " ".join(texts)]


def darken(tab: Page) -> None:
    """Turn to dark, as the system of a reader does; again where the browser, just done with printing, told nobody."""
    for patience in (10_000, LONG):
        tab.emulate_media(color_scheme="light")
        tab.emulate_media(color_scheme="dark")
        with suppress(AssertionError):
            expect(tab.locator(".stApp")).to_have_css("background-color", DARK, timeout=patience)
            return
    expect(tab.locator(".stApp")).to_have_css("background-color", DARK)


def test_in_the_dark_axe_finds_nothing_and_charts_are_drawn(visit: Visit) -> None:
    darken(visit.tab)
    settled(visit.tab)
    assert violations(visit.tab, COLOR_RULES, "rule") == []
    if visit.name in WITH_CHARTS:
        every_chart_has_marks(visit.tab)


def test_on_a_phone_charts_are_drawn_and_nothing_is_wider(visit: Visit, opened_tabs: dict[str, Page]) -> None:
    phone = opened_tabs["phone"]
    follow(phone, visit.address)
    phone.wait_for_timeout(300)
    if visit.name in WITH_CHARTS:
        every_chart_has_marks(phone)
    expect(phone.locator(".stApp")).to_have_css("background-color", WHITE)
    assert phone.evaluate("document.querySelector('.stMain').scrollWidth") <= 420
    assert phone.evaluate("document.documentElement.scrollWidth") <= 420
    if visit.name in AXE_ON_A_PHONE:
        assert violations(phone, RULES) == []


def every_chart_has_marks(page: Page) -> None:
    marks = page.locator(".stVegaLiteChart").evaluate_all(
        "charts => charts.map(chart => chart.querySelectorAll("
        "'svg .mark-rect path, svg .mark-line path, svg .mark-symbol path, svg .mark-area path').length)"
    )
    assert 1 <= len(marks) <= 4
    assert min(marks) > 0
