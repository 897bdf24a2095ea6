"""Tickets are checked with nothing but the keyboard, and the share on the support page follows."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from cs_dash import pipeline
from cs_dash.decisions import audits
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import Pages

LONG = 60_000
KEYS = {"How": "1", "Broken": "2", "Bill": "5"}


def tickets() -> bytes:
    """Return 240 tickets, all tagged as questions; a third truly are."""
    lines = [
        f"T-{at},2025-05-{1 + at % 28:02d},Question,{list(KEYS)[at % 3]} {at},Message <b>{at}</b>\n"
        for at in range(240)
    ]
    return ("ticket_id,created_at,type,subject,description\n" + "".join(lines)).encode()


def press(page: Page, key: str) -> None:
    """Press a key and wait until another ticket is shown, and that one alone: for a moment both may be there."""
    ticket = page.locator(".cs-ticket")
    before = ticket.last.inner_text()
    page.keyboard.press(key)
    expect(ticket.filter(has_text=before.splitlines()[0])).to_have_count(0, timeout=LONG)
    expect(ticket).to_have_count(1, timeout=LONG)


def right_key(page: Page) -> str:
    return KEYS[page.locator(".cs-ticket h2").inner_text().split()[0]]


def note_rerun(frame: str | bytes, reruns: list[BackMsg]) -> None:
    """Note a message by which the reader, not the page by itself, asks the server to run the page."""
    message = BackMsg()
    message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
    if message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun:
        reruns.append(message)


def test_a_hundred_keys_correct_the_share(
    cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    pipeline.load(Workspace(folder), [("tickets.csv", io.BytesIO(tickets()))])
    page = new_page()
    reruns: list[BackMsg] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: note_rerun(frame, reruns)))
    page.goto(f"{cold_server(folder)}/support-demand")
    share = page.locator("[data-figure=share] .cs-value")
    expect(share).to_contain_text("100", timeout=LONG)
    page.get_by_text("Audit 100 tickets", exact=True).click()
    page.get_by_role("button", name="Audit 100 tickets").click()
    ticket, share_card = page.locator(".cs-ticket").last, page.locator(".cs-share")
    expect(ticket).to_contain_text("1 of 100", timeout=LONG)
    assert "<b>" in ticket.inner_text(), "what customers write is shown as it stands"

    press(page, "s")
    expect(share_card).to_contain_text("0 of 100 tickets audited, 1 skipped", timeout=LONG)
    press(page, "u")
    expect(ticket).to_contain_text("1 of 100", timeout=LONG)
    before = len(reruns)
    for _ in range(10):
        press(page, right_key(page))
    assert len(reruns) - before == 10, "a key press asks the server once, and the next ticket comes with its answer"
    expect(share_card).to_contain_text("10 of 100 tickets audited", timeout=LONG)
    press(page, "u")
    expect(share_card).to_contain_text("9 of 100 tickets audited", timeout=LONG)
    while not ticket.inner_text().startswith("100 of 100"):
        press(page, right_key(page))
    page.keyboard.press(right_key(page))
    expect(ticket).to_contain_text("All 100 audited.", timeout=LONG)
    (audit,) = audits.audits(Workspace(folder))
    assert [figure.ticket_id for figure in audit.answers] == list(audit.sample)

    who = page.get_by_role("combobox")
    who.fill("Bo")
    who.press("Enter")
    expect(ticket).to_contain_text("1 of 100", timeout=LONG)
    ticket.click()
    keys: list[str] = []
    while len(keys) < 6 or len(set(keys)) < 2:  # of tickets that all are of one kind no kappa can be told
        keys.append(right_key(page))
        press(page, keys[-1])
    expect(share_card).to_contain_text(f"Agreement on {len(keys)} tickets with two reviewers: kappa 1", timeout=LONG)

    page.locator(".stMain").get_by_text("Support demand", exact=True).click()
    base = page.locator("[data-figure=share] .cs-base")
    expect(base).to_contain_text("100 audited tickets", timeout=LONG)
    expect(base).to_contain_text("unadjusted 100")
    value = float(share.inner_text().split()[0].rstrip("%").strip())
    assert 20 < value < 47
