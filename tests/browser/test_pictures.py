"""The README's pictures, taken only when asked for.

CS_DASH_PICTURES=1 make test ARGS=tests/browser/test_pictures.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LONG, Pages, settled
from tests.browser.test_app import TITLES, company

__all__ = ["company"]
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
ASKED = bool(os.environ.get("CS_DASH_PICTURES"))


@pytest.mark.skipif(not ASKED, reason="pictures for the README are taken when CS_DASH_PICTURES is set")
@pytest.mark.parametrize("name", ["overview", "accounts", "retention", "support-demand", "topics"])
def test_a_picture_of_a_page(name: str, company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{company}/{name}")
    expect(page.locator("h1")).to_have_text(TITLES[name], timeout=LONG)
    if name == "topics":
        page.locator(".st-key-chart_topics svg").first.wait_for(timeout=2 * LONG)  # they are found after the load
    expect(page.locator(".cs-following")).to_have_count(0, timeout=2 * LONG)
    settled(page)
    page.wait_for_timeout(800)
    page.screenshot(path=IMAGES / f"{name}.png")
    assert (IMAGES / f"{name}.png").stat().st_size > 50_000
