"""The rail around every page: the open page is marked, links take the scope along, it closes and opens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from cs_dash import page_registry as registry
from tests.browser.axe import COLOR_RULES, violations
from tests.browser.conftest import LONG, Pages, settled
from tests.browser.test_app import TITLES, company

__all__ = ["company"]
LISTED = [page for page in registry.pages() if page.in_rail]


def rail(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Pages", exact=True)


def test_the_open_page_is_marked_and_the_scope_goes_along(company: str, page: Page) -> None:
    page.goto(f"{company}/retention?period=3m&f.segment=SMB&by=month")
    settled(page)
    assert page.title() == "Retention \u2013 CS Dash"
    expect(rail(page).locator("[aria-current=page]")).to_have_text(["Retention"])
    link = rail(page).get_by_role("link", name="Churn")
    assert link.evaluate("link => link.href") == f"{company}/churn?period=3m&f.segment=SMB"
    page.evaluate("window.sameDocument = true")
    link.click()
    expect(page.locator("h1")).to_have_text(TITLES["churn"], timeout=LONG)
    expect(rail(page).locator("[aria-current=page]")).to_have_text(["Churn"])
    settled(page)
    assert page.title() == "Churn \u2013 CS Dash"
    assert page.evaluate("window.sameDocument")
    page.go_back()
    expect(rail(page).locator("[aria-current=page]")).to_have_text(["Retention"])
    page.wait_for_url(f"{company}/retention?period=3m&f.segment=SMB&by=month")


def test_it_says_how_many_accounts_are_at_risk_which_load_is_shown_and_of_which_day(company: str, page: Page) -> None:
    page.goto(f"{company}/accounts")
    count = rail(page).locator(".cs-count")
    expect(count).to_have_text(re.compile(r"^\d+$"), timeout=LONG)
    settled(page)
    expect(page.locator("[data-figure=red_accounts] .cs-value")).to_have_text(count.inner_text())
    assert violations(page, COLOR_RULES, "rule") == []  # the number comes after the page
    expect(rail(page).locator("footer")).to_contain_text("30 Sep 2026 \u00b7 load 1")
    everybody = count.inner_text()
    page.goto(f"{company}/accounts?f.segment=Enterprise")
    settled(page)
    figure = page.locator("[data-figure=red_accounts] .cs-value").inner_text()
    assert figure != everybody
    expect(count).to_have_text("" if figure == "0" else figure)


def test_pages_about_tickets_are_listed_where_there_are_tickets(company: str, empty_server: str, page: Page) -> None:
    page.goto(f"{company}/upload")
    expect(rail(page).get_by_role("link")).to_have_count(len(LISTED) + 1, timeout=LONG)  # and the product's name
    page.goto(f"{empty_server}/upload")
    settled(page)
    page.wait_for_timeout(500)
    expect(rail(page).get_by_role("link", name="Classifier")).to_have_count(0)
    expect(rail(page).locator(".cs-count")).to_be_hidden()


def test_closed_it_stays_closed_and_every_control_is_reached_by_keyboard(company: str, page: Page) -> None:
    page.goto(f"{company}/settings")
    settled(page)
    rail(page).get_by_role("button", name="Hide navigation").press("Enter")
    expect(rail(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Show navigation")).to_be_focused()
    page.reload()
    settled(page)
    expect(rail(page)).to_be_hidden()
    page.get_by_role("button", name="Show navigation").press("Enter")
    expect(rail(page)).to_be_visible()
    page.reload()
    settled(page)
    expect(rail(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.stMain')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_it_is_a_drawer(scheme: str, company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 420, "height": 900}, is_mobile=True, has_touch=True, color_scheme=scheme)
    page.goto(f"{company}/churn")
    settled(page)
    expect(rail(page)).to_be_hidden()
    menu = page.get_by_role("button", name="Menu")
    menu.click()
    expect(rail(page)).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(rail(page).get_by_role("link", name="Churn")).to_be_focused()
    page.keyboard.press("Escape")
    expect(rail(page)).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    rail(page).get_by_role("link", name="Retention").click()
    expect(rail(page)).to_be_hidden()
    expect(page.locator("h1")).to_have_text("Retention", timeout=LONG)
    background = "getComputedStyle(document.querySelector('.cs-rail')).backgroundColor"
    assert page.evaluate(background) == {"light": "rgb(246, 247, 249)", "dark": "rgb(26, 32, 42)"}[scheme]
