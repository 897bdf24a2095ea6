"""The scope as chips: one click takes a filter off, menus close again, notes and links of figures open."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import LONG, Pages, settled
from tests.browser.test_app import company, query

__all__ = ["company"]


def test_one_click_takes_a_filter_off_and_back_brings_it_again(company: str, page: Page) -> None:
    page.goto(f"{company}/retention?period=6m&f.segment=SMB&f.segment=Mid-market&by=month")
    settled(page)
    bar = page.locator(".st-key-scope_bar")
    chip = bar.get_by_role("link", name="Segment: Mid-market, SMB")
    chip.click()
    expect(chip).to_have_count(0, timeout=LONG)
    assert query(page) == "period=6m&by=month"
    page.go_back()
    expect(chip).to_be_visible(timeout=LONG)
    bar.get_by_role("link", name="Reset").click()
    expect(bar.get_by_role("link", name="Reset")).to_have_count(0, timeout=LONG)
    assert page.url == f"{company}/retention?by=month"


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(company: str, page: Page) -> None:
    page.goto(f"{company}/definitions")
    settled(page)
    menu = page.locator("details.cs-menu").first
    entry = menu.get_by_role("link", name="3 months")
    menu.locator("summary").press("Enter")
    expect(entry).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    expect(entry).to_be_visible()
    page.locator("h1").click()
    expect(entry).to_be_hidden()


def test_notes_are_behind_one_chip_and_figures_lead_to_their_pages(company: str, page: Page) -> None:
    page.goto(f"{company}/retention?f.segment=SMB")
    settled(page)
    assert page.locator(".cs-head .note:not(.cs-ways-on):visible").count() <= 1
    chip = page.get_by_role("button", name=re.compile(r"^Data notes \(\d+\)$"))
    chip.click()
    notes = page.locator(".cs-data-notes:popover-open .note")
    assert f"({notes.count()})" in chip.inner_text()
    page.keyboard.press("Escape")
    expect(notes).to_have_count(0)
    page.goto(f"{company}/?f.segment=SMB")
    settled(page)
    links = page.locator(".cs-figure a.cs-label")
    assert links.evaluate_all("links => links.map(link => link.href)") == [
        f"{company}/{name}?f.segment=SMB" for name in ("retention", "retention", "accounts", "support-demand")
    ]
    page.locator("[data-figure=mrr_at_risk] .cs-value").click(force=True)  # the link lies over all of the card
    expect(page.locator("h1")).to_have_text("Accounts", timeout=LONG)


def test_on_a_phone_every_chip_is_in_reach_and_none_overlaps(company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 420, "height": 900}, is_mobile=True, has_touch=True)
    page.goto(f"{company}/retention?f.segment=SMB&f.csm=Dana%20Whitlock&f.region=Nordics%20%26%20Benelux")
    settled(page)
    chips = page.locator(".st-key-scope_bar :is(.cs-chip, [data-testid=stPopoverButton])")
    boxes = [box for box in (chip.bounding_box() for chip in chips.all()) if box]
    assert len(boxes) == 10
    for at, box in enumerate(boxes):
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 420
        for other in boxes[at + 1 :]:
            apart = box["x"] + box["width"] <= other["x"] or other["x"] + other["width"] <= box["x"]
            assert apart or box["y"] + box["height"] <= other["y"] or other["y"] + other["height"] <= box["y"]
    page.get_by_role("button", name="+ Filter").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_role("combobox", name="Plan")).to_be_in_viewport()
