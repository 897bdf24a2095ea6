"""Addresses in a real browser: deep links on a cold server, addresses of before, and one that is nobody's."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from cs_dash import page_registry as registry
from tests.browser.conftest import LONG
from tests.browser.test_app import ROOT, TITLES, Servers, company, query

__all__ = ["company"]
FIRST_PAGE = "Customer health, retention and churn in one place"


def test_a_deep_link_opens_on_a_cold_server(cold_server: Servers, page: Page) -> None:
    opens_by_a_link("support-demand", cold_server(None), page)


@pytest.mark.parametrize("name", TITLES)
def test_a_deep_link_opens_for_a_new_visitor(name: str, empty_server: str, page: Page) -> None:
    opens_by_a_link(name, empty_server, page)


def opens_by_a_link(name: str, base: str, page: Page) -> None:
    page.goto(f"{base}/{name}?period=3m")
    title = (
        TITLES[name] if name in ("upload", "definitions", "settings", "people", "links", "audit-trail") else FIRST_PAGE
    )
    expect(page.locator("h1")).to_have_text(title, timeout=LONG)
    expect(page.get_by_role("navigation", name="Pages", exact=True)).to_be_visible()
    assert query(page) == "period=3m"


def test_an_address_of_before_leads_to_the_page_of_now_with_its_query(cold_server: Servers, page: Page) -> None:
    base = cold_server(None)
    for old, now in registry.by_old_address().items():
        page.goto(f"{base}/{old}?period=3m&f.segment=Mid%20%26%20market")
        assert page.url == f"{base}/{now.name}?period=3m&f.segment=Mid%20%26%20market"
    expect(page.locator("h1")).to_have_text(TITLES["upload"], timeout=LONG)


def test_an_address_without_a_page_looks_like_the_others_and_says_so(company: str, browser: Browser) -> None:
    page = browser.new_page()  # not a watched one: Streamlit writes to the console, too, that there is no such page
    page.goto(f"{company}/no-such-page")
    expect(page.get_by_text("Page not found")).to_be_visible(timeout=LONG)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text(TITLES["overview"], timeout=LONG)
    expect(page.locator(".cs-figure").first).to_be_visible(timeout=LONG)
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    assert page.title() == "Overview \u2013 CS Dash"
    links = page.evaluate("[...document.querySelectorAll('link[rel*=icon]')].map(link => link.href)")
    assert links == [f"{company}/favicon.png"]
    with urllib.request.urlopen(links[0]) as answer:
        assert answer.read() == (ROOT / "cs_dash" / "ui" / "server" / "static" / "icon.png").read_bytes()
    page.close()
