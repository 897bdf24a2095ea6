"""What the `page` fixture complains about, so that a quiet page is known to be a clean one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import is_local, watch


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('the chart is missing')", "console error: the chart is missing"),
        ("setTimeout(() => { throw new Error('no such column') })", "exception in the page: no such column"),
        ("fetch('http://elsewhere.invalid/font').catch(() => 0)", "another machine: http://elsewhere.invalid/font"),
        ("new WebSocket('ws://elsewhere.invalid/live')", "connection to another machine: ws://elsewhere.invalid/live"),
    ],
)
def test_a_fault_is_written_down(browser: Browser, script: str, complaint: str) -> None:
    complaints: list[str] = []
    page = browser.new_page()
    watch(page, complaints)
    page.set_content(f"<script>{script}</script>")
    page.wait_for_timeout(300)
    page.close()
    assert any(complaint in text for text in complaints)


def test_a_clean_page_gives_no_complaint(browser: Browser) -> None:
    complaints: list[str] = []
    page = browser.new_page()
    watch(page, complaints)
    page.set_content("<p>Fine</p><script>console.log('all is well')</script>")
    page.wait_for_timeout(300)
    page.close()
    assert complaints == []


def test_what_counts_as_this_machine() -> None:
    assert is_local("http://127.0.0.1:8501/overview")
    assert is_local("data:image/png;base64,AAAA")
    assert not is_local("https://elsewhere.invalid/")
    assert not is_local("http://localhost.elsewhere.invalid/")
