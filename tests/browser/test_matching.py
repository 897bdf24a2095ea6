"""Names that fit no account, decided on a phone: one click a name, one for all of them, one to take it back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import Pages

LONG = 60_000
FILES = {
    "accounts.csv": "account_id,account,segment\nA-1,Acme Corp.,SMB\nA-2,Helio,SMB\n",
    "tickets.csv": "ticket_id,account_name,created_at,type,subject\nT-1,Acme Europe,2025-05-01,how-to,How?\n"
    "T-2,Acme Europe,2025-05-01,bug,No\nT-3,Nova,2025-05-01,bug,No\n",
}


def test_names_are_decided_and_applied_at_once(
    cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    folder = tmp_path / "named"
    pipeline.load(Workspace(folder), [(name, io.BytesIO(text.encode())) for name, text in FILES.items()])
    page = new_page(viewport={"width": 420, "height": 900})
    base = cold_server(folder)
    page.goto(f"{base}/data-quality?tab=matching")
    queue = page.locator(".st-key-match_queue")
    expect(queue).to_contain_text("Acme Europe (2 tickets) may be Acme Corp.", timeout=LONG)
    apply = page.locator(".st-key-match_apply button")
    expect(apply).to_be_disabled()
    queue.get_by_text("Same account", exact=True).click()
    expect(apply).to_have_text("Apply 1 decision", timeout=LONG)
    queue.get_by_text("New account", exact=True).last.click()
    expect(apply).to_have_text("Apply 2 decisions", timeout=LONG)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 420
    box = queue.get_by_text("New account", exact=True).first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 420
    apply.click()
    expect(page.get_by_text("Version 2 is now current: 1 name matched, 1 new account.")).to_be_visible(timeout=LONG)
    expect(page.get_by_text(re.compile("may be Acme"))).to_have_count(0)
    page.goto(f"{base}/loads")
    expect(page.locator(".cs-versions")).to_contain_text("1 name matched, 1 new account")
    page.get_by_role("button", name="Undo version 2").click()
    page.get_by_role("button", name="Undo load").click()
    expect(page.locator(".cs-versions")).to_contain_text("undone", timeout=LONG)
    page.goto(f"{base}/data-quality?tab=matching")
    expect(queue).to_contain_text("Acme Europe (2 tickets) may be Acme Corp.", timeout=LONG)
