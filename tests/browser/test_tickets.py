"""The list of tickets in a browser, wide and on a phone: search, filter, open, label two, take it back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from cs_dash import pipeline
from cs_dash.decisions import labels, ticket_types
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import Pages, settled

LONG = 60_000
ROW, BOX, SUBJECT = 36, 20, 250
"""The height of a line of the list, and where in it one finds the box and the subject, in points."""


def tickets() -> bytes:
    """Return sixty tickets without a type; three in ten ask about exporting."""
    lines = [
        f"T-{at:02d},2026-05-{1 + at % 28:02d},{'Export' if at % 10 < 3 else 'Print'} list {at},Dear <b>all</b> {at}\n"
        for at in range(60)
    ]
    return ("ticket_id,created_at,subject,description\n" + "".join(lines)).encode()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def click(page: Page, row: int, x: int) -> None:
    """Click into a line of the list; the first is 0."""
    page.locator(".stDataFrame .dvn-scroller").click(position={"x": x, "y": ROW * (row + 1) + ROW // 2})


def choose(page: Page, key: str, option: str) -> None:
    page.locator(f".st-key-{key} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def test_one_click_says_what_a_type_counts_as_and_says_nothing_of_the_others(
    cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    workspace = Workspace(folder)
    rows = "".join(f"T-{at},2026-05-01,Hm,{'Tier 2' if at % 2 else 'Bug'}\n" for at in range(20))
    pipeline.load(workspace, [("tickets.csv", io.BytesIO(f"ticket_id,created_at,subject,type\n{rows}".encode()))])
    version = workspace.current()
    assert version is not None
    pipeline.derive_artifacts(workspace, version)
    page = new_page()
    page.goto(f"{cold_server(folder)}/support-demand?period=all")
    page.get_by_text("Map 1 ticket type").click(timeout=LONG)
    expect(page.locator("h2", has_text="Unmapped ticket types")).to_be_visible(timeout=LONG)
    assert query(page) == {"period": ["all"], "types": ["open"]}
    page.locator("[class*='st-key-type_line_']").first.get_by_role("radio", name="Billing").click()
    message = page.locator(".st-key-types_told")
    expect(message).to_contain_text("“Tier 2” mapped to billing: 10 tickets have a new category.", timeout=LONG)
    settled(page)
    # A browser tells of every line when a run was stopped short: that says nothing of the types that it names.
    assert ticket_types.decided(workspace) == {"Tier 2": "billing"}
    message.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Mapping of “Tier 2” undone: 10 tickets have a new category.")).to_be_visible(timeout=LONG)
    assert ticket_types.decided(workspace) == {}


@pytest.mark.parametrize("width", [1440, 420])
def test_tickets_are_found_opened_labelled_and_given_back(
    width: int, cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    workspace = Workspace(folder)
    pipeline.load(workspace, [("tickets.csv", io.BytesIO(tickets()))])
    version = workspace.current()
    assert version is not None
    pipeline.derive_artifacts(workspace, version)
    page = new_page(viewport={"width": width, "height": 1000})
    page.goto(f"{cold_server(folder)}/tickets?period=all")
    says = page.locator(".cs-says")
    expect(says).to_contain_text("60 tickets", timeout=LONG)

    page.get_by_label("Search subject and message").fill("LIST export")
    page.keyboard.press("Enter")
    expect(says).to_contain_text("18 of 60 tickets", timeout=LONG)
    choose(page, "tickets_kind", "No category")
    expect(says).to_contain_text("with “LIST export”, without a category.", timeout=LONG)
    assert query(page) == {"period": ["all"], "search": ["LIST export"], "kind": ["none"]}
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.get_by_role("link", name="Set category of several tickets").click()
    expect(page.locator(".stDataFrame .dvn-scroller")).to_be_visible(timeout=LONG)
    settled(page)
    for row in (0, 2):
        click(page, row, BOX)
    label = page.get_by_role("button", name="Label 2 tickets")
    expect(label).to_be_disabled(timeout=LONG)
    assert not labels.kinds_of_tickets(workspace)
    choose(page, "label_kind", "How-to")
    label.click()
    message = page.locator(".cs-told")
    expect(message).to_contain_text("2 tickets labelled how-to.", timeout=LONG)
    expect(says).to_contain_text("16 of 60 tickets", timeout=LONG)
    assert sorted(labels.kinds_of_tickets(workspace).values()) == ["how-to"] * 2
    assert not page.get_by_role("button", name="Label 2 tickets").is_visible()

    settled(page)  # a click on what is just drawn anew finds nothing
    page.get_by_role("button", name="Undo the last 2 labels").click()
    expect(message).to_contain_text("2 labels removed.", timeout=LONG)
    expect(says).to_contain_text("18 of 60 tickets", timeout=LONG)
    assert not labels.kinds_of_tickets(workspace)

    settled(page)
    click(page, 1, SUBJECT)
    ticket = page.locator(".st-key-drawer")
    expect(ticket).to_contain_text("Dear <b>all</b>", timeout=LONG)
    page.keyboard.press("Escape")
    expect(ticket).not_to_be_attached(timeout=LONG)
    page.get_by_role("link", name="Done").click()
    rows = page.locator(".cs-table tbody tr")
    expect(rows).to_have_count(18, timeout=LONG)
    assert query(page) == {"period": ["all"], "search": ["LIST export"], "kind": ["none"]}
    number = rows.nth(1).locator("th").inner_text()
    rows.nth(1).locator("td[data-label=Created]").click() if width > 640 else rows.nth(1).locator("th a").click()
    expect(ticket).to_contain_text("Dear <b>all</b>", timeout=LONG)
    assert query(page)["ticket"] == [number]
    page.reload()
    expect(ticket).to_contain_text(f"Ticket {number}", timeout=LONG)
    expect(says).to_contain_text("18 of 60 tickets", timeout=LONG)
    settled(page)
    ticket.get_by_role("radio", name="Billing").click()
    expect(page.locator(".cs-told")).to_contain_text("1 ticket labelled billing.", timeout=LONG)
    assert labels.kinds_of_tickets(workspace) == {number: "billing"}
    page.get_by_role("link", name="Close").click()
    expect(ticket).not_to_be_attached(timeout=LONG)
    assert "ticket" not in query(page)
