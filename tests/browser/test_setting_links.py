"""A link to a setting leads to its field: it is in view, marked, and the next key is written into it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import LONG, settled
from tests.browser.test_app import company

__all__ = ["company"]


def test_a_link_leads_to_the_very_field(company: str, page: Page) -> None:
    page.goto(f"{company}/support-demand")
    page.get_by_role("link", name="Set cost of how-to tickets").click(timeout=LONG)
    field = page.locator(".st-key-field_cost_per_hour")
    expect(field.locator("input")).to_be_focused(timeout=LONG)
    expect(field).to_be_in_viewport()
    expect(field).to_have_css("outline-style", "solid")
    settled(page)
    page.keyboard.type("55")  # a form of Streamlit: nothing is saved before its button
    expect(field.locator("input")).to_have_value("55")
