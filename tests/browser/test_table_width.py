"""Tables on the demo company's pages: on a laptop every column stands on the screen, on a phone nothing sticks out."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Page

from tests.browser.conftest import LONG, Pages, settled
from tests.browser.test_app import company

__all__ = ["company"]
LISTS = (
    "overview", "accounts", "renewals", "ticket-spikes", "churn", "cohorts", "topics", "content-gaps", "tickets",
    "response-times", "data-quality", "loads",
)  # fmt: skip
TOO_WIDE = """() => [...document.querySelectorAll(".cs-table-box")].flatMap(box => [...box.querySelectorAll("thead th")]
    .filter(head => head.getBoundingClientRect().right > box.getBoundingClientRect().right + 1)
    .map(head => box.getAttribute("aria-label") + ": " + head.innerText))"""


def too_wide(page: Page, address: str) -> list[str]:
    """Return the columns of a page's tables that one sees only after scrolling sideways."""
    page.goto(address)
    settled(page)
    page.locator(".cs-table").first.wait_for(timeout=LONG)
    return cast("list[str]", page.evaluate(TOO_WIDE))


def test_no_column_of_a_list_is_off_a_laptops_screen(company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 1440, "height": 900})
    assert {name: too_wide(page, f"{company}/{name}") for name in LISTS} == {name: [] for name in LISTS}


def test_cards_of_a_phone_keep_to_its_width(company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 420, "height": 900})
    for name in LISTS:
        page.goto(f"{company}/{name}")
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 420, name
