"""What Streamlit shows to those who develop an app, and to nobody who reads ours."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.server import developers_server


def test_nothing_for_developers_is_on_a_page(page: Page, tmp_path: Path) -> None:
    with developers_server(tmp_path / "workspace", tmp_path) as base:
        for name in ("", "upload", "definitions"):
            page.goto(f"{base}/{name}")
            settled(page)
            page.wait_for_timeout(1000)  # which is longer than the offer takes
            for text in ("Help agents", "Install", "Always rerun", "Deploy"):
                expect(page.get_by_text(text)).to_have_count(0)
            assert not page.get_by_test_id("stMainMenu").count()
            assert not page.get_by_test_id("stAppDeployButton").count()
