"""The search in a real browser: opened by a key, moved through by keys, and no name in it is ever markup."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import LONG, settled

NAME = "<img src=x onerror=\"document.title='broken'\">**Bob**"
FILES = {
    "accounts.csv": "account_id,account,segment,signup_date\n"
    f'A 1,"{NAME.replace(chr(34), chr(34) * 2)}",SMB,2025-01-01\n'
    "A-2,Berta,<i>Mid</i>,2025-01-01\n",
    "subscriptions.csv": "subscription_id,account_id,start_date,end_date,mrr\nS-1,A 1,2025-01-01,,100\n"
    "S-2,A-2,2025-01-01,,9\n",
}


def test_it_finds_accounts_and_pages_by_keys_alone(
    cold_server: Callable[[Path | None], str], page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    pipeline.load(Workspace(folder), [(name, io.BytesIO(text.encode())) for name, text in FILES.items()])
    base = cold_server(folder)
    page.goto(f"{base}/churn?period=3m")
    settled(page)
    search, options = page.get_by_role("dialog", name="Search"), page.get_by_role("option")
    page.keyboard.press("/")
    field = search.get_by_role("combobox")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(options.first).to_contain_text("Overview", timeout=LONG)
    field.type("b")
    expect(options.filter(has_text="Berta")).to_contain_text("Account · <i>Mid</i>", timeout=LONG)
    field.fill("bob")
    expect(options).to_have_count(1, timeout=LONG)
    expect(options.first).to_contain_text(NAME)
    expect(options.first).to_have_attribute("href", f"{base}/account?account=A+1&period=3m")
    assert not search.locator("img").count()
    assert page.title() != "broken"
    field.fill("nobody")
    expect(search.get_by_role("status")).to_have_text("Nothing has this name.", timeout=LONG)
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()
    page.evaluate("window.sameDocument = true")
    page.keyboard.press("Control+k")
    field.fill("re")
    expect(options.nth(1)).to_contain_text("Retention", timeout=LONG)
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(search).to_be_hidden()
    expect(page.locator("h1")).to_have_text("Retention", timeout=LONG)
    assert page.url == f"{base}/retention?period=3m"
    assert page.evaluate("window.sameDocument")


def test_in_a_field_a_slash_is_a_letter(empty_server: str, page: Page) -> None:
    page.goto(f"{empty_server}/definitions")
    settled(page)
    field = page.get_by_role("textbox", name="Search")
    field.click()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
